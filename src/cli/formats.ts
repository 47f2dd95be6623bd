import { InvalidArgumentError } from 'commander';

/** A parser of lists such as "pdf,html", for an option that knows these formats. */
export function parseFormats<Format extends string>(known: readonly Format[]): (list: string) => Format[] {
  const isKnown = (name: string): name is Format => (known as readonly string[]).includes(name);
  return (list) =>
    list.split(',').map((part) => {
      const name = part.trim().toLowerCase();
      if (!isKnown(name)) throw new InvalidArgumentError(`"${name}" is not one of ${known.join(', ')}.`);
      return name;
    });
}

const WIDTH = 76;
const UNSEEN = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const BREAKING = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What a line begins with: spaces, and the mark of a list, under whose text its further lines stand. */
const INDENT = /^ *(?:- {1,2}|\d+\. {1,2})?/;

/** A text as one line, without control characters and marks that turn the direction of writing. */
function oneLine(text: string): string {
  return text.replace(UNSEEN, '').replace(BREAKING, ' ').trim();
}

/** Whatever is made of texts, with every text on one line, so that no text of the data looks like a part of the letter. */
export function inLines<Texts extends object>(texts: Texts): Texts {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? oneLine(value) : value,
  );
}

/** The beginning of a text that is longer than so many letters, marked as such. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * Breaks every line that is longer than 76 characters at its spaces; further lines of a list stand under its text. A word that is longer
 * by itself, such as a path, stays whole. No line ends in a space, no more than one empty line follows another.
 */
export function wrapped(text: string): string {
  const lines = text.split('\n').flatMap((line) => (length(line) <= WIDTH ? [line] : broken(line)));
  const tidy = lines.map((line) => line.trimEnd()).join('\n');
  return `${tidy.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

/**
 * Rows as lines whose columns stand under each other, two spaces apart: the first flush left, the others flush right.
 *
 * @returns null where the lines would be longer than 76 characters
 */
export function aligned(rows: readonly (readonly string[])[]): string[] | null {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => length(row[column] ?? ''))),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        const space = ' '.repeat(width - length(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return lines.some((line) => length(line) > WIDTH) ? null : lines;
}

function broken(line: string): string[] {
  const start = INDENT.exec(line)?.[0] ?? '';
  const [first = '', ...words] = line.slice(start.length).split(/ +/);
  const lines: string[] = [];
  let current = start + first;
  for (const word of words) {
    const longer = `${current} ${word}`;
    if (length(longer) > WIDTH) lines.push(current);
    current = length(longer) > WIDTH ? ' '.repeat(start.length) + word : longer;
  }
  return [...lines, current];
}

function length(text: string): number {
  return [...text].length;
}

import type { Tell } from '../editions/context.js';
import type { Effects } from '../effects.js';

/** Where a command speaks: results to stdout; notes, warnings and progress to stderr. `quiet` leaves out the progress. */
export interface Terminal {
  print(text: string): void;
  note(line: string): void;
  effects(options?: { quiet?: boolean }): Effects;
}

export function createTerminal(signal: AbortSignal): Terminal {
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    note,
    effects: ({ quiet = false } = {}) => ({
      now: () => new Date(),
      progress: quiet ? () => {} : note,
      warn: note,
      signal,
    }),
  };
}

/** Tells on a terminal what happens to editions, without secrets. */
export function tellOn({ note }: Terminal): (redact: (text: string) => string) => Tell {
  return (redact) => (_level, message) => note(redact(message));
}

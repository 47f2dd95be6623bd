import type { Tell } from '../editions/context.js';
import type { Effects } from '../effects.js';

/**
 * Where a command speaks: results to stdout; notes, warnings and progress to stderr. `quiet` leaves out the progress. No text that passes
 * through is a command to the program that runs a pipeline, or moves the cursor.
 */
export interface Terminal {
  print(text: string): void;
  /** A result for scripts, in one line. */
  printJson(result: unknown): void;
  /** One line; what would break it becomes a space. */
  note(line: string): void;
  /** A line that is meant as a command to the program that runs a pipeline, such as an annotation of GitHub Actions. */
  command(line: string): void;
  effects(options?: { quiet?: boolean }): Effects;
}

export function createTerminal(signal: AbortSignal): Terminal {
  const note = (line: string) => void process.stderr.write(`${asNote(line)}\n`);
  return {
    print: (text) => void process.stdout.write(`${text.split('\n').map(harmless).join('\n')}\n`),
    printJson: (result) =>
      void process.stdout.write(`${JSON.stringify(result).replaceAll('##', '#\\u0023')}\n`),
    note,
    command: (line) => void process.stderr.write(`${line}\n`),
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

function asNote(line: string): string {
  return harmless(line.replace(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ').replace(/(?!\t)\p{Cc}/gu, '\uFFFD'));
}

/** GitHub Actions takes `::` at the start of a line and `##[` anywhere for a command, Azure Pipelines `##vso[`. */
function harmless(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replace(/##(?=\[|vso\[)/gi, '## ');
}

import { ReportError } from '../errors.js';
import type { Terminal } from './terminal.js';

/** Does the work of a command; where it fails and JSON is wanted, says so in JSON on standard output too, so that it is never empty. */
export async function failingAsJson<Result>(
  { json }: { json?: true },
  terminal: Terminal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (json && error instanceof ReportError) {
      const { code, message, hint = null, exitCode } = error;
      terminal.printJson({ status: 'failed', error: { code, message, hint, exitCode } });
    }
    throw error;
  }
}

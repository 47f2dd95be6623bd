import { EXIT, ReportError } from '../errors.js';
import type { Config } from './schema.js';

/**
 * Refuses filters between whose ends nothing can lie.
 *
 * @throws ReportError `empty-range` (exit code 2) that names the two
 */
export function assertRanges({ from, to, minFollowers, maxFollowers }: Config['filters']): void {
  if (from !== null && to !== null && from > to) {
    throw empty(`filters.from (${from}) lies after filters.to (${to})`);
  }
  if (minFollowers !== null && maxFollowers !== null && minFollowers > maxFollowers) {
    throw empty(`filters.minFollowers (${minFollowers}) lies above filters.maxFollowers (${maxFollowers})`);
  }
}

function empty(reason: string): ReportError {
  return new ReportError(`${reason}, so nothing can match.`, {
    code: 'empty-range',
    exitCode: EXIT.usage,
    hint: 'Swap the two, on the command line or in the configuration; a flag goes over the file.',
  });
}

import pLimit from 'p-limit';
import { EXIT, ReportError } from '../errors.js';

/** Work that is done in turn, so that any number of requests takes bounded memory and time. */
export interface Queue {
  /**
   * Does a piece of work when it is its turn.
   *
   * @param signal - whoever waits may give up; what has not begun by then never begins
   * @throws ReportError `too-busy` (exit code 2) where too many wait
   */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

/**
 * @param atOnce - pieces of work under way at the same time
 * @param mostWaiting - more than these are refused
 */
export function openQueue(atOnce: number, mostWaiting: number): Queue {
  const limit = pLimit(atOnce);
  return {
    run(work, signal) {
      if (limit.pendingCount >= mostWaiting) {
        return Promise.reject(
          new ReportError('Too many reports are asked for at the same time.', {
            code: 'too-busy',
            exitCode: EXIT.usage,
            hint: 'Wait until the first are there, and ask again.',
          }),
        );
      }
      return limit(() => {
        signal.throwIfAborted();
        return work();
      });
    },
  };
}

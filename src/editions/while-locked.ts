import { EXIT, ReportError } from '../errors.js';
import { type Edition, editionName } from '../ledger/edition.js';
import { lockSchedule } from '../ledger/schedule-lock.js';

/**
 * Does a piece of work with the lock of an edition's schedule.
 *
 * @param folder - that holds the locks
 * @throws ReportError `schedule-busy` (exit code 5) while another process is at work on the schedule
 */
export function whileLocked<Result>(folder: string, edition: Edition, work: () => Result): Result {
  const unlock = lockSchedule(folder, edition.schedule);
  if (unlock === null) throw busy(edition);
  try {
    return work();
  } finally {
    unlock();
  }
}

/** Another process is at work on the schedule of an edition. */
export function busy(edition: Edition): ReportError {
  return new ReportError(`Another process is at work on the schedule of ${editionName(edition)}.`, {
    code: 'schedule-busy',
    exitCode: EXIT.delivery,
    hint: 'Wait until it is done; roi-report runs shows how far it is.',
  });
}

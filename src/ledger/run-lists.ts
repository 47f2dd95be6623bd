import type { Edition } from './edition.js';
import type { Ledger } from './open-ledger.js';
import { type NewRun, type Run, type RunFacts, runRow } from './runs.js';

/** Runs that are not at their end, the oldest first. */
export function unfinishedRuns(ledger: Ledger): Run[] {
  return ledger
    .prepare(`SELECT * FROM runs WHERE state IN ('due', 'held', 'delivering') ORDER BY due, schedule, slot`)
    .all()
    .map((row) => runRow.parse(row));
}

/** Runs that the owner has to hear of and has not: those not out at their deadline, or only after it, and those skipped; the oldest first. */
export function runsToAlarmFor(ledger: Ledger, now: Date): Run[] {
  return ledger
    .prepare(
      `SELECT * FROM runs
      WHERE alarmed = 0 AND (
        state = 'skipped'
        OR (state IN ('due', 'held', 'delivering') AND deadline < ?)
        OR (state = 'sent' AND finished > deadline)
      )
      ORDER BY due, schedule, slot`,
    )
    .all(now.toISOString())
    .map((row) => runRow.parse(row));
}

/** Runs whose folder is still kept though they were due before a moment. */
export function archivedBefore(ledger: Ledger, moment: Date): Run[] {
  return ledger
    .prepare(
      `SELECT * FROM runs
      WHERE archived = 1 AND state IN ('sent', 'partial', 'failed') AND due < ? ORDER BY due`,
    )
    .all(moment.toISOString())
    .map((row) => runRow.parse(row));
}

/** The newest runs first; of one schedule where it is named. */
export function newestRuns(ledger: Ledger, schedule: string | null, limit: number): Run[] {
  return ledger
    .prepare(
      `SELECT * FROM runs WHERE ? IS NULL OR schedule = ? ORDER BY due DESC, created DESC, schedule LIMIT ?`,
    )
    .all(schedule, schedule, limit)
    .map((row) => runRow.parse(row));
}

/** The runs of a schedule that speak as of a day, the oldest first. */
export function runsOfDay(ledger: Ledger, schedule: string, asOf: string): Run[] {
  return ledger
    .prepare('SELECT * FROM runs WHERE schedule = ? AND as_of = ? ORDER BY created, slot')
    .all(schedule, asOf)
    .map((row) => runRow.parse(row));
}

/** The run of a schedule that reached somebody, is of an earlier day than another and still has its folder: the last of them. */
export function lastSentRun(
  ledger: Ledger,
  { schedule, asOf }: Pick<NewRun, 'schedule' | 'asOf'>,
): Run | null {
  const row = ledger
    .prepare(
      `SELECT * FROM runs
      WHERE schedule = ? AND as_of < ? AND state IN ('sent', 'partial') AND archived = 1
      ORDER BY as_of DESC, due DESC LIMIT 1`,
    )
    .get(schedule, asOf);
  return row ? runRow.parse(row) : null;
}

/** What the newest run of a schedule that reached somebody was made of. */
export function lastSentFacts(ledger: Ledger, { schedule, slot }: Edition): RunFacts | null {
  const row = ledger
    .prepare(
      `SELECT * FROM runs
      WHERE schedule = ? AND slot <> ? AND state IN ('sent', 'partial') AND facts IS NOT NULL
      ORDER BY due DESC LIMIT 1`,
    )
    .get(schedule, slot);
  return row ? runRow.parse(row).facts : null;
}

import type { EditionContext } from '../editions/context.js';
import { editionName } from '../ledger/edition.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { consideredUntil, findRun, type NewRun, type Run, recordSlots, updateRun } from '../ledger/runs.js';
import { decideDue } from '../schedule/due.js';
import { type PlannedSchedule, runOf } from './planned-schedule.js';

/** Decides about the slots that passed since the last look, and opens a run for one that is due; each slot is decided once. */
export function recordDue(
  schedule: PlannedSchedule,
  { ledger, effects, tell }: Pick<EditionContext, 'ledger' | 'effects' | 'tell'>,
): void {
  const now = effects.now();
  const { id, cron, zone, missed } = schedule;
  const decided = decideDue({
    cron,
    zone,
    missed,
    considered: believable(consideredUntil(ledger, id), now),
    now,
  });
  const planned = decided.run && runOf(schedule, decided.run, now);
  const byHand = planned && sentByHand(ledger, planned);
  const due = byHand ? null : planned;
  const skipped = decided.skipped.map(({ slot, reason }) => ({ ...runOf(schedule, slot, now), reason }));
  if (planned && byHand)
    skipped.push({ ...planned, reason: `its day has ${editionName(byHand)}, sent by hand` });
  const recorded = recordSlots(ledger, id, { due, skipped, considered: decided.considered }, now);
  for (const run of recorded.skipped) {
    tell('warn', `${editionName(run)} is skipped: ${run.reason}`, {
      edition: editionName(run),
      event: 'skipped',
    });
  }
  if (decided.skippedCount > decided.skipped.length) {
    tell('warn', `${decided.skippedCount} editions of ${id} were missed; the newest are listed`, {
      event: 'skipped',
      schedule: id,
      count: decided.skippedCount,
    });
  }
  // Whoever sent it by hand need not be told that it was.
  if (planned && byHand) updateRun(ledger, planned, { alarmed: true });
  if (due && recorded.opened) {
    tell('info', `${editionName(due)} is due`, { edition: editionName(due), event: 'due' });
  }
}

/** The edition of the same day that was made by hand, in place of the scheduled one and not beside it. */
function sentByHand(ledger: Ledger, { schedule, asOf }: NewRun): Run | null {
  const run = findRun(ledger, { schedule, slot: asOf });
  return run !== null && run.state !== 'failed' && run.state !== 'skipped' ? run : null;
}

const CLOCK_DIFFERENCE_MS = 3_600_000;

/**
 * A clock that was once far ahead would keep a schedule silent until that time comes. Looking at slots again is safe: the ledger opens each
 * edition once, and decides anew about what the clock of that time skipped.
 */
function believable(considered: Date | null, now: Date): Date | null {
  return considered !== null && considered.getTime() > now.getTime() + CLOCK_DIFFERENCE_MS ? now : considered;
}

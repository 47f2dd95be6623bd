import type { EditionContext } from '../editions/context.js';
import { deadlineNotice, missedNotice } from '../editions/notice-text.js';
import { tellOwner } from '../editions/tell-owner.js';
import { TRIAL } from '../editions/trial.js';
import { deliveriesOf } from '../ledger/deliveries.js';
import { editionName } from '../ledger/edition.js';
import { runsToAlarmFor } from '../ledger/run-lists.js';
import { type Run, updateRun } from '../ledger/runs.js';

/**
 * Tells the owner of editions that are not out at their deadline, and of those that were missed; also when the process that should have
 * sent them was down and this is the first to notice.
 */
export async function raiseAlarms(context: EditionContext): Promise<void> {
  const { ledger, effects, tell } = context;
  const runs = runsToAlarmFor(ledger, effects.now()).filter(({ schedule }) => schedule !== TRIAL);
  const missed = runs.filter(({ state }) => state === 'skipped');
  const newest = missed.at(-1);
  if (newest) {
    await tellOwner(
      newest,
      (moment) => missedNotice(missed, moment),
      context,
      () => markAlarmed(missed),
    );
  }
  for (const run of runs.filter(({ state }) => state !== 'skipped')) {
    tell('error', `${editionName(run)} is not out at its deadline`, {
      edition: editionName(run),
      event: 'deadline',
    });
    const deliveries = deliveriesOf(ledger, run);
    await tellOwner(
      run,
      (moment) => deadlineNotice(run, deliveries, moment),
      context,
      () => markAlarmed([run]),
    );
  }

  function markAlarmed(some: readonly Run[]): void {
    for (const run of some) updateRun(ledger, run, { alarmed: true });
  }
}

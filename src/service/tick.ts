import { advanceRun } from '../editions/advance-run.js';
import type { EditionContext } from '../editions/context.js';
import { sendNotices } from '../editions/send-notices.js';
import { messageOf } from '../errors.js';
import { editionName } from '../ledger/edition.js';
import { unfinishedRuns } from '../ledger/runs.js';
import type { PlannedSchedule } from './planned-schedule.js';
import { raiseAlarms } from './raise-alarms.js';
import { recordDue } from './record-due.js';
import { removeOldEditions } from './remove-old-editions.js';

/**
 * Everything there is to do at this moment: due slots, alarms, editions that wait to be made or sent, notices to the owner, old editions.
 * A failure in one thing keeps none of the others back. Called again and again; what is done is in the ledger.
 */
export async function tick(schedules: readonly PlannedSchedule[], context: EditionContext): Promise<void> {
  const { ledger, effects, tell, redact } = context;
  const guarded = async (what: string, work: () => Promise<void> | void) => {
    if (effects.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      if (effects.signal.aborted) return;
      tell('error', `${what} failed: ${redact(messageOf(error))}`, { event: 'bug' });
    }
  };
  for (const schedule of schedules) {
    await guarded(`Looking at schedule ${schedule.id}`, () => recordDue(schedule, context));
  }
  await guarded('Raising alarms', () => raiseAlarms(context));
  await guarded('Telling the owner', () => sendNotices(context));
  for (const run of unfinishedRuns(ledger)) {
    const audiences = schedules.find(({ id }) => id === run.schedule)?.audiences ?? null;
    await guarded(editionName(run), async () => {
      await advanceRun(run, audiences, 'wait', context);
    });
  }
  await guarded('Telling the owner', () => sendNotices(context));
  await guarded('Removing old editions', () => removeOldEditions(context));
}

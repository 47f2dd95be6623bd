import { advanceRun } from '../editions/advance-run.js';
import type { EditionContext } from '../editions/context.js';
import { sendNotices } from '../editions/send-notices.js';
import { abandonTrial, TRIAL } from '../editions/trial.js';
import { messageOf } from '../errors.js';
import { editionName } from '../ledger/edition.js';
import { unfinishedRuns } from '../ledger/run-lists.js';
import type { PlannedSchedule } from './planned-schedule.js';
import { raiseAlarms } from './raise-alarms.js';
import { recordDue } from './record-due.js';
import { removeOldEditions } from './remove-old-editions.js';

/**
 * What must not wait for anything else: due slots are recorded, alarms raised, notices sent. A failure in one thing keeps none of the
 * others back.
 *
 * @returns what failed though it should not, a line each
 */
export async function lookAround(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
): Promise<string[]> {
  const { attempt, failures } = attempts(context);
  for (const schedule of schedules) {
    await attempt(`Looking at schedule ${schedule.id}`, () => recordDue(schedule, context));
  }
  await attempt('Raising alarms', () => raiseAlarms(context));
  await attempt('Telling the owner', () => sendNotices(context));
  return failures;
}

/**
 * What takes its time: editions that wait are made and sent, one after the other, and old ones removed.
 *
 * @returns what failed though it should not, a line each
 */
export async function workOff(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
): Promise<string[]> {
  const { attempt, failures } = attempts(context);
  await attempt('Reading the ledger', async () => {
    for (const run of unfinishedRuns(context.ledger)) {
      await attempt(editionName(run), async () => {
        if (run.schedule === TRIAL) return abandonTrial(run, context);
        const audiences = schedules.find(({ id }) => id === run.schedule)?.audiences ?? null;
        await advanceRun(run, audiences, 'wait', context);
      });
    }
  });
  await attempt('Removing old editions', () => removeOldEditions(context));
  return failures;
}

/** Everything there is to do at this moment. Called again and again; what is done is in the ledger. */
export async function tick(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
): Promise<string[]> {
  const first = await lookAround(schedules, context);
  return [...first, ...(await workOff(schedules, context)), ...(await lookAround([], context))];
}

function attempts({ effects, tell, redact }: EditionContext) {
  const failures: string[] = [];
  const attempt = async (what: string, work: () => Promise<void> | void) => {
    if (effects.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      if (effects.signal.aborted) return;
      const failure = `${what} failed: ${redact(messageOf(error))}`;
      failures.push(failure);
      tell('error', failure, { event: 'bug' });
    }
  };
  return { attempt, failures };
}

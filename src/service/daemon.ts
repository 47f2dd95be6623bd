import { setTimeout } from 'node:timers/promises';
import type { EditionContext } from '../editions/context.js';
import { waitTowards } from '../editions/wait.js';
import { nextAttempt } from '../ledger/next-attempt.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import { emergencyNotices } from './emergency.js';
import type { PlannedSchedule } from './planned-schedule.js';
import type { Round } from './status.js';
import { lookAround, tick, workOff } from './tick.js';

/**
 * Runs the schedules until the signal is aborted: looks every minute at what is due, also while an edition is made or sent. Aborted in the
 * middle of an edition, it ends what cannot be cut, and leaves the rest to the next start.
 *
 * @param rounds - kept up to date for whoever watches
 */
export async function runDaemon(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
  rounds: Round,
): Promise<void> {
  const { signal, now } = context.effects;
  const emergency = emergencyNotices(context);
  const failures: { look: string[]; work: string[] } = { look: [], work: [] };
  const look = oneAtATime(async () => {
    failures.look = await lookAround(schedules, context);
    rounds.failures = [...failures.look, ...failures.work];
    await emergency(rounds.failures);
  });
  const work = oneAtATime(async () => {
    rounds.begun = now();
    rounds.ended = null;
    failures.work = await workOff(schedules, context);
    rounds.ended = now();
  });
  while (!signal.aborted) {
    await look();
    void work().then(look);
    const minute = 60_000 - (now().getTime() % 60_000);
    // Not until a moment of the clock: that may be put back meanwhile.
    await setTimeout(minute, undefined, { signal }).catch(() => {});
  }
  await work.running();
  await look.running();
}

/** A piece of work that is not begun again while it goes on; who asks for it then waits for the one under way. */
function oneAtATime(work: () => Promise<void>): { (): Promise<void>; running(): Promise<void> } {
  let running: Promise<void> | null = null;
  const begin = () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
  return Object.assign(begin, { running: async () => running ?? undefined });
}

const BUSY_MS = 1_000;

/**
 * Does what is due, to its end: for a system that has a cron of its own. Editions that are due later are left to the next call, and
 * everything is while another call is still at it.
 *
 * @returns what failed though it should not, a line each
 */
export async function runOnce(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
): Promise<string[]> {
  const { ledger, folder, effects, tell } = context;
  const unlock = lockSchedule(folder, '_once');
  if (unlock === null) {
    tell('info', 'Another roi-report schedule --once is still at work', { event: 'busy' });
    return [];
  }
  try {
    for (;;) {
      const failures = await tick(schedules, context);
      const next = nextAttempt(ledger, null);
      if (next === null || effects.signal.aborted) return failures;
      if (next > effects.now()) tell('info', `Waiting until ${next.toISOString()} for the next attempt`);
      // What is due and was not done is in the hands of another process.
      const until = new Date(Math.max(next.getTime(), effects.now().getTime() + BUSY_MS));
      while (effects.now() < until && !effects.signal.aborted) await waitTowards(until, effects);
    }
  } finally {
    unlock();
  }
}

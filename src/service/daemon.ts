import { schedule as scheduleCron } from 'node-cron';
import type { EditionContext } from '../editions/context.js';
import { waitTowards } from '../editions/wait.js';
import { nextAttempt } from '../ledger/next-attempt.js';
import type { PlannedSchedule } from './planned-schedule.js';
import type { Round } from './status.js';
import { tick } from './tick.js';

/**
 * Runs the schedules until the signal is aborted: looks every minute at what is due. Aborted in the middle of an edition, it ends what
 * cannot be cut, and leaves the rest to the next start.
 *
 * @param rounds - kept up to date for whoever watches
 */
export async function runDaemon(
  schedules: readonly PlannedSchedule[],
  context: EditionContext,
  rounds: Round,
): Promise<void> {
  const { signal, now } = context.effects;
  let running: Promise<void> | null = null;
  const round = async () => {
    rounds.begun = now();
    rounds.ended = null;
    await tick(schedules, context);
    rounds.ended = now();
  };
  const come = () => {
    running ??= round().finally(() => {
      running = null;
    });
    return running;
  };
  const everyMinute = scheduleCron('* * * * *', come, { noOverlap: true, suppressMissedWarning: true });
  try {
    await come();
    await aborted(signal);
  } finally {
    await everyMinute.destroy();
    await running;
  }
}

const BUSY_MS = 1_000;

/** Does what is due, to its end: for a system that has a cron of its own. Editions that are due later are left to the next call. */
export async function runOnce(schedules: readonly PlannedSchedule[], context: EditionContext): Promise<void> {
  const { ledger, effects, tell } = context;
  for (;;) {
    await tick(schedules, context);
    const next = nextAttempt(ledger, null);
    if (next === null || effects.signal.aborted) return;
    if (next > effects.now()) tell('info', `Waiting until ${next.toISOString()} for the next attempt`);
    // What is due and was not done is in the hands of another process.
    const until = new Date(Math.max(next.getTime(), effects.now().getTime() + BUSY_MS));
    while (effects.now() < until && !effects.signal.aborted) await waitTowards(until, effects);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

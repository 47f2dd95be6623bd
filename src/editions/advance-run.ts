import { deliverMessages } from '../delivery/deliver-messages.js';
import { deliveriesOf, isFinal, recoverInterrupted } from '../ledger/deliveries.js';
import { type Edition, editionName } from '../ledger/edition.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { findRun, type Run, type RunState, updateRun } from '../ledger/runs.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import type { Audiences } from './audiences.js';
import type { EditionContext } from './context.js';
import { expireRun } from './expire-run.js';
import { problemNotice } from './notice-text.js';
import type { Refusal } from './prepare-run.js';
import { tellOwner } from './tell-owner.js';

/** How far an edition is after a step. */
export interface Advanced {
  run: Run;
  /** Why it is held; null where it is not. */
  refusal: Refusal | null;
}

/**
 * Does with an edition what can be done now: makes it, judges it, sends what waits and whose time has come, and tells the owner of what
 * went wrong. Whatever interrupts it, the next call goes on from what the ledger says.
 *
 * @param audiences - who gets what; null where the schedule is no longer configured
 * @param patience - `wait`: one that cannot be made yet is tried again until it is given up; `none`: it has failed
 * @returns null where another process is at work on the schedule
 */
export async function advanceRun(
  edition: Edition,
  audiences: Audiences | null,
  patience: 'wait' | 'none',
  context: EditionContext,
): Promise<Advanced | null> {
  const { ledger, folder, effects } = context;
  const unlock = lockSchedule(folder, edition.schedule);
  if (unlock === null) return null;
  try {
    let refusal: Refusal | null = null;
    const found = currentRun(edition, ledger);
    const isOpen = found.state === 'due' || found.state === 'held' || found.state === 'delivering';
    if (isOpen && found.expires < effects.now()) {
      recoverInterrupted(ledger, found, effects.now());
      await expireRun(found, context);
    } else if (isToBeMade(found, effects.now())) {
      const { prepareRun } = await import('./prepare-run.js');
      refusal = await prepareRun(found, audiences, patience, context);
    }
    const run = currentRun(edition, ledger);
    if (run.state === 'delivering') await deliver(run, context);
    return { run: currentRun(edition, ledger), refusal };
  } finally {
    unlock();
  }
}

function isToBeMade({ state, nextAttempt }: Run, now: Date): boolean {
  return (state === 'due' || state === 'held') && (nextAttempt === null || nextAttempt <= now);
}

function currentRun(edition: Edition, ledger: Ledger): Run {
  const run = findRun(ledger, edition);
  if (!run) throw new Error(`${editionName(edition)} is not in the ledger.`);
  return run;
}

async function deliver(run: Run, context: EditionContext): Promise<void> {
  const { ledger, folder, config, transport, effects, tell } = context;
  await deliverMessages(run, {
    ledger,
    folder,
    config: config.delivery,
    transport,
    now: effects.now,
    signal: effects.signal,
    onAttempt: ({ recipient }, { state, result, nextAttempt }) =>
      tell(
        state === 'sent' ? 'info' : 'warn',
        `${recipient}: ${state === 'pending' ? 'will be tried again' : state}${nextAttempt ? ` at ${nextAttempt.toISOString()}` : ''} (${context.redact(result)})`,
        { edition: editionName(run), event: 'attempt', recipient, state },
      ),
  });
  const deliveries = deliveriesOf(ledger, run);
  if (!deliveries.every(isFinal)) return;
  const sent = deliveries.filter(({ state }) => state === 'sent').length;
  const none = deliveries.every(({ state }) => state === 'failed');
  const state: RunState = sent === deliveries.length ? 'sent' : none ? 'failed' : 'partial';
  const finished = new Date(Math.max(...deliveries.map(({ changed }) => changed.getTime())));
  const record = () => updateRun(ledger, run, { state, finished });
  tell(state === 'sent' ? 'info' : 'error', `${editionName(run)}: sent to ${sent} of ${deliveries.length}`, {
    edition: editionName(run),
    event: 'finished',
    state,
    sent,
    recipients: deliveries.length,
  });
  if (state === 'sent') record();
  else await tellOwner(run, (moment) => problemNotice(run, deliveries, moment), context, record);
}

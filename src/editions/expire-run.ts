import { deliveriesOf, finishWaiting } from '../ledger/deliveries.js';
import { editionName } from '../ledger/edition.js';
import { type Run, updateRun } from '../ledger/runs.js';
import type { EditionContext } from './context.js';
import { heldNotice } from './notice-text.js';
import { tellOwner } from './tell-owner.js';

const REASON = 'its time was over before it was sent; nothing was running, or nothing could be sent';

/**
 * Ends an edition whose time is over: a report of last week is not sent by itself in the middle of this one. What waits has failed; the
 * owner is told, and decides. Only for who holds the lock of the schedule.
 */
export async function expireRun(run: Run, context: EditionContext): Promise<void> {
  const { ledger, effects, tell } = context;
  const now = effects.now();
  tell('error', `${editionName(run)} has expired: ${REASON}`, {
    edition: editionName(run),
    event: 'expired',
  });
  if (deliveriesOf(ledger, run).length > 0) {
    finishWaiting(ledger, run, REASON, now);
    return;
  }
  const reason = `${REASON}.`;
  const reasons = [`${reason.charAt(0).toUpperCase()}${reason.slice(1)}`];
  await tellOwner(
    run,
    (moment) => heldNotice(run, { reasons, hint: undefined, again: null }, moment),
    context,
    () => updateRun(ledger, run, { state: 'failed', nextAttempt: null, reason, finished: now }),
  );
}

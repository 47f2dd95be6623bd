import { bareAddress } from '../config/mail-address.js';
import type { Outcome } from '../delivery/transport.js';
import { waitAfter } from '../delivery/waits.js';
import { messageOf } from '../errors.js';
import { type Notice, pendingNotices, recordNoticeAttempt } from '../ledger/notices.js';
import { lockSchedule } from '../ledger/schedule-lock.js';
import type { EditionContext } from './context.js';

const TRIED_FOR_MS = 7 * 86_400_000;

/**
 * Sends what waits for the owner. What is not known to have arrived is sent again, for a week: an owner told twice is better than one not
 * told.
 */
export async function sendNotices(context: EditionContext): Promise<void> {
  const { ledger, folder, effects } = context;
  const unlock = lockSchedule(folder, '_notices');
  if (unlock === null) return;
  try {
    for (const notice of pendingNotices(ledger)) {
      if (effects.signal.aborted) return;
      if (notice.nextAttempt !== null && notice.nextAttempt > effects.now()) continue;
      const outcome = await sendNotice(notice, context);
      // A wrong password that is tried for each notice locks the account.
      if (outcome.state !== 'sent' && 'everybody' in outcome) return;
    }
  } finally {
    unlock();
  }
}

async function sendNotice(notice: Notice, context: EditionContext): Promise<Outcome> {
  const { ledger, config, effects, tell, redact } = context;
  const outcome = await attempt(notice, context);
  const now = effects.now();
  if (outcome.state === 'sent') {
    recordNoticeAttempt(ledger, notice, { state: 'sent', result: outcome.response, nextAttempt: null }, now);
    tell('info', `The owner ${notice.recipient} was told: ${notice.subject}`, {
      event: 'notice',
      recipient: notice.recipient,
      kind: notice.kind,
    });
    return outcome;
  }
  const next = new Date(now.getTime() + waitAfter(notice.attempts + 1, config.delivery.retry));
  const goesOn = next.getTime() < notice.created.getTime() + TRIED_FOR_MS;
  const result = redact(outcome.reason);
  recordNoticeAttempt(
    ledger,
    notice,
    { state: goesOn ? 'pending' : 'failed', result, nextAttempt: goesOn ? next : null },
    now,
  );
  tell('error', `The owner ${notice.recipient} could not be told "${notice.subject}": ${result}`, {
    event: 'notice-failed',
    recipient: notice.recipient,
    kind: notice.kind,
    nextAttempt: goesOn ? next.toISOString() : null,
  });
  return outcome;
}

async function attempt(notice: Notice, { config, transport, effects }: EditionContext): Promise<Outcome> {
  try {
    const { from, returnPath } = config.delivery;
    return await transport.send(
      {
        raw: Buffer.from(notice.raw ?? []),
        from: bareAddress(returnPath ?? from),
        to: notice.recipient,
        messageId: notice.messageId,
        handingOver: () => {},
      },
      effects.signal,
    );
  } catch (error) {
    return { state: 'later', reason: messageOf(error) };
  }
}

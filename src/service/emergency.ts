import { bareAddress } from '../config/mail-address.js';
import { composeNotice } from '../editions/compose-notice.js';
import type { EditionContext } from '../editions/context.js';
import { messageOf } from '../errors.js';

const PAUSE_MS = 3_600_000;

/**
 * Tells the owner, past ledger and files, that the service does not work as it should: that may be because they cannot be written. Once an
 * hour at most.
 *
 * @returns what is to be called with the failures of a round
 */
export function emergencyNotices(context: EditionContext): (failures: readonly string[]) => Promise<void> {
  const { config, transport, effects, tell, redact } = context;
  let told: Date | null = null;
  return async (failures) => {
    const now = effects.now();
    if (failures.length === 0 || (told !== null && Math.abs(now.getTime() - told.getTime()) < PAUSE_MS))
      return;
    told = now;
    const edition = { schedule: 'service', slot: now.toISOString() };
    const text = {
      kind: 'emergency',
      subject: 'roi-report does not work as it should',
      lines: [
        'The service that sends the reports runs, but something in it fails again and again. Editions may be late or missing.',
        ...new Set(failures),
      ],
      facts: [],
      fix: [
        'Look at the free space and the rights of the output folder first, then at the log.',
        'You hear of it once an hour as long as it lasts.',
      ],
    };
    for (const owner of config.delivery.owner) {
      try {
        const { raw, recipient, messageId } = await composeNotice(owner, edition, text, context);
        const from = bareAddress(config.delivery.returnPath ?? config.delivery.from);
        const message = { raw, from, to: recipient, messageId, handingOver: () => {} };
        const outcome = await transport.send(message, effects.signal);
        if (outcome.state !== 'sent') throw new Error(outcome.reason);
      } catch (error) {
        const reason = redact(messageOf(error));
        tell('error', `The owner ${owner} could not be told of it: ${reason}`, { event: 'emergency' });
      }
    }
  };
}

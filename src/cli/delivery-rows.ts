import type { Delivery } from '../ledger/deliveries.js';
import { editionName } from '../ledger/edition.js';

/** A delivery as `--json` writes it. */
export function deliveryRecord(delivery: Delivery): Record<string, unknown> {
  const { recipient, channel, state, attempts, messageId, file, sha256, bytes } = delivery;
  const { result, changed, nextAttempt, handedOver } = delivery;
  return {
    edition: editionName(delivery),
    recipient,
    channel,
    state,
    attempts,
    changed,
    nextAttempt,
    handedOver,
    result,
    messageId,
    file,
    sha256,
    bytes,
  };
}

/** A delivery as a person reads it: whom, how it ended, what the server said. */
export function deliveryRow({ recipient, state, attempts, result, nextAttempt }: Delivery): string[] {
  const tries = attempts > 1 ? `${attempts} attempts` : '';
  const next = nextAttempt === null ? '' : `again at ${nextAttempt.toISOString()}`;
  return [recipient, state, [tries, next, result ?? ''].filter((part) => part !== '').join('; ')];
}

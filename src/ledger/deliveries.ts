import { z } from 'zod';
import { DELIVERY_STATES, type DeliveryState } from './delivery-states.js';
import type { Edition } from './edition.js';
import type { Ledger } from './open-ledger.js';

export type Channel = 'email' | 'outbox';

/** Names one message: its edition, the bare address, the way it goes. */
export interface DeliveryKey extends Edition {
  recipient: string;
  channel: Channel;
}

/** A message that is archived and waits to be sent. */
export interface NewDelivery {
  recipient: string;
  channel: Channel;
  messageId: string;
  /** Path of the .eml file from the delivery folder. */
  file: string;
  sha256: string;
  bytes: number;
  /** Why it is not to be sent, unless somebody asks for it; undefined where it is. */
  withheld?: string;
}

const instant = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : new Date(text)));

const deliveryRow = z
  .object({
    schedule: z.string(),
    slot: z.string(),
    recipient: z.string(),
    channel: z.enum(['email', 'outbox']),
    state: z.enum(DELIVERY_STATES),
    message_id: z.string(),
    file: z.string(),
    sha256: z.string(),
    bytes: z.number(),
    attempts: z.number(),
    next_attempt: instant,
    handed_over: instant,
    result: z.string().nullable(),
    changed: z.string().transform((text) => new Date(text)),
  })
  .transform(({ message_id, next_attempt, handed_over, ...delivery }) => ({
    ...delivery,
    messageId: message_id,
    nextAttempt: next_attempt,
    /** When the last bytes of the message went out, of the latest attempt. */
    handedOver: handed_over,
  }));

export type Delivery = z.infer<typeof deliveryRow>;

const ONE = 'schedule = ? AND slot = ? AND recipient = ? AND channel = ?';
const values = ({ schedule, slot, recipient, channel }: DeliveryKey) => [schedule, slot, recipient, channel];

/** Writes the messages of an edition into the ledger; all wait but those that are withheld, which have failed. */
export function addDeliveries(
  ledger: Ledger,
  { schedule, slot }: Edition,
  deliveries: readonly NewDelivery[],
  now: Date,
): void {
  const insert = ledger.prepare(
    `INSERT INTO deliveries
      (schedule, slot, recipient, channel, state, result, message_id, file, sha256, bytes, changed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { recipient, channel, withheld = null, messageId, file, sha256, bytes } of deliveries) {
    const state: DeliveryState = withheld === null ? 'pending' : 'failed';
    insert.run(
      schedule,
      slot,
      recipient,
      channel,
      state,
      withheld,
      messageId,
      file,
      sha256,
      bytes,
      now.toISOString(),
    );
  }
}

/** The messages of an edition, in the order in which they were added. */
export function deliveriesOf(ledger: Ledger, { schedule, slot }: Edition): Delivery[] {
  return ledger
    .prepare('SELECT * FROM deliveries WHERE schedule = ? AND slot = ? ORDER BY rowid')
    .all(schedule, slot)
    .map((row) => deliveryRow.parse(row));
}

/** Whether a delivery is at its end, unless a person decides otherwise. */
export function isFinal({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'sent' || state === 'failed' || state === 'unknown';
}

/** Marks a waiting delivery as being sent, before anything is said to a server; false where it does not wait. */
export function beginAttempt(ledger: Ledger, key: DeliveryKey, now: Date): boolean {
  const { changes } = ledger
    .prepare(
      `UPDATE deliveries
      SET state = 'sending', attempts = attempts + 1, next_attempt = NULL, handed_over = NULL, changed = ?
      WHERE ${ONE} AND state = 'pending'`,
    )
    .run(now.toISOString(), ...values(key));
  return Number(changes) === 1;
}

/** Marks the moment from which the server may have the whole message. */
export function markHandedOver(ledger: Ledger, key: DeliveryKey, now: Date): void {
  ledger
    .prepare(`UPDATE deliveries SET handed_over = ? WHERE ${ONE} AND state = 'sending'`)
    .run(now.toISOString(), ...values(key));
}

/** Writes down how an attempt ended; `pending` waits for its next attempt. */
export function finishAttempt(
  ledger: Ledger,
  key: DeliveryKey,
  outcome: { state: Exclude<DeliveryState, 'sending'>; result: string; nextAttempt?: Date },
  now: Date,
): void {
  ledger
    .prepare(
      `UPDATE deliveries SET state = ?, result = ?, next_attempt = ?, changed = ? WHERE ${ONE} AND state = 'sending'`,
    )
    .run(
      outcome.state,
      outcome.result,
      outcome.nextAttempt?.toISOString() ?? null,
      now.toISOString(),
      ...values(key),
    );
}

/**
 * Puts right what a process left behind that ended in the middle: a message that was not handed over waits again, one that was is unknown.
 * Only for who holds the lock of the schedule.
 */
export function recoverInterrupted(ledger: Ledger, { schedule, slot }: Edition, now: Date): void {
  ledger
    .prepare(
      `UPDATE deliveries
      SET
        state = CASE WHEN handed_over IS NULL THEN 'pending' ELSE 'unknown' END,
        result = CASE
          WHEN handed_over IS NULL THEN 'interrupted before the message was handed over'
          ELSE 'interrupted after the message was handed over and before the server answered'
        END,
        changed = ?
      WHERE schedule = ? AND slot = ? AND state = 'sending'`,
    )
    .run(now.toISOString(), schedule, slot);
}

/** Lets the messages of an edition that wait for their next attempt have it now. */
export function attemptNow(ledger: Ledger, { schedule, slot }: Edition): void {
  ledger
    .prepare(
      `UPDATE deliveries SET next_attempt = NULL WHERE schedule = ? AND slot = ? AND state = 'pending'`,
    )
    .run(schedule, slot);
}

/** Ends the messages of an edition that wait, without an attempt. */
export function finishWaiting(ledger: Ledger, { schedule, slot }: Edition, result: string, now: Date): void {
  ledger
    .prepare(
      `UPDATE deliveries SET state = 'failed', result = ?, next_attempt = NULL, changed = ?
      WHERE schedule = ? AND slot = ? AND state = 'pending'`,
    )
    .run(result, now.toISOString(), schedule, slot);
}

/** Lets a failed or unknown delivery wait again, from its first attempt; false where it is neither. */
export function reopenDelivery(ledger: Ledger, key: DeliveryKey, now: Date): boolean {
  const { changes } = ledger
    .prepare(
      `UPDATE deliveries SET state = 'pending', attempts = 0, next_attempt = NULL, changed = ?
      WHERE ${ONE} AND state IN ('failed', 'unknown')`,
    )
    .run(now.toISOString(), ...values(key));
  return Number(changes) === 1;
}

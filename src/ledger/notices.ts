import { z } from 'zod';
import type { Edition } from './edition.js';
import type { Ledger } from './open-ledger.js';

const noticeRow = z
  .object({
    schedule: z.string(),
    slot: z.string(),
    kind: z.string(),
    recipient: z.string(),
    state: z.enum(['pending', 'sent', 'failed']),
    subject: z.string(),
    raw: z.instanceof(Uint8Array).nullable(),
    message_id: z.string(),
    attempts: z.number(),
    next_attempt: z
      .string()
      .nullable()
      .transform((text) => (text === null ? null : new Date(text))),
    result: z.string().nullable(),
    created: z.string().transform((text) => new Date(text)),
  })
  .transform(({ message_id, next_attempt, ...notice }) => ({
    ...notice,
    messageId: message_id,
    nextAttempt: next_attempt,
  }));

/**
 * A message to the owner. Unlike a delivery it is sent again when its fate is not known: told twice is better than not told, and the
 * Message-ID stays the same.
 */
export type Notice = z.infer<typeof noticeRow>;

export interface NewNotice extends Edition {
  /** What it is about; an owner gets one notice of a kind about an edition. */
  kind: string;
  recipient: string;
  subject: string;
  /** The whole message as it travels. */
  raw: Uint8Array;
  messageId: string;
}

/** Whether the owner was or will be told this already. */
export function hasNotice(ledger: Ledger, { schedule, slot }: Edition, kind: string): boolean {
  const row = ledger
    .prepare('SELECT 1 FROM notices WHERE schedule = ? AND slot = ? AND kind = ?')
    .get(schedule, slot, kind);
  return row !== undefined;
}

/** Lets a notice wait to be sent; one that is there already stays as it is. */
export function addNotice(ledger: Ledger, notice: NewNotice, now: Date): void {
  ledger
    .prepare(
      `INSERT INTO notices (schedule, slot, kind, recipient, state, subject, raw, message_id, created, changed)
      VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      notice.schedule,
      notice.slot,
      notice.kind,
      notice.recipient,
      notice.subject,
      notice.raw,
      notice.messageId,
      now.toISOString(),
      now.toISOString(),
    );
}

/** Notices that wait, the oldest first. */
export function pendingNotices(ledger: Ledger): Notice[] {
  return ledger
    .prepare(`SELECT * FROM notices WHERE state = 'pending' ORDER BY created, rowid`)
    .all()
    .map((row) => noticeRow.parse(row));
}

/** Forgets the text of notices of before a moment that are at their end; that they were sent stays known. */
export function forgetOldNotices(ledger: Ledger, before: Date): void {
  ledger
    .prepare(`UPDATE notices SET raw = NULL WHERE state <> 'pending' AND raw IS NOT NULL AND created < ?`)
    .run(before.toISOString());
}

/** All notices about an edition, the oldest first. */
export function noticesOf(ledger: Ledger, { schedule, slot }: Edition): Notice[] {
  return ledger
    .prepare('SELECT * FROM notices WHERE schedule = ? AND slot = ? ORDER BY created, rowid')
    .all(schedule, slot)
    .map((row) => noticeRow.parse(row));
}

/** Writes down how an attempt to send a notice ended. */
export function recordNoticeAttempt(
  ledger: Ledger,
  { schedule, slot, kind, recipient }: Pick<Notice, 'schedule' | 'slot' | 'kind' | 'recipient'>,
  outcome: { state: Notice['state']; result: string; nextAttempt: Date | null },
  now: Date,
): void {
  ledger
    .prepare(
      `UPDATE notices SET state = ?, result = ?, next_attempt = ?, attempts = attempts + 1, changed = ?
      WHERE schedule = ? AND slot = ? AND kind = ? AND recipient = ?`,
    )
    .run(
      outcome.state,
      outcome.result,
      outcome.nextAttempt?.toISOString() ?? null,
      now.toISOString(),
      schedule,
      slot,
      kind,
      recipient,
    );
}

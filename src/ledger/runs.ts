import { z } from 'zod';
import type { Edition } from './edition.js';
import { atOnce, type Ledger } from './open-ledger.js';

const RUN_STATES = ['due', 'held', 'delivering', 'sent', 'partial', 'failed', 'skipped'] as const;

/**
 * due: to be made · held: made or tried, not sent, because the data or the figures did not pass · delivering: its messages are on their
 * way · sent · partial: some got it, or may have · failed: nobody got it · skipped: its time passed while nothing ran
 */
export type RunState = (typeof RUN_STATES)[number];

const instant = z.string().transform((text) => new Date(text));
const maybeInstant = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : new Date(text)));

export const runRow = z
  .object({
    schedule: z.string(),
    slot: z.string(),
    due: instant,
    as_of: z.string(),
    state: z.enum(RUN_STATES),
    deadline: instant,
    give_up: instant,
    expires: instant,
    attempts: z.number(),
    next_attempt: maybeInstant,
    reason: z.string().nullable(),
    facts: z.string().nullable(),
    alarmed: z.number(),
    archived: z.number(),
    created: instant,
    finished: maybeInstant,
  })
  .transform(({ as_of, give_up, next_attempt, facts, alarmed, archived, ...run }) => ({
    ...run,
    /** Day of the report, ISO. */
    asOf: as_of,
    /** Until when it is tried again. */
    giveUp: give_up,
    nextAttempt: next_attempt,
    facts: facts === null ? null : (runFacts.safeParse(JSON.parse(facts)).data ?? null),
    alarmed: alarmed === 1,
    archived: archived === 1,
  }));

const runFacts = z.object({
  /** Tracked orders that were used; the next edition is compared with it. */
  rows: z.number(),
});

export type RunFacts = z.infer<typeof runFacts>;
export type Run = z.infer<typeof runRow>;

/** A run as it is opened. */
export interface NewRun extends Edition {
  /** The intended moment. */
  due: Date;
  asOf: string;
  deadline: Date;
  /** Until when what fails is tried again. */
  giveUp: Date;
  /** From when on nothing of it is made or sent any more by itself, also after a time in which nothing ran. */
  expires: Date;
}

/** A slot that is not run, and why. */
export interface SkippedRun extends NewRun {
  reason: string;
}

/** Up to when the slots of a schedule were looked at; null for one that never ran. */
export function consideredUntil(ledger: Ledger, schedule: string): Date | null {
  const row: { considered?: unknown } | undefined = ledger
    .prepare('SELECT considered FROM schedules WHERE schedule = ?')
    .get(schedule);
  return row ? new Date(String(row.considered)) : null;
}

/**
 * Records what was decided about the slots up to a moment. Of several processes that decide the same, the first one records it.
 */
export function recordSlots(
  ledger: Ledger,
  schedule: string,
  { due, skipped, considered }: { due: NewRun | null; skipped: readonly SkippedRun[]; considered: Date },
  now: Date,
): { opened: boolean; skipped: SkippedRun[] } {
  return atOnce(ledger, () => {
    const fresh = skipped.filter((run) => insertRun(ledger, run, 'skipped', now, run.reason));
    const opened = due !== null && insertRun(ledger, due, 'due', now, null);
    ledger
      .prepare(
        `INSERT INTO schedules (schedule, considered) VALUES (?, ?)
        ON CONFLICT (schedule) DO UPDATE SET considered = excluded.considered`,
      )
      .run(schedule, considered.toISOString());
    return { opened, skipped: fresh };
  });
}

/** Opens a run; false where the ledger knows its edition already. */
export function openRun(ledger: Ledger, run: NewRun, now: Date): boolean {
  return insertRun(ledger, run, 'due', now, null);
}

export function findRun(ledger: Ledger, { schedule, slot }: Edition): Run | null {
  const row = ledger.prepare('SELECT * FROM runs WHERE schedule = ? AND slot = ?').get(schedule, slot);
  return row ? runRow.parse(row) : null;
}

/** Changes a run; what is not named stays. */
export function updateRun(
  ledger: Ledger,
  { schedule, slot }: Edition,
  changes: {
    state?: RunState;
    attempts?: number;
    nextAttempt?: Date | null;
    giveUp?: Date;
    expires?: Date;
    reason?: string | null;
    facts?: RunFacts;
    alarmed?: boolean;
    archived?: boolean;
    finished?: Date | null;
  },
): void {
  const values = {
    state: changes.state,
    attempts: changes.attempts,
    next_attempt: asText(changes.nextAttempt),
    give_up: asText(changes.giveUp),
    expires: asText(changes.expires),
    reason: changes.reason,
    facts: changes.facts && JSON.stringify(changes.facts),
    alarmed: changes.alarmed === undefined ? undefined : Number(changes.alarmed),
    archived: changes.archived === undefined ? undefined : Number(changes.archived),
    finished: asText(changes.finished),
  };
  const named = Object.entries(values).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value }],
  );
  ledger
    .prepare(
      `UPDATE runs SET ${named.map(({ column }) => `${column} = ?`).join(', ')} WHERE schedule = ? AND slot = ?`,
    )
    .run(...named.map(({ value }) => value), schedule, slot);
}

/** A slot that was skipped by a clock that was ahead is decided anew when its time really comes. */
function insertRun(
  ledger: Ledger,
  { schedule, slot, due, asOf, deadline, giveUp, expires }: NewRun,
  state: RunState,
  now: Date,
  reason: string | null,
): boolean {
  const { changes } = ledger
    .prepare(
      `INSERT INTO runs (schedule, slot, due, as_of, state, deadline, give_up, expires, reason, created, finished)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET
        state = excluded.state, give_up = excluded.give_up, expires = excluded.expires, reason = excluded.reason,
        created = excluded.created, finished = excluded.finished
      WHERE runs.state = 'skipped' AND runs.created > excluded.created`,
    )
    .run(
      schedule,
      slot,
      due.toISOString(),
      asOf,
      state,
      deadline.toISOString(),
      giveUp.toISOString(),
      expires.toISOString(),
      reason,
      now.toISOString(),
      state === 'skipped' ? now.toISOString() : null,
    );
  return Number(changes) === 1;
}

function asText(moment: Date | null | undefined): string | null | undefined {
  return moment?.toISOString() ?? (moment as null | undefined);
}

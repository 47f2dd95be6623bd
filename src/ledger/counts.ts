import type { DeliveryState } from './delivery-states.js';
import type { Edition } from './edition.js';
import type { Notice } from './notices.js';
import type { Ledger } from './open-ledger.js';
import type { RunState } from './runs.js';

const NO_RUNS: Readonly<Record<RunState, number>> = {
  due: 0,
  held: 0,
  delivering: 0,
  sent: 0,
  partial: 0,
  failed: 0,
  skipped: 0,
};
const NO_DELIVERIES: Readonly<Record<DeliveryState, number>> = {
  pending: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  unknown: 0,
};
const NO_NOTICES: Readonly<Record<Notice['state'], number>> = { pending: 0, sent: 0, failed: 0 };

/** How many runs of a schedule are in each state; 0 where none is. */
export function countRuns(ledger: Ledger, schedule: string): Record<RunState, number> {
  const rows = ledger
    .prepare('SELECT state, COUNT(*) AS count FROM runs WHERE schedule = ? GROUP BY state')
    .all(schedule);
  return counted(NO_RUNS, rows);
}

/** How many messages of a schedule are in each state; 0 where none is. */
export function countDeliveries(ledger: Ledger, schedule: string): Record<DeliveryState, number> {
  const rows = ledger
    .prepare('SELECT state, COUNT(*) AS count FROM deliveries WHERE schedule = ? GROUP BY state')
    .all(schedule);
  return counted(NO_DELIVERIES, rows);
}

/** How many notices to the owner are in each state; 0 where none is. */
export function countNotices(ledger: Ledger): Record<Notice['state'], number> {
  return counted(
    NO_NOTICES,
    ledger.prepare('SELECT state, COUNT(*) AS count FROM notices GROUP BY state').all(),
  );
}

/** When an edition of a schedule last reached everybody; null where none did. */
export function lastSuccess(ledger: Ledger, schedule: string): Date | null {
  const row = ledger
    .prepare(`SELECT MAX(finished) AS finished FROM runs WHERE schedule = ? AND state = 'sent'`)
    .get(schedule);
  return typeof row?.finished === 'string' ? new Date(row.finished) : null;
}

/** Editions that are neither out nor given up though their deadline has passed, the oldest first. */
export function overdueEditions(ledger: Ledger, now: Date): Edition[] {
  return ledger
    .prepare(
      `SELECT schedule, slot FROM runs
      WHERE state IN ('due', 'held', 'delivering') AND deadline < ?
      ORDER BY due, schedule, slot`,
    )
    .all(now.toISOString())
    .map(({ schedule, slot }) => ({ schedule: String(schedule), slot: String(slot) }));
}

function counted<State extends string>(
  none: Readonly<Record<State, number>>,
  rows: readonly Record<string, unknown>[],
): Record<State, number> {
  const counts = new Map(rows.map(({ state, count }) => [String(state), Number(count)]));
  const all: Record<State, number> = { ...none };
  for (const state in all) all[state] = counts.get(state) ?? 0;
  return all;
}

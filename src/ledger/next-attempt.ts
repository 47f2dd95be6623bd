import type { Edition } from './edition.js';
import type { Ledger } from './open-ledger.js';

/**
 * When the next attempt is due to make an edition or to send one of its messages; a moment in the past where it is due already.
 *
 * @param edition - of it alone; null means of all
 * @returns null where nothing waits
 */
export function nextAttempt(ledger: Ledger, edition: Edition | null): Date | null {
  const { schedule = null, slot = null } = edition ?? {};
  const row = ledger
    .prepare(
      `SELECT MIN(moment) AS moment FROM (
        SELECT schedule, slot, COALESCE(next_attempt, created) AS moment FROM runs WHERE state IN ('due', 'held')
        UNION ALL
        SELECT d.schedule, d.slot, COALESCE(d.next_attempt, d.changed) AS moment
        FROM deliveries d JOIN runs r ON r.schedule = d.schedule AND r.slot = d.slot
        WHERE r.state = 'delivering' AND d.state IN ('pending', 'sending')
      ) WHERE ? IS NULL OR (schedule = ? AND slot = ?)`,
    )
    .get(schedule, schedule, slot);
  return typeof row?.moment === 'string' ? new Date(row.moment) : null;
}

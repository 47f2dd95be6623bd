import type { Warehouse } from '../warehouse/warehouse.js';

/** What the tracking data hold of one day. */
export interface TrackedDay {
  /** ISO. */
  day: string;
  rows: number;
  /** Revenue of the rows that name an influencer, minor units. */
  revenue: number;
}

/** The days with tracked rows, in order. */
export function trackedDays(warehouse: Warehouse): Promise<TrackedDay[]> {
  return warehouse.query(`-- tracked rows and revenue by day
  SELECT
    CAST(date AS VARCHAR) AS day,
    CAST(SUM(rows) AS BIGINT) AS rows,
    CAST(COALESCE(SUM(CASE WHEN influencer_id IS NOT NULL THEN revenue END), 0) AS BIGINT) AS revenue
  FROM tracking
  GROUP BY date
  ORDER BY day`);
}

/** Days from one ISO day to another. */
export function daysFrom(earlier: string, later: string): number {
  return Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000);
}

/** The middle of a list of numbers; 0 for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}

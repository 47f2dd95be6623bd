import type { Warehouse } from '../warehouse/warehouse.js';
import { addDays, mondaysBetween } from './calendar.js';
import type { Measures } from './facts.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import { noMeasures } from './no-measures.js';
import type { Scope } from './scope.js';
import { date } from './sql.js';

/** A Monday-to-Sunday week, money in minor units. */
export interface WeekFigures extends Measures, Ratios {
  /** Its Monday, ISO. */
  week: string;
  /** Whether the data or the filters cover only some of its days. */
  partial: boolean;
  /** ROAS of all weeks up to this one. */
  cumulative_roas: number | null;
}

const WEEK = "CAST(CAST(DATE_TRUNC('week', date) AS DATE) AS VARCHAR)";

/**
 * Every week from the first to the last day, also those in which nothing happened, and any week outside them that holds something;
 * none where nothing ever happened.
 */
export async function weekFigures(
  warehouse: Warehouse,
  { schema }: Scope,
  { from, to }: { from: string; to: string },
): Promise<WeekFigures[]> {
  const rows = await metricsBy<{ week: string }>(warehouse, {
    from: `${schema}.timeline`,
    dimensions: { week: WEEK },
    where: 'date IS NOT NULL',
  });
  if (rows.length === 0) return [];
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  let revenue = 0;
  let payout = 0;
  const mondays = new Set([...mondaysBetween(from, to), ...byWeek.keys()]);
  return [...mondays].sort().map((week) => {
    const row = byWeek.get(week) ?? noMeasures;
    revenue += row.revenue;
    payout += row.payout;
    return {
      ...row,
      week,
      partial: week < from || addDays(week, 6) > to,
      cumulative_roas: payout === 0 ? null : revenue / payout,
    };
  });
}

/** What one stretch of days brought; the days are inclusive. */
export async function periodFigures(
  warehouse: Warehouse,
  { schema }: Scope,
  { from, to }: { from: string; to: string },
): Promise<Measures & Ratios> {
  const [row] = await metricsBy(warehouse, {
    from: `${schema}.timeline`,
    where: `date >= ${date(from)} AND date <= ${date(to)}`,
  });
  return row ?? noMeasures;
}

import type { Warehouse } from '../warehouse/warehouse.js';
import type { Measures } from './facts.js';
import { cutsLedgerRows, influencerConditions } from './filters.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import type { Scope } from './scope.js';

/** The whole report in one row; money in minor units. */
export interface Totals extends Omit<Measures, 'payout'>, Ratios {
  /** Null where no payout was supplied for anyone in scope. */
  payout: number | null;
  organic_revenue: number;
  organic_orders: number;
  unattributed_payout: number | null;
  /** Unattributed payout of the influencers in scope that campaign, platform or date filters cut away; 0 where it may not be told. */
  unattributed_outside: number;
  /** ROAS of influencers with a payout above zero; equal to `roas` where all are. */
  costed_only_roas: number | null;
  /** Influencers with revenue and a payout that is zero or not supplied. */
  uncosted_influencers: number;
  influencers: number;
}

const COSTED = 'SELECT influencer_id FROM payout_totals GROUP BY influencer_id HAVING SUM(amount) > 0';

/** Sums and ratios over everything in scope. */
export async function totalFigures(warehouse: Warehouse, scope: Scope): Promise<Totals> {
  const from = `${scope.schema}.facts`;
  const [[total], [costed], [extra]] = await Promise.all([
    metricsBy(warehouse, { from }),
    metricsBy(warehouse, { from, where: `influencer_id IN (${COSTED})` }),
    warehouse.query<{
      organic_revenue: number;
      organic_orders: number;
      unattributed_payout: number;
      unattributed_all: number;
      payouts: number;
      influencers: number;
      uncosted_influencers: number;
    }>(extrasSql(scope)),
  ]);
  if (!total || !extra) throw new Error('A query for totals returned no row.');
  return {
    ...total,
    payout: extra.payouts === 0 ? null : total.payout,
    organic_revenue: extra.organic_revenue,
    organic_orders: extra.organic_orders,
    unattributed_payout: extra.payouts === 0 ? null : extra.unattributed_payout,
    unattributed_outside: scope.isolated ? 0 : extra.unattributed_all - extra.unattributed_payout,
    costed_only_roas: costed?.roas ?? null,
    uncosted_influencers: extra.uncosted_influencers,
    influencers: extra.influencers,
  };
}

function extrasSql({ schema, filters }: Scope): string {
  const conditions = influencerConditions(filters);
  const kept = conditions
    ? `influencer_id IN (SELECT influencer_id FROM influencers WHERE ${conditions})`
    : '1 = 1';
  return `-- what stands beside the totals: organic orders, Unattributed payout, who has a cost
  SELECT
    (SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT) FROM ${schema}.sales WHERE influencer_id IS NULL) AS organic_revenue,
    (SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT) FROM ${schema}.sales WHERE influencer_id IS NULL) AS organic_orders,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ${schema}.ledger WHERE campaign IS NULL) AS unattributed_payout,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger WHERE campaign IS NULL AND ${kept}) AS unattributed_all,
    (
      SELECT COUNT(*)
      FROM payout_totals
      WHERE ${cutsLedgerRows(filters) ? `influencer_id IN (SELECT influencer_id FROM ${schema}.facts)` : kept}
    ) AS payouts,
    (SELECT COUNT(DISTINCT influencer_id) FROM ${schema}.facts) AS influencers,
    (
      SELECT COUNT(DISTINCT influencer_id)
      FROM ${schema}.facts
      WHERE revenue <> 0 AND influencer_id NOT IN (${COSTED})
    ) AS uncosted_influencers`;
}

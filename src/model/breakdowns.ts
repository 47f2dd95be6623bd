import type { Warehouse } from '../warehouse/warehouse.js';
import type { Measures } from './facts.js';
import { tierSql } from './influencers.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import type { Scope } from './scope.js';
import type { TierLimits } from './settings.js';

/** One part of the whole, money in minor units; `part` is null where the data do not say. */
export interface PartFigures extends Measures, Ratios {
  part: string | null;
}

export type Breakdown = 'platform' | 'product' | 'category' | 'tier' | 'basis';

const profiled = (facts: string) => `(
      SELECT facts.*, influencers.category, influencers.follower_count
      FROM ${facts} AS facts
      LEFT JOIN influencers ON influencers.influencer_id = facts.influencer_id
    ) AS profiled`;

const paidBy = (facts: string) => `(
      SELECT facts.*, bases.basis
      FROM ${facts} AS facts
      LEFT JOIN (
        SELECT influencer_id, CASE WHEN COUNT(DISTINCT basis) > 1 THEN 'both' ELSE COALESCE(MIN(basis), 'not stated') END AS basis
        FROM payout_totals
        GROUP BY influencer_id
      ) AS bases ON bases.influencer_id = facts.influencer_id
    ) AS paid`;

/**
 * The whole taken apart by platform, product, category, follower tier or payout basis, by revenue. Payout has no product: by product only
 * revenue, orders and AOV mean something.
 */
export async function partsBy(
  warehouse: Warehouse,
  { schema }: Scope,
  breakdown: Breakdown,
  tiers: TierLimits,
): Promise<PartFigures[]> {
  const facts = `${schema}.facts`;
  const grouping = {
    platform: { from: facts, dimensions: { part: 'platform' } },
    product: {
      from: `${schema}.timeline`,
      dimensions: { part: 'product' },
      where: 'revenue <> 0 OR orders <> 0',
    },
    category: { from: profiled(facts), dimensions: { part: 'category' } },
    tier: { from: profiled(facts), dimensions: { part: tierSql(tiers) } },
    basis: { from: paidBy(facts), dimensions: { part: 'basis' } },
  }[breakdown];
  const rows = await metricsBy<{ part: string | null }>(warehouse, grouping);
  return rows.sort((a, b) => b.revenue - a.revenue);
}

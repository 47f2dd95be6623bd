import type { Warehouse } from '../warehouse/warehouse.js';
import type { Filters } from './filters.js';
import { tierSql } from './influencers.js';
import { type Measures, metricsBy, type Ratios } from './metrics-by.js';
import type { TierLimits } from './settings.js';

/** One part of the whole, money in minor units; `part` is null where the data do not say. */
export interface PartFigures extends Measures, Ratios {
  part: string | null;
}

export type Breakdown = 'platform' | 'product' | 'category' | 'tier' | 'basis';

const profiled = `(
      SELECT facts.*, influencers.category, influencers.follower_count
      FROM facts
      LEFT JOIN influencers ON influencers.influencer_id = facts.influencer_id
    ) AS profiled`;

const paidBy = `(
      SELECT facts.*, bases.basis
      FROM facts
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
  filters: Filters,
  breakdown: Breakdown,
  tiers: TierLimits,
): Promise<PartFigures[]> {
  const { part, from, where } = {
    platform: { part: 'platform', from: 'facts', where: undefined },
    product: { part: 'product', from: 'facts', where: 'revenue <> 0 OR orders <> 0' },
    category: { part: 'category', from: profiled, where: undefined },
    tier: { part: tierSql(tiers), from: profiled, where: undefined },
    basis: { part: 'basis', from: paidBy, where: undefined },
  }[breakdown];
  const rows = await metricsBy<{ part: string | null }>(warehouse, {
    filters,
    dimensions: { part },
    from,
    ...(where === undefined ? {} : { where }),
  });
  return rows.sort((a, b) => b.revenue - a.revenue);
}

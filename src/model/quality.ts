import type { Warehouse } from '../warehouse/warehouse.js';
import { date } from './sql.js';

/** What the quality checks count, over the whole input. Money in minor units. */
export interface QualityCounts {
  orders: number;
  posts: number;
  payout_rows: number;
  unknown_influencers: number;
  unknown_revenue: number;
  sales_without_payout: number;
  revenue_without_payout: number;
  idle_payouts: number;
  idle_amount: number;
  zero_payouts: number;
  blank_campaign_orders: number;
  future_rows: number;
  impossible_engagement: number;
  payout: number;
  unattributed: number;
}

/** Share of all payout, unfiltered, that no campaign carries; 0 where there is no payout. */
export function unattributedShare({
  payout,
  unattributed,
}: Pick<QualityCounts, 'payout' | 'unattributed'>): number {
  return payout > 0 ? unattributed / payout : 0;
}

/** Counts what a reader has to know before trusting the figures. */
export async function qualityCounts(warehouse: Warehouse, asOf: string): Promise<QualityCounts> {
  const [counts] = await warehouse.query<QualityCounts>(`-- counts for the quality checks
  WITH sellers AS (
    SELECT influencer_id, SUM(revenue) AS revenue
    FROM sales
    WHERE influencer_id IS NOT NULL
    GROUP BY influencer_id
  ),
  everyone AS (
    SELECT influencer_id FROM sellers
    UNION
    SELECT influencer_id FROM published
    UNION
    SELECT influencer_id FROM payout_totals
  ),
  unknown AS (
    SELECT influencer_id FROM everyone WHERE influencer_id NOT IN (SELECT influencer_id FROM influencers)
  ),
  unpaid AS (
    SELECT influencer_id, revenue
    FROM sellers
    WHERE revenue <> 0 AND influencer_id NOT IN (SELECT influencer_id FROM payout_totals)
  )
  SELECT
    (SELECT COUNT(*) FROM sales) AS orders,
    (SELECT COUNT(*) FROM published) AS posts,
    (SELECT COUNT(*) FROM payout_totals) AS payout_rows,
    (SELECT COUNT(*) FROM unknown) AS unknown_influencers,
    (
      SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT)
      FROM sellers
      WHERE influencer_id IN (SELECT influencer_id FROM unknown)
    ) AS unknown_revenue,
    (SELECT COUNT(*) FROM unpaid) AS sales_without_payout,
    (SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT) FROM unpaid) AS revenue_without_payout,
    (SELECT COUNT(DISTINCT influencer_id) FROM ledger WHERE rule = 'no_activity') AS idle_payouts,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger WHERE rule = 'no_activity') AS idle_amount,
    (SELECT COUNT(*) FROM payout_totals WHERE amount = 0) AS zero_payouts,
    (
      SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT)
      FROM sales
      WHERE influencer_id IS NOT NULL AND campaign IS NULL
    ) AS blank_campaign_orders,
    (
      SELECT COUNT(*)
      FROM (SELECT date FROM sales UNION ALL SELECT date FROM published) AS days
      WHERE date > ${date(asOf)}
    ) AS future_rows,
    (
      SELECT COUNT(*)
      FROM published
      WHERE reach > 0 AND COALESCE(likes, 0) + COALESCE(comments, 0) > reach
    ) AS impossible_engagement,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger) AS payout,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger WHERE campaign IS NULL) AS unattributed`);
  if (!counts) throw new Error('The query for the quality checks returned no row.');
  return counts;
}

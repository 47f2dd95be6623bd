import type { Warehouse } from '../warehouse/warehouse.js';

/** How much there is of each thing in the whole input, whatever the filters. Money in minor units. */
export interface Coverage {
  influencers: number;
  /** Influencers with a follower count, and with a category. */
  with_followers: number;
  with_category: number;
  posts: number;
  /** Posts with a reach above zero, and with likes or comments. */
  with_reach: number;
  with_engagement: number;
  /** Rows of the tracking data, those of organic orders included. */
  tracked_rows: number;
  orders: number;
  /** Revenue of the rows that name an influencer. */
  revenue: number;
  organic_rows: number;
  organic_revenue: number;
  /** Groups of rows that name a source, a post, a campaign, a product. */
  with_source: number;
  with_post: number;
  with_campaign: number;
  with_product: number;
  payout_rows: number;
  /** Payout rows with a rate, and with the orders they pay for. */
  with_rate: number;
  with_orders: number;
  payout: number;
  /** Payout that no campaign carries. */
  unattributed: number;
}

/** Share of all payout that no campaign carries; 0 where there is no payout. */
export function unattributedShare({
  payout,
  unattributed,
}: Pick<Coverage, 'payout' | 'unattributed'>): number {
  return payout > 0 ? unattributed / payout : 0;
}

/** Counts what the data can speak of. The warehouse holds the canonical tables and what `prepareModel` made of them. */
export async function dataCoverage(warehouse: Warehouse): Promise<Coverage> {
  const [counts] = await warehouse.query<Coverage>(`-- how much there is of each thing
  SELECT
    people.*,
    publishing.*,
    tracking_data.*,
    linked.*,
    paid.*,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger WHERE campaign IS NULL) AS unattributed
  FROM (
    SELECT COUNT(*) AS influencers, COUNT(follower_count) AS with_followers, COUNT(category) AS with_category
    FROM influencers
  ) AS people
  CROSS JOIN (
    SELECT
      COUNT(*) AS posts,
      COUNT(CASE WHEN reach > 0 THEN 1 END) AS with_reach,
      COUNT(COALESCE(likes, comments)) AS with_engagement
    FROM posts
  ) AS publishing
  CROSS JOIN (
    SELECT
      CAST(COALESCE(SUM(rows), 0) AS BIGINT) AS tracked_rows,
      CAST(COALESCE(SUM(CASE WHEN influencer_id IS NOT NULL THEN orders END), 0) AS BIGINT) AS orders,
      CAST(COALESCE(SUM(CASE WHEN influencer_id IS NOT NULL THEN revenue END), 0) AS BIGINT) AS revenue,
      CAST(COALESCE(SUM(CASE WHEN influencer_id IS NULL THEN rows END), 0) AS BIGINT) AS organic_rows,
      CAST(COALESCE(SUM(CASE WHEN influencer_id IS NULL THEN revenue END), 0) AS BIGINT) AS organic_revenue,
      CAST(COALESCE(SUM(with_source), 0) AS BIGINT) AS with_source,
      CAST(COALESCE(SUM(with_campaign), 0) AS BIGINT) AS with_campaign,
      CAST(COALESCE(SUM(with_product), 0) AS BIGINT) AS with_product
    FROM tracked
  ) AS tracking_data
  CROSS JOIN (
    SELECT COUNT(post_id) AS with_post FROM sales_by_source
  ) AS linked
  CROSS JOIN (
    SELECT
      COUNT(*) AS payout_rows,
      COUNT(rate) AS with_rate,
      COUNT(orders) AS with_orders,
      CAST(COALESCE(SUM(total_payout), 0) AS BIGINT) AS payout
    FROM payouts
  ) AS paid`);
  if (!counts) throw new Error('The query for the coverage of the data returned no row.');
  return counts;
}

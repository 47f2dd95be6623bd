import { apportion } from './apportion.js';

/**
 * SQL of the steps that come before the ledger, in order: `payout_totals` (what is paid, and what can place it), `post_shares`,
 * `post_campaigns`, `campaign_shares`, `order_outlets` and `order_cells`; they read `payouts`, `published`, `sales_by_source` and
 * `tracking`.
 */
export const payoutSteps: readonly string[] = [
  `-- one total for each influencer and basis, with the driver that can place it
  CREATE TABLE payout_totals AS
  SELECT
    totals.influencer_id,
    totals.basis,
    totals.amount,
    CASE
      WHEN tracked.orders > 0 AND (totals.basis = 'order' OR publishing.posts IS NULL) THEN 'order'
      WHEN publishing.posts > 0 THEN 'post'
      WHEN tracked.campaigns > 0 THEN 'campaigns'
      ELSE 'none'
    END AS driver
  FROM (
    SELECT influencer_id, basis, CAST(SUM(total_payout) AS BIGINT) AS amount
    FROM payouts
    GROUP BY influencer_id, basis
  ) AS totals
  LEFT JOIN (
    SELECT influencer_id, COUNT(*) AS posts FROM published GROUP BY influencer_id
  ) AS publishing ON publishing.influencer_id = totals.influencer_id
  LEFT JOIN (
    SELECT influencer_id, COUNT(campaign) AS campaigns, MAX(orders) AS orders
    FROM (
      SELECT influencer_id, campaign, SUM(orders) AS orders FROM sales_by_source GROUP BY influencer_id, campaign
    ) AS campaign_orders
    GROUP BY influencer_id
  ) AS tracked ON tracked.influencer_id = totals.influencer_id`,

  `-- driver post, step 1: equally over the influencer's posts
  CREATE TABLE post_shares AS
  WITH shares AS (
    SELECT
      payout_totals.influencer_id,
      payout_totals.basis,
      published.post_id,
      published.channel,
      published.platform,
      published.date,
      payout_totals.amount,
      CAST(1 AS BIGINT) AS weight
    FROM payout_totals
    JOIN published ON published.influencer_id = payout_totals.influencer_id
    WHERE payout_totals.driver = 'post'
  )
  ${apportion({
    from: 'shares',
    group: ['influencer_id', 'basis'],
    key: ['post_id'],
    carry: ['channel', 'platform', 'date'],
  })}`,

  `-- the campaigns that carry a post: those of its linked orders, else of the channel orders on its platform
  CREATE TABLE post_campaigns AS
  WITH linked AS (
    SELECT post_id, campaign, SUM(orders) AS orders
    FROM sales_by_source
    WHERE post_id IS NOT NULL
    GROUP BY post_id, campaign
  ),
  channel_orders AS (
    SELECT influencer_id, channel, campaign, SUM(orders) AS orders
    FROM sales_by_source
    WHERE channel IS NOT NULL AND influencer_id IS NOT NULL
    GROUP BY influencer_id, channel, campaign
  ),
  carriers AS (
    SELECT post_id, campaign, 'linked_post' AS rule, orders FROM linked
    UNION ALL
    SELECT published.post_id, channel_orders.campaign, 'channel' AS rule, channel_orders.orders
    FROM published
    JOIN channel_orders
      ON channel_orders.influencer_id = published.influencer_id
      AND channel_orders.channel = published.channel
    WHERE published.post_id NOT IN (SELECT post_id FROM linked)
  )
  SELECT
    post_id,
    campaign,
    rule,
    CAST(
      CASE
        WHEN MAX(orders) OVER (PARTITION BY post_id) <= 0 THEN 1
        WHEN orders > 0 THEN orders
        ELSE 0
      END
      AS BIGINT
    ) AS weight
  FROM carriers`,

  `-- driver order, step 1: over the influencer's campaigns by orders
  CREATE TABLE campaign_shares AS
  WITH shares AS (
    SELECT
      payout_totals.influencer_id,
      payout_totals.basis,
      campaign_orders.campaign,
      payout_totals.amount,
      CAST(CASE WHEN campaign_orders.orders > 0 THEN campaign_orders.orders ELSE 0 END AS BIGINT) AS weight
    FROM payout_totals
    JOIN (
      SELECT influencer_id, campaign, SUM(orders) AS orders FROM sales_by_source GROUP BY influencer_id, campaign
    ) AS campaign_orders ON campaign_orders.influencer_id = payout_totals.influencer_id
    WHERE payout_totals.driver = 'order'
  )
  SELECT ROW_NUMBER() OVER (ORDER BY influencer_id, basis, campaign) AS share, placed.*
  FROM (${apportion({ from: 'shares', group: ['influencer_id', 'basis'], key: ['campaign'] })}
  ) AS placed`,

  `-- driver order, step 2: the sources whose orders a campaign's share goes to, and the outlet (post and platform) of each
  CREATE TABLE order_outlets AS
  SELECT
    campaign_shares.share,
    campaign_shares.basis,
    campaign_shares.amount,
    DENSE_RANK() OVER (
      ORDER BY campaign_shares.share, sales_by_source.post_id, sales_by_source.platform
    ) AS outlet,
    sales_by_source.post_id,
    sales_by_source.platform,
    sales_by_source.influencer_id,
    sales_by_source.source,
    sales_by_source.campaign
  FROM campaign_shares
  JOIN sales_by_source
    ON sales_by_source.influencer_id = campaign_shares.influencer_id
    AND sales_by_source.campaign IS NOT DISTINCT FROM campaign_shares.campaign
  WHERE campaign_shares.amount <> 0`,

  `-- driver order, step 3: the orders of every outlet by day
  CREATE TABLE order_cells AS
  SELECT
    order_outlets.share,
    order_outlets.amount,
    order_outlets.outlet,
    tracking.date,
    CAST(SUM(tracking.orders) AS BIGINT) AS orders
  FROM order_outlets
  JOIN tracking
    ON tracking.influencer_id = order_outlets.influencer_id
    AND tracking.source IS NOT DISTINCT FROM order_outlets.source
    AND tracking.campaign IS NOT DISTINCT FROM order_outlets.campaign
  GROUP BY order_outlets.share, order_outlets.amount, order_outlets.outlet, tracking.date`,
];

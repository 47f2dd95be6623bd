import { apportion } from './apportion.js';
import { payoutSteps } from './payout-steps.js';

/** How a part of a payout found its place; the report says what share each rule placed. */
export const LEDGER_RULES = {
  linked_post: {
    name: 'Posts with linked orders',
    how: 'over the campaigns of the post’s linked orders, by orders',
  },
  channel: {
    name: 'Posts by channel orders',
    how: 'over the campaigns of the channel orders on the post’s platform, by orders',
  },
  unlinked_post: { name: 'Posts without linked orders', how: 'Unattributed: no order carries the post' },
  order: { name: 'Tracked orders', how: 'over campaigns, posts and days by orders' },
  equal_campaigns: {
    name: 'Campaigns equally',
    how: 'equally over the influencer’s campaigns: neither posts nor orders',
  },
  no_activity: { name: 'No activity', how: 'Unattributed: neither posts nor orders nor campaigns' },
} as const;

export type LedgerRule = keyof typeof LEDGER_RULES;

/**
 * SQL that builds the payout ledger, in order; it reads `payouts`, `published`, `sales_by_source` and `tracking`.
 *
 *     payout_totals ─┬─ driver post ──→ post_shares ──→ over campaigns ───────────────┐
 *                    ├─ driver order ─→ campaign_shares ─→ over (post, platform, day) ─┼─→ ledger
 *                    └─ no driver ────→ equally over campaigns, or Unattributed ───────┘
 *
 * `ledger(influencer_id, basis, driver, rule, post_id, campaign, platform, date, amount)`, amount in minor units. Every total is
 * placed exactly once, on unfiltered data; a NULL campaign is Unattributed.
 */
export const ledgerStatements: readonly string[] = [
  ...payoutSteps,

  `-- the ledger: every payout total, placed once
  CREATE TABLE ledger AS
  WITH post_parts AS (
    SELECT
      post_shares.influencer_id,
      post_shares.basis,
      COALESCE(post_campaigns.rule, 'unlinked_post') AS rule,
      post_shares.post_id,
      post_campaigns.campaign,
      post_shares.platform,
      post_shares.date,
      post_shares.amount,
      COALESCE(post_campaigns.weight, 1) AS weight
    FROM post_shares
    LEFT JOIN post_campaigns ON post_campaigns.post_id = post_shares.post_id
  ),
  order_parts AS (
    SELECT
      share,
      outlet,
      date,
      amount,
      CASE
        WHEN MAX(orders) OVER (PARTITION BY share) <= 0 THEN 1
        WHEN orders > 0 THEN orders
        ELSE 0
      END AS weight
    FROM order_cells
  ),
  equal_parts AS (
    SELECT
      payout_totals.influencer_id,
      payout_totals.basis,
      campaigns.campaign,
      platforms.platform,
      payout_totals.amount,
      CAST(1 AS BIGINT) AS weight
    FROM payout_totals
    JOIN (
      SELECT DISTINCT influencer_id, campaign FROM sales_by_source WHERE campaign IS NOT NULL
    ) AS campaigns ON campaigns.influencer_id = payout_totals.influencer_id
    LEFT JOIN influencers ON influencers.influencer_id = payout_totals.influencer_id
    LEFT JOIN platforms ON platforms.channel = LOWER(influencers.platform)
    WHERE payout_totals.driver = 'campaigns'
  ),
  placed AS (
    SELECT influencer_id, basis, 'post' AS driver, rule, post_id, campaign, platform, date, amount
    FROM (${apportion({
      from: 'post_parts',
      group: ['influencer_id', 'basis', 'post_id'],
      key: ['campaign'],
      carry: ['rule', 'platform', 'date'],
    })}
    ) AS post_amounts
    UNION ALL
    SELECT
      outlets.influencer_id,
      outlets.basis,
      'order' AS driver,
      'order' AS rule,
      outlets.post_id,
      outlets.campaign,
      outlets.platform,
      order_amounts.date,
      order_amounts.amount
    FROM (${apportion({ from: 'order_parts', group: ['share'], key: ['outlet', 'date'] })}
    ) AS order_amounts
    JOIN (
      SELECT DISTINCT outlet, influencer_id, basis, post_id, campaign, platform FROM order_outlets
    ) AS outlets ON outlets.outlet = order_amounts.outlet
    UNION ALL
    SELECT
      influencer_id,
      basis,
      'campaigns' AS driver,
      'equal_campaigns' AS rule,
      NULL AS post_id,
      campaign,
      platform,
      CAST(NULL AS DATE) AS date,
      amount
    FROM (${apportion({
      from: 'equal_parts',
      group: ['influencer_id', 'basis'],
      key: ['campaign'],
      carry: ['platform'],
    })}
    ) AS equal_amounts
    UNION ALL
    SELECT
      payout_totals.influencer_id,
      payout_totals.basis,
      'none' AS driver,
      'no_activity' AS rule,
      NULL AS post_id,
      NULL AS campaign,
      platforms.platform,
      CAST(NULL AS DATE) AS date,
      payout_totals.amount
    FROM payout_totals
    LEFT JOIN influencers ON influencers.influencer_id = payout_totals.influencer_id
    LEFT JOIN platforms ON platforms.channel = LOWER(influencers.platform)
    WHERE payout_totals.driver = 'none'
  )
  SELECT * FROM placed WHERE amount <> 0`,
];

import { date, lowerTexts } from './sql.js';

/** What the report is narrowed to. An empty list or null means: all. Texts match whatever their case. */
export interface Filters {
  campaigns: string[];
  categories: string[];
  platforms: string[];
  minFollowers: number | null;
  maxFollowers: number | null;
  /** First and last day, ISO, both inclusive. */
  from: string | null;
  to: string | null;
}

export const noFilters: Filters = {
  campaigns: [],
  categories: [],
  platforms: [],
  minFollowers: null,
  maxFollowers: null,
  from: null,
  to: null,
};

/** Whether the filters keep only some of an influencer's ledger rows, so that Unattributed payout can fall away. */
export function cutsLedgerRows(filters: Filters): boolean {
  return (
    filters.campaigns.length + filters.platforms.length > 0 || filters.from !== null || filters.to !== null
  );
}

export function isFiltered(filters: Filters): boolean {
  return (
    cutsLedgerRows(filters) ||
    filters.categories.length > 0 ||
    filters.minFollowers !== null ||
    filters.maxFollowers !== null
  );
}

/**
 * The common table expressions that every query of the report starts from: `scoped_sales`, `scoped_ledger`,
 * `scoped_posts`, and `facts`, their union. Each row of `facts` carries the measures of one source only, so grouping it by anything
 * can never count a payout twice. Category and follower filters keep whole influencers; campaign, platform and date
 * filters keep rows of the finished ledger, which is never allocated anew.
 */
export function scope(filters: Filters): string {
  return `WITH scoped_sales AS (
    SELECT * FROM sales WHERE ${conditions(filters, 'campaign')}
  ),
  scoped_ledger AS (
    SELECT * FROM ledger WHERE ${conditions(filters, 'campaign')}
  ),
  scoped_posts AS (
    SELECT * FROM published WHERE ${conditions(filters, 'post')}
  ),
  facts AS (
    SELECT
      influencer_id, post_id, campaign, platform, product, date, revenue, orders,
      CAST(0 AS BIGINT) AS payout, CAST(0 AS BIGINT) AS posts, CAST(0 AS BIGINT) AS reach, CAST(0 AS BIGINT) AS engagement, CAST(0 AS BIGINT) AS interactions
    FROM scoped_sales
    WHERE influencer_id IS NOT NULL
    UNION ALL
    SELECT influencer_id, post_id, campaign, platform, NULL AS product, date, 0, 0, amount, 0, 0, 0, 0
    FROM scoped_ledger
    UNION ALL
    SELECT
      influencer_id, post_id, NULL AS campaign, platform, NULL AS product, date, 0, 0, 0, 1,
      CASE WHEN reach > 0 THEN reach ELSE 0 END,
      CASE WHEN reach > 0 THEN COALESCE(likes, 0) + COALESCE(comments, 0) ELSE 0 END,
      COALESCE(likes, 0) + COALESCE(comments, 0)
    FROM scoped_posts
  )`;
}

function conditions(filters: Filters, kind: 'campaign' | 'post'): string {
  const influencers = influencerConditions(filters);
  const parts = [
    filters.campaigns.length > 0 && campaignCondition(filters.campaigns, kind),
    filters.platforms.length > 0 && `LOWER(platform) IN (${lowerTexts(filters.platforms)})`,
    filters.from !== null && `date >= ${date(filters.from)}`,
    filters.to !== null && `date <= ${date(filters.to)}`,
    influencers && `influencer_id IN (SELECT influencer_id FROM influencers WHERE ${influencers})`,
  ].filter((part) => part !== false && part !== '');
  return parts.length > 0 ? parts.join(' AND ') : '1 = 1';
}

function campaignCondition(campaigns: string[], kind: 'campaign' | 'post'): string {
  const named = `LOWER(campaign) IN (${lowerTexts(campaigns)})`;
  return kind === 'campaign'
    ? named
    : `post_id IN (
        SELECT post_id FROM sales WHERE ${named} AND post_id IS NOT NULL
        UNION
        SELECT post_id FROM ledger WHERE ${named} AND post_id IS NOT NULL
      )`;
}

/** The condition on the table `influencers` that the filters mean; empty when they do not speak of influencers. */
export function influencerConditions(filters: Filters): string {
  return [
    filters.categories.length > 0 && `LOWER(category) IN (${lowerTexts(filters.categories)})`,
    filters.minFollowers !== null && `follower_count >= ${filters.minFollowers}`,
    filters.maxFollowers !== null && `follower_count <= ${filters.maxFollowers}`,
  ]
    .filter((part) => part !== false)
    .join(' AND ');
}

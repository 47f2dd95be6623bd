import type { Warehouse } from '../warehouse/warehouse.js';
import { noFilters, rowConditions } from './filters.js';
import type { Scope } from './scope.js';

/** A post with the revenue of the orders linked to it; money in minor units. */
export interface PostFigures {
  post_id: string;
  influencer_id: string;
  name: string | null;
  platform: string | null;
  date: string;
  caption: string | null;
  revenue: number;
  likes: number | null;
  comments: number | null;
  reach: number | null;
  engagement_rate: number | null;
}

export type PostRanking = 'revenue' | 'likes' | 'engagement_rate';

/**
 * The first posts by revenue, by likes or by engagement rate; what has none of it is left out.
 *
 * Payout for posts without an order is placed by platform, so that such a post can stand for several campaigns; an isolated report lists
 * it only where all of these are its own.
 *
 * @param minReach - posts below this reach are not ranked by engagement rate
 */
export function topPosts(
  warehouse: Warehouse,
  scope: Scope,
  ranking: PostRanking,
  { limit, minReach }: { limit: number; minReach: number },
): Promise<PostFigures[]> {
  const ranked = {
    revenue: 'revenue > 0',
    likes: 'likes > 0',
    engagement_rate: `engagement_rate IS NOT NULL AND reach >= ${minReach}`,
  }[ranking];
  const { schema } = scope;
  return warehouse.query(`-- top posts by ${ranking}
  SELECT *
  FROM (
    SELECT
      posts.post_id,
      posts.influencer_id,
      influencers.name,
      posts.platform,
      CAST(posts.date AS VARCHAR) AS date,
      posts.caption,
      posts.revenue,
      posts.likes,
      posts.comments,
      posts.reach,
      CASE
        WHEN posts.reach > 0
        THEN CAST(COALESCE(posts.likes, 0) + COALESCE(posts.comments, 0) AS DOUBLE PRECISION) / posts.reach
      END AS engagement_rate
    FROM ${schema}.posts AS posts
    LEFT JOIN influencers ON influencers.influencer_id = posts.influencer_id
  ) AS post_figures
  WHERE ${ranked} ${scope.isolated ? `AND ${ownPosts(scope)}` : ''}
  ORDER BY ${ranking} DESC, post_id
  LIMIT ${limit}`);
}

function ownPosts({ schema, filters }: Scope): string {
  const ofCampaigns = rowConditions({ ...noFilters, campaigns: filters.campaigns });
  return `(
    post_id IN (SELECT post_id FROM ${schema}.sales WHERE post_id IS NOT NULL)
    OR post_id NOT IN (SELECT post_id FROM ledger WHERE post_id IS NOT NULL AND NOT (${ofCampaigns}))
  )`;
}

import type { Warehouse } from '../warehouse/warehouse.js';
import { type Filters, scope } from './filters.js';

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
 * @param minReach - posts below this reach are not ranked by engagement rate
 */
export function topPosts(
  warehouse: Warehouse,
  filters: Filters,
  ranking: PostRanking,
  { limit, minReach }: { limit: number; minReach: number },
): Promise<PostFigures[]> {
  const ranked = {
    revenue: 'revenue > 0',
    likes: 'likes > 0',
    engagement_rate: `engagement_rate IS NOT NULL AND reach >= ${minReach}`,
  }[ranking];
  return warehouse.query(`-- top posts by ${ranking}
  ${scope(filters)},
  linked AS (
    SELECT post_id, CAST(SUM(revenue) AS BIGINT) AS revenue
    FROM scoped_sales
    WHERE post_id IS NOT NULL
    GROUP BY post_id
  ),
  post_figures AS (
    SELECT
      scoped_posts.post_id,
      scoped_posts.influencer_id,
      influencers.name,
      scoped_posts.platform,
      CAST(scoped_posts.date AS VARCHAR) AS date,
      scoped_posts.caption,
      COALESCE(linked.revenue, 0) AS revenue,
      scoped_posts.likes,
      scoped_posts.comments,
      scoped_posts.reach,
      CASE
        WHEN scoped_posts.reach > 0
        THEN CAST(COALESCE(scoped_posts.likes, 0) + COALESCE(scoped_posts.comments, 0) AS DOUBLE PRECISION)
          / scoped_posts.reach
      END AS engagement_rate
    FROM scoped_posts
    LEFT JOIN linked ON linked.post_id = scoped_posts.post_id
    LEFT JOIN influencers ON influencers.influencer_id = scoped_posts.influencer_id
  )
  SELECT *
  FROM post_figures
  WHERE ${ranked}
  ORDER BY ${ranking} DESC, post_id
  LIMIT ${limit}`);
}

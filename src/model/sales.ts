/**
 * SQL that prepares the canonical tables for the figures, in order:
 * `platforms` (one spelling a platform), `published` (posts with their platform) and `sales`
 * (tracked orders by influencer, linked post, campaign, platform, product and day; revenue in minor units).
 *
 * A tracking row is linked when its source is a post_id of the same influencer. Otherwise it is a channel row, and
 * `channel` holds the platform that its source names, if any. Organic rows keep a NULL influencer.
 */
export const salesStatements: readonly string[] = [
  `-- one spelling for each platform, whatever case it is written in
  CREATE TABLE platforms AS
  SELECT LOWER(platform) AS channel, MIN(platform) AS platform
  FROM (SELECT platform FROM posts UNION SELECT platform FROM influencers) AS spellings
  WHERE platform IS NOT NULL
  GROUP BY LOWER(platform)`,

  `-- posts with the platform they ran on: their own, else their influencer's
  CREATE TABLE published AS
  SELECT
    posts.post_id,
    posts.influencer_id,
    platforms.channel,
    platforms.platform,
    posts.date,
    posts.url,
    posts.caption,
    posts.reach,
    posts.likes,
    posts.comments
  FROM posts
  LEFT JOIN influencers ON influencers.influencer_id = posts.influencer_id
  LEFT JOIN platforms ON platforms.channel = LOWER(COALESCE(posts.platform, influencers.platform))`,

  `-- tracked orders at the finest grain that any figure needs
  CREATE TABLE sales AS
  SELECT
    tracked.influencer_id,
    published.post_id,
    tracked.campaign,
    CASE WHEN published.post_id IS NULL THEN named.channel END AS channel,
    COALESCE(published.platform, named.platform, profile.platform) AS platform,
    tracked.product,
    tracked.date,
    tracked.orders,
    tracked.revenue
  FROM (
    SELECT
      influencer_id,
      source,
      campaign,
      product,
      date,
      CAST(SUM(orders) AS BIGINT) AS orders,
      CAST(SUM(revenue) AS BIGINT) AS revenue
    FROM tracking
    GROUP BY influencer_id, source, campaign, product, date
  ) AS tracked
  LEFT JOIN published
    ON published.post_id = tracked.source
    AND published.influencer_id = tracked.influencer_id
  LEFT JOIN platforms AS named ON named.channel = LOWER(tracked.source)
  LEFT JOIN influencers ON influencers.influencer_id = tracked.influencer_id
  LEFT JOIN platforms AS profile ON profile.channel = LOWER(influencers.platform)`,
];

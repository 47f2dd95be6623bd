/**
 * SQL that prepares the canonical tables for the figures, in order: `platforms` (one spelling a platform), `published` (posts with
 * their platform), and tracked orders with post, channel and platform, revenue in minor units. These exist twice:
 * `sales_by_source` sums them over days and products, which is all that most figures need and far fewer rows; `sales` is
 * a view of every day and product, for what depends on these.
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

  `-- orders of the whole period by influencer, source and campaign, with what the source leads to
  CREATE TABLE sales_by_source AS
  SELECT
    tracked.influencer_id,
    tracked.source,
    published.post_id,
    tracked.campaign,
    CASE WHEN published.post_id IS NULL THEN named.channel END AS channel,
    COALESCE(published.platform, named.platform, profile.platform) AS platform,
    tracked.orders,
    tracked.revenue
  FROM (
    SELECT
      influencer_id,
      source,
      campaign,
      CAST(SUM(orders) AS BIGINT) AS orders,
      CAST(SUM(revenue) AS BIGINT) AS revenue
    FROM tracking
    GROUP BY influencer_id, source, campaign
  ) AS tracked
  LEFT JOIN published
    ON published.post_id = tracked.source
    AND published.influencer_id = tracked.influencer_id
  LEFT JOIN platforms AS named ON named.channel = LOWER(tracked.source)
  LEFT JOIN influencers ON influencers.influencer_id = tracked.influencer_id
  LEFT JOIN platforms AS profile ON profile.channel = LOWER(influencers.platform)`,

  `-- what each source of an influencer leads to
  CREATE TABLE sources AS
  SELECT DISTINCT influencer_id, source, post_id, channel, platform FROM sales_by_source`,

  `-- orders at the finest grain: also by product and day
  CREATE VIEW sales AS
  SELECT
    tracking.influencer_id,
    sources.post_id,
    tracking.campaign,
    sources.channel,
    sources.platform,
    tracking.product,
    tracking.date,
    tracking.orders,
    tracking.revenue
  FROM tracking
  JOIN sources
    ON sources.influencer_id IS NOT DISTINCT FROM tracking.influencer_id
    AND sources.source IS NOT DISTINCT FROM tracking.source`,
];

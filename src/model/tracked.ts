/**
 * SQL that sums `tracking` up by influencer, once for all who ask for no more: `tracked`, a row for each influencer and one with
 * a NULL influencer for the organic orders. Its `with_` columns count rows of `tracking` that name a source, a campaign, a product.
 */
export const trackedStatements: readonly string[] = [
  `-- what was tracked of each influencer
  CREATE TABLE tracked AS
  SELECT
    influencer_id,
    CAST(SUM(rows) AS BIGINT) AS rows,
    CAST(SUM(orders) AS BIGINT) AS orders,
    CAST(SUM(revenue) AS BIGINT) AS revenue,
    MIN(date) AS first_day,
    COUNT(source) AS with_source,
    COUNT(campaign) AS with_campaign,
    COUNT(product) AS with_product
  FROM tracking
  GROUP BY influencer_id`,
];

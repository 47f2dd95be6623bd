import type { Warehouse } from '../warehouse/warehouse.js';
import { glossary } from './glossary.js';
import type { Scope } from './scope.js';
import type { FigureSettings } from './settings.js';

/** Every campaign of the whole input with its sums and its ROAS. */
const CAMPAIGNS = `(
    SELECT campaign, revenue, payout, ${glossary.roas.sql} AS roas
    FROM (
      SELECT campaign, CAST(SUM(revenue) AS BIGINT) AS revenue, CAST(SUM(payout) AS BIGINT) AS payout
      FROM (
        SELECT campaign, revenue, 0 AS payout FROM sales_by_source WHERE influencer_id IS NOT NULL
        UNION ALL
        SELECT campaign, 0, amount FROM ledger
      ) AS carried
      WHERE campaign IS NOT NULL
      GROUP BY campaign
    ) AS sums
  ) AS campaigns`;

/**
 * The ROAS that campaigns and influencers are compared with, always over all campaigns and unfiltered, Unattributed left out:
 * the mean of the campaigns' ROAS, the pooled ratio, or the fixed number of the configuration. Null where no campaign has
 * a defined ROAS. The mean is summed in a fixed order, so that it is the same to the last bit on every run.
 */
export async function baselineRoas(
  warehouse: Warehouse,
  { baseline }: Pick<FigureSettings, 'baseline'>,
): Promise<number | null> {
  if (typeof baseline === 'number') return baseline;
  const [row] = await warehouse.query<{ mean: number | null; pooled: number | null }>(
    `-- baseline ROAS, both ways
  SELECT
    AVG(roas ORDER BY campaign) AS mean,
    CAST(SUM(CASE WHEN roas IS NOT NULL THEN revenue END) AS DOUBLE PRECISION)
      / NULLIF(SUM(CASE WHEN roas IS NOT NULL THEN payout END), 0) AS pooled
  FROM ${CAMPAIGNS}`,
  );
  return row?.[baseline] ?? null;
}

/** How many campaigns of the baseline are not shown by a report, or only in part. */
export async function hiddenInBaseline(warehouse: Warehouse, { schema }: Scope): Promise<number> {
  const [row] = await warehouse.query<{ hidden: number }>(
    `-- campaigns of the baseline that the report does not hold whole
  SELECT COUNT(*) AS hidden
  FROM ${CAMPAIGNS}
  LEFT JOIN (
    SELECT campaign, SUM(revenue) AS revenue, SUM(payout) AS payout
    FROM ${schema}.facts
    GROUP BY campaign
  ) AS shown
    ON shown.campaign = campaigns.campaign
    AND shown.revenue = campaigns.revenue
    AND shown.payout = campaigns.payout
  WHERE campaigns.roas IS NOT NULL AND shown.campaign IS NULL`,
  );
  return row?.hidden ?? 0;
}

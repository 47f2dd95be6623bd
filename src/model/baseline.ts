import type { Warehouse } from '../warehouse/warehouse.js';
import { noFilters } from './filters.js';
import { metricsSql } from './metrics-by.js';
import type { FigureSettings } from './settings.js';

/**
 * The ROAS that campaigns and influencers are compared with, always over all campaigns and unfiltered, Unattributed left out:
 * the mean of the campaigns' ROAS, the pooled ratio, or the fixed number of the configuration. Null where no campaign has
 * a defined ROAS.
 */
export async function baselineRoas(
  warehouse: Warehouse,
  { baseline }: Pick<FigureSettings, 'baseline'>,
): Promise<number | null> {
  if (typeof baseline === 'number') return baseline;
  const [row] = await warehouse.query<{ mean: number | null; pooled: number | null }>(baselineSql());
  return row?.[baseline] ?? null;
}

/** The SQL of the baseline; the mean is summed in a fixed order, so that it is the same to the last bit on every run. */
export function baselineSql(): string {
  const campaigns = metricsSql({
    filters: noFilters,
    dimensions: { campaign: 'campaign' },
    where: 'campaign IS NOT NULL',
  });
  return `-- baseline ROAS, both ways
  SELECT
    AVG(roas ORDER BY campaign) AS mean,
    CAST(SUM(CASE WHEN roas IS NOT NULL THEN revenue END) AS DOUBLE PRECISION)
      / NULLIF(SUM(CASE WHEN roas IS NOT NULL THEN payout END), 0) AS pooled
  FROM (
    ${campaigns}
  ) AS campaigns`;
}

import type { Warehouse } from '../warehouse/warehouse.js';
import type { Measures } from './facts.js';
import { rowConditions } from './filters.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import type { Scope } from './scope.js';

/** A campaign's figures, money in minor units. The Unattributed row has `campaign: null`. */
export interface CampaignFigures extends Measures, Ratios {
  campaign: string | null;
  /** Distinct influencers with an order or a payout in it. */
  influencers: number;
  iroas: number | null;
  /** Also null where the payout that it rests on may not be told: a campaign filter leaves Unattributed out. */
  loaded_roas: number | null;
}

/**
 * All campaigns in scope, by revenue, then Unattributed (orders without a campaign, payout that no campaign carries) where there is any.
 *
 * @param baseline - the ROAS that iROAS is measured against
 */
export async function campaignFigures(
  warehouse: Warehouse,
  scope: Scope,
  baseline: number | null,
): Promise<CampaignFigures[]> {
  const [rows, extras] = await Promise.all([
    metricsBy<{ campaign: string | null }>(warehouse, {
      from: `${scope.schema}.facts`,
      dimensions: { campaign: 'campaign' },
      where: 'revenue <> 0 OR orders <> 0 OR payout <> 0 OR campaign IS NOT NULL',
    }),
    warehouse.query<{ campaign: string | null; influencers: number; unattributed: number }>(extrasSql(scope)),
  ]);
  const loadIsHidden = scope.isolated && scope.filters.campaigns.length > 0;
  const extraOf = new Map(extras.map((extra) => [extra.campaign, extra]));
  const figures = rows.map((row) => {
    const loaded = row.payout + (extraOf.get(row.campaign)?.unattributed ?? 0);
    return {
      ...row,
      influencers: extraOf.get(row.campaign)?.influencers ?? 0,
      iroas: row.campaign === null || row.roas === null || baseline === null ? null : row.roas - baseline,
      loaded_roas: row.campaign === null || loaded === 0 || loadIsHidden ? null : row.revenue / loaded,
    };
  });
  return figures.sort(
    (a, b) => Number(a.campaign === null) - Number(b.campaign === null) || b.revenue - a.revenue,
  );
}

/**
 * Influencers of each campaign, and its share of Unattributed payout (an unrounded double, in minor units). A campaign filter does not
 * narrow it: a campaign's share is the same whether the report shows the others or not.
 */
function extrasSql({ schema, filters }: Scope): string {
  return `-- influencers and share of Unattributed by campaign
  WITH by_influencer AS (
    SELECT influencer_id, campaign, SUM(amount) AS payout
    FROM ledger
    WHERE ${rowConditions({ ...filters, campaigns: [] })}
    GROUP BY influencer_id, campaign
  ),
  spread AS (
    SELECT
      influencer_id,
      SUM(CASE WHEN campaign IS NULL THEN payout ELSE 0 END) AS unattributed,
      SUM(CASE WHEN campaign IS NOT NULL THEN payout ELSE 0 END) AS attributed
    FROM by_influencer
    GROUP BY influencer_id
  ),
  homeless AS (
    SELECT
      SUM(CASE WHEN attributed = 0 THEN unattributed ELSE 0 END) AS unattributed,
      SUM(attributed) AS attributed
    FROM spread
  ),
  shares AS (
    SELECT
      by_influencer.campaign,
      SUM(
        CAST(spread.unattributed AS DOUBLE PRECISION) * by_influencer.payout / spread.attributed
        ORDER BY by_influencer.influencer_id
      ) AS own
    FROM by_influencer
    JOIN spread ON spread.influencer_id = by_influencer.influencer_id
    WHERE by_influencer.campaign IS NOT NULL AND spread.attributed <> 0
    GROUP BY by_influencer.campaign
  ),
  campaigns AS (
    SELECT campaign, COUNT(DISTINCT influencer_id) AS influencers, SUM(payout) AS payout
    FROM ${schema}.facts
    WHERE campaign IS NOT NULL OR revenue <> 0 OR orders <> 0 OR payout <> 0
    GROUP BY campaign
  )
  SELECT
    campaigns.campaign,
    campaigns.influencers,
    COALESCE(shares.own, 0)
      + COALESCE(CAST(homeless.unattributed AS DOUBLE PRECISION) * campaigns.payout / NULLIF(homeless.attributed, 0), 0)
      AS unattributed
  FROM campaigns
  CROSS JOIN homeless
  LEFT JOIN shares ON shares.campaign = campaigns.campaign
  ORDER BY campaigns.campaign`;
}

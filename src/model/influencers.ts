import type { Warehouse } from '../warehouse/warehouse.js';
import type { Measures } from './facts.js';
import { cutsLedgerRows, influencerConditions } from './filters.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import { noMeasures } from './no-measures.js';
import type { Scope } from './scope.js';
import type { TierLimits } from './settings.js';

/** An influencer's figures, money in minor units. */
export interface InfluencerFigures extends Omit<Measures, 'payout'>, Ratios {
  influencer_id: string;
  name: string | null;
  category: string | null;
  platform: string | null;
  followers: number | null;
  tier: string | null;
  /** post, order or both; null where none is stated. */
  basis: string | null;
  /** Null where no payout row was supplied. */
  payout: number | null;
  iroas: number | null;
}

interface Profile {
  influencer_id: string;
  name: string | null;
  category: string | null;
  platform: string | null;
  followers: number | null;
  payout_rows: number | null;
  basis: string | null;
}

/**
 * Every influencer in scope, by revenue: all who have a profile that the filters keep, and all who only appear in orders, posts or
 * payouts. Filters that cut rows keep only those with something left.
 */
export async function influencerFigures(
  warehouse: Warehouse,
  scope: Scope,
  tiers: TierLimits,
  baseline: number | null,
): Promise<InfluencerFigures[]> {
  const [rows, profiles] = await Promise.all([
    metricsBy<{ influencer_id: string }>(warehouse, {
      from: `${scope.schema}.facts`,
      dimensions: { influencer_id: 'influencer_id' },
    }),
    warehouse.query<Profile>(profilesSql(scope)),
  ]);
  const measured = new Map(rows.map((row) => [row.influencer_id, row]));
  const figures = profiles
    .filter((profile) => measured.has(profile.influencer_id) || !cutsLedgerRows(scope.filters))
    .map(({ payout_rows, ...profile }) => {
      const row = measured.get(profile.influencer_id) ?? noMeasures;
      return {
        ...row,
        ...profile,
        tier: tierOf(profile.followers, tiers),
        payout: payout_rows === null ? null : row.payout,
        iroas: row.roas === null || baseline === null ? null : row.roas - baseline,
      };
    });
  return figures.sort((a, b) => b.revenue - a.revenue || (a.influencer_id < b.influencer_id ? -1 : 1));
}

/** The follower tier by the limits of the configuration; null where the followers are unknown. */
export function tierOf(followers: number | null, tiers: TierLimits): string | null {
  if (followers === null) return null;
  return (['nano', 'micro', 'mid', 'macro'] as const).find((tier) => followers < tiers[tier]) ?? 'mega';
}

/** `tierOf` as SQL over `follower_count`. */
export function tierSql(tiers: TierLimits): string {
  const limits = (['nano', 'micro', 'mid', 'macro'] as const).map(
    (tier) => `WHEN follower_count < ${tiers[tier]} THEN '${tier}'`,
  );
  return `CASE WHEN follower_count IS NULL THEN NULL ${limits.join(' ')} ELSE 'mega' END`;
}

function profilesSql({ schema, filters }: Scope): string {
  const conditions = influencerConditions(filters);
  return `-- who the influencers are, and whether a payout was supplied
  WITH everyone AS (
    SELECT influencer_id FROM influencers ${conditions ? `WHERE ${conditions}` : ''}
    UNION
    SELECT influencer_id FROM ${schema}.facts
    ${conditions ? '' : 'UNION SELECT influencer_id FROM payout_totals'}
  ),
  supplied AS (
    SELECT
      influencer_id,
      COUNT(*) AS payout_rows,
      CASE WHEN COUNT(DISTINCT basis) > 1 THEN 'both' ELSE MIN(basis) END AS basis
    FROM payout_totals
    GROUP BY influencer_id
  )
  SELECT
    everyone.influencer_id,
    influencers.name,
    influencers.category,
    platforms.platform,
    influencers.follower_count AS followers,
    supplied.payout_rows,
    supplied.basis
  FROM everyone
  LEFT JOIN influencers ON influencers.influencer_id = everyone.influencer_id
  LEFT JOIN platforms ON platforms.channel = LOWER(influencers.platform)
  LEFT JOIN supplied ON supplied.influencer_id = everyone.influencer_id
  ORDER BY everyone.influencer_id`;
}

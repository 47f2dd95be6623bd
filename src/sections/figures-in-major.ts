import type { CampaignFigures } from '../model/campaigns.js';
import type { InfluencerFigures } from '../model/influencers.js';
import type { SectionContext } from './section.js';

export const UNATTRIBUTED = 'Unattributed';

/** The campaigns of the report with money in major units; the last may be Unattributed. */
export async function campaignsInMajor({
  figures,
  major,
}: SectionContext): Promise<(CampaignFigures & { name: string })[]> {
  return (await figures.campaigns()).map((row) => ({
    ...row,
    name: row.campaign ?? UNATTRIBUTED,
    revenue: major(row.revenue),
    payout: major(row.payout),
  }));
}

/** The influencers of the report with money in major units; `name` falls back to the id. */
export async function influencersInMajor({
  figures,
  major,
}: SectionContext): Promise<(InfluencerFigures & { name: string })[]> {
  return (await figures.influencers()).map((row) => ({
    ...row,
    name: row.name ?? row.influencer_id,
    revenue: major(row.revenue),
    payout: major(row.payout),
    cpa: major(row.cpa),
    aov: major(row.aov),
  }));
}

/** Descending by a figure, undefined last, then by name. */
export function byFigure<Key extends string, Row extends Record<Key, number | null> & { name: string }>(
  key: Key,
) {
  return (a: Row, b: Row): number =>
    Number(a[key] === null) - Number(b[key] === null) ||
    (b[key] ?? 0) - (a[key] ?? 0) ||
    (a.name < b.name ? -1 : 1);
}

import type { CampaignFigures } from '../model/campaigns.js';
import { glossary, type Metric } from '../model/glossary.js';
import type { InfluencerFigures } from '../model/influencers.js';
import { UNATTRIBUTED } from '../report/unattributed.js';
import type { SectionContext } from './section.js';

/** What campaigns are ranked by, as it stands within a title. */
export const RANKING_NAMES = { roas: 'ROAS', loaded_roas: 'loaded ROAS' } as const;

const moneyIds = Object.values<Metric>(glossary)
  .filter(({ unit }) => unit === 'money' || unit === 'price')
  .map(({ id }) => id);

/** A row of figures with everything that is money in major units. */
export function inMajor<Row extends object>(row: Row, major: SectionContext['major']): Row {
  const converted = { ...row } as Record<string, unknown>;
  for (const id of moneyIds) {
    const money = converted[id];
    if (typeof money === 'number') converted[id] = major(money);
  }
  return converted as Row;
}

/** The campaigns of the report with money in major units; the last may be Unattributed. */
export async function campaignsInMajor({
  figures,
  major,
}: SectionContext): Promise<(CampaignFigures & { name: string })[]> {
  return (await figures.campaigns()).map((row) => ({
    ...inMajor(row, major),
    name: row.campaign ?? UNATTRIBUTED,
  }));
}

/** The influencers of the report with money in major units; `name` falls back to the id. */
export async function influencersInMajor({
  figures,
  major,
}: SectionContext): Promise<(InfluencerFigures & { name: string })[]> {
  return (await figures.influencers()).map((row) => ({
    ...inMajor(row, major),
    name: row.name ?? row.influencer_id,
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

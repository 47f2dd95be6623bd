import type { Comparison } from '../report/comparison-schema.js';
import type { Row } from '../report/schema.js';
import { difference, type Edition, exactly, figureOf, rowsOf, textOf } from './figures.js';

type CampaignMove = Comparison['moved']['campaigns'][number];
type Side = NonNullable<CampaignMove['now']>;

/** The last row of the campaigns, for what has none; it has no rank. */
const UNATTRIBUTED = 'Unattributed';

/**
 * The campaigns, Unattributed among them, whose revenue or ROAS differs between two editions, those that are new and those that are gone, the largest move of
 * revenue first, then of ROAS; none where an edition lacks its campaigns.
 *
 * @param digits - decimals of the currency
 */
export function movedCampaigns(before: Edition, now: Edition, digits: number): CampaignMove[] {
  const earlier = campaignsOf(before);
  const later = campaignsOf(now);
  if (earlier === null || later === null) return [];
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .map((name) => moveOf(name, earlier.get(name) ?? null, later.get(name) ?? null, digits))
    .filter(({ state, revenueChange, before, now }) => {
      return state !== 'moved' || revenueChange !== 0 || before?.roas !== now?.roas;
    })
    .sort(byMove);
}

function moveOf(campaign: string, before: Side | null, now: Side | null, digits: number): CampaignMove {
  return {
    campaign,
    state: before === null ? 'new' : now === null ? 'gone' : 'moved',
    before,
    now,
    revenueChange: exactly((now?.revenue ?? 0) - (before?.revenue ?? 0), digits),
    roasChange: difference(before?.roas ?? null, now?.roas ?? null),
  };
}

function campaignsOf(edition: Edition): Map<string, Side> | null {
  const rows = rowsOf(edition, 'campaign-deep-dive', 'campaigns');
  if (rows === null) return null;
  const last = rows.at(-1);
  const rankOf = ranking(rows.filter((row) => row !== last || row.campaign !== UNATTRIBUTED));
  return new Map(
    rows.map((row) => [
      textOf(row, 'campaign'),
      {
        revenue: figureOf(row, 'revenue') ?? 0,
        roas: figureOf(row, 'roas'),
        rank: rankOf.get(row) ?? null,
      },
    ]),
  );
}

/** Places by ROAS, the highest first; the same ROAS has the same place. */
function ranking(rows: readonly Row[]): Map<Row, number> {
  const ranked = rows
    .flatMap((row) => {
      const roas = figureOf(row, 'roas');
      return roas === null ? [] : [{ row, roas }];
    })
    .sort((a, b) => b.roas - a.roas);
  const places = new Map<number, number>();
  ranked.forEach(({ roas }, index) => {
    if (!places.has(roas)) places.set(roas, index + 1);
  });
  return new Map(ranked.map(({ row, roas }) => [row, places.get(roas) ?? 0]));
}

function byMove(a: CampaignMove, b: CampaignMove): number {
  return (
    Math.abs(b.revenueChange) - Math.abs(a.revenueChange) ||
    Math.abs(b.roasChange ?? 0) - Math.abs(a.roasChange ?? 0) ||
    (a.campaign < b.campaign ? -1 : 1)
  );
}

import type { Comparison } from '../report/comparison-schema.js';
import type { Row } from '../report/schema.js';
import { UNATTRIBUTED } from '../report/unattributed.js';
import { difference, type Edition, exactly, figureOf, rowsOf, textOf } from './figures.js';

type CampaignMove = NonNullable<Comparison['moved']['campaigns']>[number];
type Side = NonNullable<CampaignMove['now']>;

/** The campaigns of an edition by name; under null what has no campaign. */
type Campaigns = Map<string | null, Side>;

/**
 * The campaigns, Unattributed among them, whose revenue or ROAS differs between two editions, those that are new and those that are gone,
 * the largest move of revenue first, then of ROAS; null where an edition lacks its campaigns.
 *
 * @param digits - decimals of the currency
 */
export function movedCampaigns(before: Edition, now: Edition, digits: number): CampaignMove[] | null {
  const earlier = campaignsOf(before);
  const later = campaignsOf(now);
  if (earlier === null || later === null) return null;
  return [...new Set([...earlier.keys(), ...later.keys()])]
    .sort(byName)
    .map((name) => moveOf(name, earlier.get(name) ?? null, later.get(name) ?? null, digits))
    .filter(({ state, revenueChange, before, now }) => {
      return state !== 'moved' || revenueChange !== 0 || before?.roas !== now?.roas;
    })
    .sort(byMove);
}

function moveOf(name: string | null, before: Side | null, now: Side | null, digits: number): CampaignMove {
  return {
    campaign: name ?? UNATTRIBUTED,
    state: before === null ? 'new' : now === null ? 'gone' : 'moved',
    before,
    now,
    revenueChange: exactly((now?.revenue ?? 0) - (before?.revenue ?? 0), digits),
    roasChange: difference(before?.roas ?? null, now?.roas ?? null),
  };
}

function campaignsOf(edition: Edition): Campaigns | null {
  const rows = rowsOf(edition, 'campaign-deep-dive', 'campaigns');
  if (rows === null) return null;
  const residual = residualOf(rows, edition);
  return new Map(
    rows.map((row) => [
      row === residual ? null : textOf(row, 'campaign'),
      { revenue: figureOf(row, 'revenue') ?? 0, roas: figureOf(row, 'roas') },
    ]),
  );
}

/**
 * The row of what has no campaign. It comes last, and has no figures that need a campaign; a report that is narrowed to campaigns does not
 * have it.
 */
function residualOf(rows: readonly Row[], { meta }: Edition): Row | undefined {
  const last = rows.at(-1);
  if (last?.campaign !== UNATTRIBUTED || meta.filters.campaigns.length > 0) return undefined;
  return figureOf(last, 'iroas') === null && figureOf(last, 'loaded_roas') === null ? last : undefined;
}

function byName(a: string | null, b: string | null): number {
  return Number(a === null) - Number(b === null) || ((a ?? '') < (b ?? '') ? -1 : 1);
}

function byMove(a: CampaignMove, b: CampaignMove): number {
  return (
    Math.abs(b.revenueChange) - Math.abs(a.revenueChange) ||
    Math.abs(b.roasChange ?? 0) - Math.abs(a.roasChange ?? 0)
  );
}

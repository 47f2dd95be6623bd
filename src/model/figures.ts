import type { Warehouse } from '../warehouse/warehouse.js';
import { hiddenInBaseline } from './baseline.js';
import { type Breakdown, type PartFigures, partsBy } from './breakdowns.js';
import { addDays, reportWeek } from './calendar.js';
import { campaignFigures } from './campaigns.js';
import { reportControls } from './controls.js';
import { unattributedShare } from './coverage.js';
import type { Measures } from './facts.js';
import { influencerFigures } from './influencers.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import type { Segment } from './movement.js';
import { once, onceEach } from './once.js';
import { payoutByRule, payoutFigures } from './payouts.js';
import { type PostRanking, topPosts } from './posts.js';
import { closeScope, openScope, type Scope } from './scope.js';
import type { FigureSettings } from './settings.js';
import { date } from './sql.js';
import { totalFigures } from './totals.js';
import { periodFigures, weekFigures } from './weeks.js';
import { type WholeFigures, wholeFigures } from './whole.js';

/**
 * The days that the report covers, inclusive, none after the day of the report where there are earlier ones, and the whole week it speaks of
 * (its Monday), null where there is none.
 */
export interface Period {
  from: string;
  to: string;
  week: string | null;
}

/** The report's week beside what came before it; null where the data do not reach back that far. */
export interface WeekComparison {
  current: Measures & Ratios;
  previous: (Measures & Ratios) | null;
  /** The four weeks before the current one together; null where the data do not hold all four. */
  fourWeeks: (Measures & Ratios) | null;
}

const TOP_POSTS = 10;
/** With fewer campaigns that a report does not show, their mean gives them away. */
const FEWEST_HIDDEN = 3;

/**
 * Every figure that sections ask for. Each is computed at most once a report, when first asked for, so that two sections
 * that show the same figure show the same number. All money is in minor units.
 */
export type Figures = ReturnType<typeof createFigures>;

/**
 * @param warehouse - holds the canonical tables and, from `prepareModel`, `sales` and `ledger`
 * @param whole - the figures of the whole input, where several reports share them
 */
export function createFigures(
  warehouse: Warehouse,
  settings: FigureSettings,
  whole: WholeFigures = wholeFigures(warehouse, settings),
) {
  const { tiers, minReach } = settings;

  let opened: Promise<Scope> | undefined;
  const scope = () => {
    opened ??= openScope(warehouse, settings);
    return opened;
  };
  const { coverage } = whole;
  const period = once(async () => periodOf(await whole.days(), settings));
  const baseline = once(async () => {
    const tells = settings.isolated && typeof settings.baseline !== 'number';
    if (tells && (await hiddenInBaseline(warehouse, await scope())) < FEWEST_HIDDEN) return null;
    return whole.baseline();
  });
  const totals = once(async () => totalFigures(warehouse, await scope()));
  const campaigns = once(async () => campaignFigures(warehouse, await scope(), await baseline()));
  const influencers = once(async () => influencerFigures(warehouse, await scope(), tiers, await baseline()));
  const payouts = once(async () => payoutFigures(warehouse, await scope()));
  const rules = once(async () => payoutByRule(warehouse, await scope()));
  const weeks = once(async () => {
    const days = await period();
    return days === null ? [] : weekFigures(warehouse, await scope(), days);
  });
  const comparison = once(async () =>
    (await weeks()).length === 0 ? null : compareWeeks(warehouse, await scope(), await period()),
  );
  const controls = once(async () => {
    const [ofInput, ...parts] = await Promise.all([
      whole.controls(),
      totals(),
      campaigns(),
      weeks(),
      scope().then((opened) => undatedPayout(warehouse, opened)),
    ]);
    return [...ofInput, ...reportControls(...parts)];
  });

  return {
    settings,
    period,
    baseline,
    totals,
    campaigns,
    influencers,
    payouts,
    rules,
    weeks,
    comparison,
    controls,
    coverage,
    /**
     * What campaigns are ranked by: loaded ROAS where too much payout is Unattributed for the direct one to be fair. That is judged by all
     * payout, or by what an isolated report may tell of it.
     */
    campaignRanking: async (): Promise<'roas' | 'loaded_roas'> => {
      const { payout, unattributed_payout: unattributed } = await totals();
      const share = settings.isolated
        ? unattributedShare({ payout: payout ?? 0, unattributed: unattributed ?? 0 })
        : unattributedShare(await coverage());
      return share > settings.unattributedAmber ? 'loaded_roas' : 'roas';
    },
    parts: onceEach(
      async (breakdown: Breakdown): Promise<PartFigures[]> =>
        partsBy(warehouse, await scope(), breakdown, tiers),
    ),
    topPosts: onceEach(async (ranking: PostRanking) =>
      topPosts(warehouse, await scope(), ranking, { limit: TOP_POSTS, minReach }),
    ),
    /** Revenue and payout by campaign in the report's week and the one before; empty where there is no comparison. */
    segments: once(async () => campaignSegments(warehouse, await scope(), await period())),
    /** Frees what the figures are computed from; call it when all that are wanted are there. */
    close: async () => {
      if (opened) await closeScope(warehouse, await opened);
    },
  };
}

function periodOf(
  days: { first: string; last: string } | null,
  { filters, asOf }: FigureSettings,
): Period | null {
  if (days === null) return null;
  const { first, last } = days;
  const end = last > asOf && first <= asOf ? asOf : last;
  const from = filters.from !== null && filters.from > first ? filters.from : first;
  const to = filters.to !== null && filters.to < end ? filters.to : end;
  return from > to ? null : { from, to, week: reportWeek(asOf, from, to) };
}

async function compareWeeks(
  warehouse: Warehouse,
  scope: Scope,
  period: Period | null,
): Promise<WeekComparison | null> {
  if (period?.week == null) return null;
  const { week, from } = period;
  const stretch = (weeksBack: number, weeks: number) => {
    const first = addDays(week, -7 * weeksBack);
    return first < from
      ? null
      : periodFigures(warehouse, scope, { from: first, to: addDays(first, 7 * weeks - 1) });
  };
  const [current, previous, fourWeeks] = await Promise.all([stretch(0, 1), stretch(1, 1), stretch(4, 4)]);
  return current && { current, previous, fourWeeks };
}

async function campaignSegments(
  warehouse: Warehouse,
  scope: Scope,
  period: Period | null,
): Promise<Segment[]> {
  if (period?.week == null || addDays(period.week, -7) < period.from) return [];
  const before = addDays(period.week, -7);
  const rows = await metricsBy<{ campaign: string | null; recent: number }>(warehouse, {
    from: `${scope.schema}.timeline`,
    dimensions: { campaign: 'campaign', recent: `CASE WHEN date >= ${date(period.week)} THEN 1 ELSE 0 END` },
    where: `date >= ${date(before)} AND date <= ${date(addDays(before, 13))} AND (revenue <> 0 OR payout <> 0)`,
  });
  const segments = new Map<string | null, Segment>();
  for (const { campaign, recent, revenue, payout } of rows) {
    const segment = segments.get(campaign) ?? {
      segment: campaign,
      before: { revenue: 0, payout: 0 },
      after: { revenue: 0, payout: 0 },
    };
    segment[recent === 1 ? 'after' : 'before'] = { revenue, payout };
    segments.set(campaign, segment);
  }
  return [...segments.values()];
}

async function undatedPayout(warehouse: Warehouse, { schema }: Scope): Promise<number> {
  const [row] = await warehouse.query<{ amount: number }>(`-- payout in scope that has no day
  SELECT CAST(COALESCE(SUM(payout), 0) AS BIGINT) AS amount FROM ${schema}.timeline WHERE date IS NULL`);
  return row?.amount ?? 0;
}

import type { Warehouse } from '../warehouse/warehouse.js';
import { baselineRoas } from './baseline.js';
import { type Breakdown, type PartFigures, partsBy } from './breakdowns.js';
import { addDays, reportWeek } from './calendar.js';
import { campaignFigures } from './campaigns.js';
import { inputControls, reportControls } from './controls.js';
import { dataCoverage, unattributedShare } from './coverage.js';
import type { Measures } from './facts.js';
import { influencerFigures } from './influencers.js';
import { metricsBy, type Ratios } from './metrics-by.js';
import type { Segment } from './movement.js';
import { payoutByRule, payoutFigures } from './payouts.js';
import { type PostRanking, topPosts } from './posts.js';
import { closeScope, openScope, type Scope } from './scope.js';
import type { FigureSettings } from './settings.js';
import { date } from './sql.js';
import { totalFigures } from './totals.js';
import { periodFigures, weekFigures } from './weeks.js';

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

/**
 * Every figure that sections ask for. Each is computed at most once a report, when first asked for, so that two sections
 * that show the same figure show the same number. All money is in minor units.
 */
export type Figures = ReturnType<typeof createFigures>;

/** @param warehouse - holds the canonical tables and, from `prepareModel`, `sales` and `ledger` */
export function createFigures(warehouse: Warehouse, settings: FigureSettings) {
  const { tiers, minReach } = settings;

  let opened: Promise<Scope> | undefined;
  const scope = () => {
    opened ??= openScope(warehouse, settings.filters);
    return opened;
  };
  const period = once(() => periodOf(warehouse, settings));
  const baseline = once(() => baselineRoas(warehouse, settings));
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
  const coverage = once(() => dataCoverage(warehouse));
  const controls = once(async () => [
    ...(await inputControls(warehouse)),
    ...reportControls(
      await totals(),
      await campaigns(),
      await weeks(),
      await undatedPayout(warehouse, await scope()),
    ),
  ]);

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
    /** What campaigns are ranked by: loaded ROAS where too much payout is Unattributed for the direct one to be fair. */
    campaignRanking: async (): Promise<'roas' | 'loaded_roas'> =>
      unattributedShare(await coverage()) > settings.unattributedAmber ? 'loaded_roas' : 'roas',
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

async function periodOf(warehouse: Warehouse, { filters, asOf }: FigureSettings): Promise<Period | null> {
  const [days] = await warehouse.query<{
    first_day: string | null;
    last_day: string | null;
  }>(`-- first and last day of the data
  SELECT CAST(MIN(date) AS VARCHAR) AS first_day, CAST(MAX(date) AS VARCHAR) AS last_day
  FROM (SELECT date FROM tracking UNION ALL SELECT date FROM published) AS days`);
  if (!days?.first_day || !days.last_day) return null;
  const { first_day, last_day } = days;
  const end = last_day > asOf && first_day <= asOf ? asOf : last_day;
  const from = filters.from !== null && filters.from > first_day ? filters.from : first_day;
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

function once<Value>(compute: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}

function onceEach<Key, Value>(compute: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const values = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = values.get(key) ?? compute(key);
    values.set(key, value);
    return value;
  };
}

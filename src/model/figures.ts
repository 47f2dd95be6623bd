import type { Warehouse } from '../warehouse/warehouse.js';
import { baselineRoas } from './baseline.js';
import { type Breakdown, type PartFigures, partsBy } from './breakdowns.js';
import { addDays, reportWeek } from './calendar.js';
import { campaignFigures } from './campaigns.js';
import { inputControls, reportControls } from './controls.js';
import { type Filters, scope } from './filters.js';
import { influencerFigures } from './influencers.js';
import { type Measures, metricsBy, type Ratios } from './metrics-by.js';
import type { Segment } from './movement.js';
import { payoutByRule, payoutFigures } from './payouts.js';
import { type PostRanking, topPosts } from './posts.js';
import { qualityCounts, unattributedShare } from './quality.js';
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
  const { filters, tiers, minReach } = settings;

  const period = once(() => periodOf(warehouse, settings));
  const baseline = once(() => baselineRoas(warehouse, settings));
  const totals = once(() => totalFigures(warehouse, filters));
  const campaigns = once(async () => campaignFigures(warehouse, filters, await baseline()));
  const influencers = once(async () => influencerFigures(warehouse, filters, tiers, await baseline()));
  const payouts = once(() => payoutFigures(warehouse, filters));
  const rules = once(() => payoutByRule(warehouse, filters));
  const weeks = once(async () => {
    const days = await period();
    return days === null ? [] : weekFigures(warehouse, filters, days);
  });
  const comparison = once(async () =>
    (await weeks()).length === 0 ? null : compareWeeks(warehouse, filters, await period()),
  );
  const quality = once(() => qualityCounts(warehouse, settings.asOf));
  const controls = once(async () => [
    ...(await inputControls(warehouse)),
    ...reportControls(
      await totals(),
      await campaigns(),
      await weeks(),
      await undatedPayout(warehouse, filters),
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
    quality,
    /** What campaigns are ranked by: loaded ROAS where too much payout is Unattributed for the direct one to be fair. */
    campaignRanking: async (): Promise<'roas' | 'loaded_roas'> =>
      unattributedShare(await quality()) > settings.unattributedAmber ? 'loaded_roas' : 'roas',
    parts: onceEach(
      (breakdown: Breakdown): Promise<PartFigures[]> => partsBy(warehouse, filters, breakdown, tiers),
    ),
    topPosts: onceEach((ranking: PostRanking) =>
      topPosts(warehouse, filters, ranking, { limit: TOP_POSTS, minReach }),
    ),
    /** Revenue and payout by campaign in the report's week and the one before; empty where there is no comparison. */
    segments: once(async () => campaignSegments(warehouse, filters, await period())),
  };
}

async function periodOf(warehouse: Warehouse, { filters, asOf }: FigureSettings): Promise<Period | null> {
  const [days] = await warehouse.query<{
    first_day: string | null;
    last_day: string | null;
  }>(`-- first and last day of the data
  SELECT CAST(MIN(date) AS VARCHAR) AS first_day, CAST(MAX(date) AS VARCHAR) AS last_day
  FROM (SELECT date FROM sales UNION ALL SELECT date FROM published) AS days`);
  if (!days?.first_day || !days.last_day) return null;
  const { first_day, last_day } = days;
  const end = last_day > asOf && first_day <= asOf ? asOf : last_day;
  const from = filters.from !== null && filters.from > first_day ? filters.from : first_day;
  const to = filters.to !== null && filters.to < end ? filters.to : end;
  return from > to ? null : { from, to, week: reportWeek(asOf, from, to) };
}

async function compareWeeks(
  warehouse: Warehouse,
  filters: Filters,
  period: Period | null,
): Promise<WeekComparison | null> {
  if (period?.week == null) return null;
  const { week, from } = period;
  const stretch = (weeksBack: number, weeks: number) => {
    const first = addDays(week, -7 * weeksBack);
    return first < from
      ? null
      : periodFigures(warehouse, filters, { from: first, to: addDays(first, 7 * weeks - 1) });
  };
  const [current, previous, fourWeeks] = await Promise.all([stretch(0, 1), stretch(1, 1), stretch(4, 4)]);
  return current && { current, previous, fourWeeks };
}

async function campaignSegments(
  warehouse: Warehouse,
  filters: Filters,
  period: Period | null,
): Promise<Segment[]> {
  if (period?.week == null || addDays(period.week, -7) < period.from) return [];
  const before = addDays(period.week, -7);
  const rows = await metricsBy<{ campaign: string | null; recent: number }>(warehouse, {
    filters,
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

async function undatedPayout(warehouse: Warehouse, filters: Filters): Promise<number> {
  const [row] = await warehouse.query<{ amount: number }>(`-- payout in scope that has no day
  ${scope(filters)}
  SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM scoped_ledger WHERE date IS NULL`);
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

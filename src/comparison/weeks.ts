import type { Comparison } from '../report/comparison-schema.js';
import type { Row } from '../report/schema.js';
import { type Edition, exactly, figureOf, rowsOf, textOf } from './figures.js';

type Restatement = NonNullable<Comparison['restated']>[number];
type Reallocation = Comparison['reallocated'];

/** A past week as each of two editions has it; null where it does not. */
interface PastWeek {
  week: string;
  before: Row | null;
  now: Row | null;
}

const PARTIAL = 'partial';
const DAY = 86_400_000;

/**
 * The weeks that were whole in the earlier edition, and those that it does not have though they ended within the days it covers; the newest
 * first. Weeks before the first day of the later edition are left out: its data begin later, as those of a moving window do. Null where an
 * edition lacks its weeks.
 */
export function pastWeeks(before: Edition, now: Edition): PastWeek[] | null {
  const earlier = weeksOf(before);
  const later = weeksOf(now);
  if (earlier === null || later === null) return null;
  const end = before.meta.period.to;
  const start = now.meta.period.from ?? '';
  const whole = [...earlier]
    .filter(([week, row]) => row.coverage !== PARTIAL && week >= start)
    .map(([week]) => week);
  const added = [...later.keys()].filter(
    (week) => !earlier.has(week) && end !== null && sundayOf(week) <= end,
  );
  return [...whole, ...added]
    .sort()
    .reverse()
    .map((week) => ({ week, before: earlier.get(week) ?? null, now: later.get(week) ?? null }));
}

/** Whether two editions count other orders or posts, over which every payout is allocated. */
export function haveOtherCounts(before: Edition, now: Edition): boolean {
  const totalOf = (edition: Edition, figure: string) =>
    [...(weeksOf(edition)?.values() ?? [])].reduce((total, row) => total + (figureOf(row, figure) ?? 0), 0);
  return ['orders', 'posts'].some((figure) => totalOf(before, figure) !== totalOf(now, figure));
}

/**
 * The figures of past weeks that differ, week by week. A week that one edition does not have counts with all that the other says of it.
 *
 * @param anew - whether payout was allocated anew, so that a week's payout moves without being restated
 * @param digits - decimals of the currency
 */
export function restatements(weeks: readonly PastWeek[], anew: boolean, digits: number): Restatement[] {
  const figures = anew
    ? (['revenue', 'orders', 'posts'] as const)
    : (['revenue', 'orders', 'posts', 'payout'] as const);
  return weeks.flatMap(({ week, before, now }) =>
    figures.flatMap((figure) => {
      const was = before && figureOf(before, figure);
      const is = now && figureOf(now, figure);
      const change = exactly((is ?? 0) - (was ?? 0), digits);
      return change === 0 ? [] : [{ week, figure, before: was, now: is, change }];
    }),
  );
}

/**
 * How much payout came to past weeks and left them, of weeks that both editions have; null where none did.
 *
 * @param digits - decimals of the currency
 */
export function reallocation(weeks: readonly PastWeek[], digits: number): Reallocation {
  const changes = weeks.flatMap(({ before, now }) => {
    const was = before && figureOf(before, 'payout');
    const is = now && figureOf(now, 'payout');
    const change = was === null || is === null ? 0 : exactly(is - was, digits);
    return change === 0 ? [] : [change];
  });
  if (changes.length === 0) return null;
  const sum = (some: readonly number[]) =>
    exactly(
      some.reduce((total, change) => total + change, 0),
      digits,
    );
  return {
    weeks: changes.length,
    added: sum(changes.filter((change) => change > 0)),
    removed: sum(changes.filter((change) => change < 0).map((change) => -change)),
  };
}

function weeksOf(edition: Edition): Map<string, Row> | null {
  const rows = rowsOf(edition, 'trend', 'weeks');
  return rows && new Map(rows.map((row) => [textOf(row, 'week'), row]));
}

function sundayOf(monday: string): string {
  return new Date(Date.parse(`${monday}T00:00:00Z`) + 6 * DAY).toISOString().slice(0, 10);
}

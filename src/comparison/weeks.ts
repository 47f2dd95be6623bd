import type { Comparison } from '../report/comparison-schema.js';
import type { Row } from '../report/schema.js';
import { type Edition, exactly, figureOf, rowsOf, textOf } from './figures.js';

type Restatement = NonNullable<Comparison['restated']>[number];
type Reallocation = Comparison['reallocated'];
type Figure = (typeof FIGURES)[number];

/** A past week as each of two editions has it; null where it does not. */
interface PastWeek {
  week: string;
  before: Row | null;
  now: Row | null;
  /** What is compared of it. */
  figures: readonly Figure[];
}

const FIGURES = ['revenue', 'orders', 'posts', 'payout'] as const;
const PARTIAL = 'partial';
const DAY = 86_400_000;

/**
 * The weeks that were whole in the earlier edition, and those that it does not have though they ended within the days it covers; the newest
 * first. Where the orders or the posts of the later edition begin later, as those of a moving window do, their figures of weeks before are
 * not compared. Null where an edition lacks its weeks.
 */
export function pastWeeks(before: Edition, now: Edition): PastWeek[] | null {
  const earlier = weeksOf(before);
  const later = weeksOf(now);
  if (earlier === null || later === null) return null;
  const end = before.meta.period.to;
  const hasOrders = reach(earlier, later, ['orders', 'revenue']);
  const hasPosts = reach(earlier, later, ['posts']);
  const whole = [...earlier].filter(([, row]) => row.coverage !== PARTIAL).map(([week]) => week);
  const added = [...later.keys()].filter(
    (week) => !earlier.has(week) && end !== null && sundayOf(week) <= end,
  );
  return [...whole, ...added]
    .sort()
    .reverse()
    .map((week) => ({
      week,
      before: earlier.get(week) ?? null,
      now: later.get(week) ?? null,
      figures: FIGURES.filter((figure) => (figure === 'posts' ? hasPosts(week) : hasOrders(week))),
    }));
}

/**
 * Whether the later of two editions reaches back into all days of a week for what these figures count. Where it begins after the earlier
 * one, its own first week may be cut.
 */
function reach(
  earlier: ReadonlyMap<string, Row>,
  later: ReadonlyMap<string, Row>,
  figures: readonly Figure[],
): (week: string) => boolean {
  const firstOf = (weeks: ReadonlyMap<string, Row>) =>
    [...weeks]
      .filter(([, row]) => figures.some((figure) => (figureOf(row, figure) ?? 0) !== 0))
      .map(([week]) => week)
      .sort()
      .at(0);
  const [was, is] = [firstOf(earlier), firstOf(later)];
  const begins = was !== undefined && is !== undefined && was < is ? is : null;
  return (week) => begins === null || week > begins;
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
  return weeks.flatMap(({ week, before, now, figures }) =>
    figures.flatMap((figure) => {
      if (anew && figure === 'payout') return [];
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
  const compared = weeks.filter(({ figures }) => figures.includes('payout'));
  const changes = compared.flatMap(({ before, now }) => {
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

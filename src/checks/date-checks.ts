import { addDays, reportWeek } from '../model/calendar.js';
import { date } from '../model/sql.js';
import { casesSql } from './cases.js';
import { type CheckDefinition, type Facts, type Found, shareOf, type Words } from './check.js';
import { daysFrom, median, type TrackedDay } from './days.js';

/** Days without a sale that count as a gap at the least, and how much longer than the usual distance of two sales it has to be. */
const GAP_DAYS = 7;
const GAP_FACTOR = 3;
/** Whole weeks that the last one is compared with, at most and at least, and how many rows a week make it worth while. */
const WEEKS = 8;
const FEWEST_WEEKS = 4;
const FEWEST_ROWS = 20;
/** How far beyond the lowest or the highest of these weeks is far. */
const FAR = 2;

/** Checks of when things happened. */
export const dateChecks: readonly CheckDefinition[] = [
  {
    id: 'stale-data',
    title: 'Data that end early',
    severity: 'warning',
    fix: 'Add the latest export, or give the day the data speak of with --as-of.',
    find: ({ days, asOf, freshnessDays }, words) => {
      const last = daysUntil(days, asOf).at(-1)?.day;
      if (last === undefined) return null;
      const age = daysFrom(last, asOf);
      if (age <= freshnessDays) return null;
      return {
        count: 1,
        share: 1,
        clause: `The last sale is of ${words.date(last)}, ${words.plural(age, 'day')} before the report`,
        more: `stale after ${words.plural(freshnessDays, 'day')}`,
        examples: [],
      };
    },
  },
  {
    id: 'future-date',
    title: 'Dates after the day of the report',
    severity: 'warning',
    fix: 'Correct the dates, or give a later day with --as-of.',
    cases: (asOf) => `${casesSql(
      { subject: "'tracking_data'", day: 'date', entries: 'entries', money: 'money' },
      `(
          SELECT date, SUM(rows) AS entries, SUM(revenue) AS money
          FROM tracking
          WHERE date > ${date(asOf)}
          GROUP BY date
        ) AS later`,
    )}
    UNION ALL
    ${casesSql(
      { subject: "'posts'", day: 'date', entries: 'entries' },
      `(SELECT date, COUNT(*) AS entries FROM posts WHERE date > ${date(asOf)} GROUP BY date) AS later_posts`,
    )}`,
    describe: ({ entries, money, first }, { coverage }, words) => ({
      share: shareOf(entries, coverage.tracked_rows + coverage.posts),
      clause: `${words.plural(entries, 'entry', 'entries')} ${entries === 1 ? 'is' : 'are'} dated after the day of the report`,
      more: `they are counted, with ${words.money(money)} of revenue`,
      examples: first.map(
        (found) =>
          `${found.subject}, ${words.date(found.day ?? '')}: ${words.plural(found.entries, 'row')}${found.money === null ? '' : `, ${words.exactMoney(found.money)}`}`,
      ),
    }),
  },
  {
    id: 'date-gap',
    title: 'Days without a sale',
    severity: 'warning',
    fix: 'Check whether the export of these days is missing, or whether a date has a wrong year.',
    find: ({ days, asOf }, words) => gapsFound(daysUntil(days, asOf), words),
  },
  {
    id: 'revenue-outlier',
    title: 'Revenue far from the weeks before',
    severity: 'warning',
    fix: 'Check whether the week is complete, and whether amounts are in another unit or currency.',
    find: (facts, words) => outlierFound(facts, words, 'revenue'),
  },
  {
    id: 'rows-outlier',
    title: 'Tracked rows far from the weeks before',
    severity: 'warning',
    fix: 'Check whether an export of the week is missing or was added twice.',
    find: (facts, words) => outlierFound(facts, words, 'rows'),
  },
];

function daysUntil(days: readonly TrackedDay[], asOf: string): readonly TrackedDay[] {
  return days.filter(({ day }) => day <= asOf);
}

function gapsFound(days: readonly TrackedDay[], words: Words): Found | null {
  const steps = days.slice(1).map(({ day }, index) => {
    const before = days[index]?.day ?? day;
    return { from: addDays(before, 1), to: addDays(day, -1), days: daysFrom(before, day) };
  });
  const usual = median(steps.map((step) => step.days));
  const gaps = steps
    .filter((step) => step.days > Math.max(GAP_DAYS, GAP_FACTOR * usual))
    .sort((a, b) => b.days - a.days);
  const [longest] = gaps;
  if (!longest) return null;
  const missing = gaps.reduce((sum, gap) => sum + gap.days - 1, 0);
  const others = gaps.length - 1;
  const rhythm =
    usual === 1 ? 'otherwise every day has one' : `otherwise there is one every ${words.count(usual)} days`;
  return {
    count: gaps.length,
    share: shareOf(
      missing,
      steps.reduce((sum, step) => sum + step.days, 0),
    ),
    clause: `There is no sale on ${words.range(longest.from, longest.to)} (${words.plural(longest.days - 1, 'day')})${others === 0 ? '' : `, nor in ${words.plural(others, 'other gap')}`}`,
    more: rhythm,
    examples: gaps
      .slice(0, 3)
      .map((gap) => `${words.range(gap.from, gap.to)}: ${words.plural(gap.days - 1, 'day')}`),
  };
}

function outlierFound({ days, asOf }: Facts, words: Words, figure: 'revenue' | 'rows'): Found | null {
  const [first] = days;
  const last = daysUntil(days, asOf).at(-1);
  const week = first && last ? reportWeek(asOf, first.day, last.day) : null;
  if (!first || week === null) return null;
  const sumOf = (key: 'revenue' | 'rows', monday: string) => {
    const sunday = addDays(monday, 6);
    return days.reduce((sum, row) => (row.day >= monday && row.day <= sunday ? sum + row[key] : sum), 0);
  };
  const before = Array.from({ length: WEEKS }, (_, index) => addDays(week, -7 * (index + 1))).filter(
    (monday) => monday >= first.day,
  );
  if (before.length < FEWEST_WEEKS || median(before.map((monday) => sumOf('rows', monday))) < FEWEST_ROWS)
    return null;
  const sums = before.map((monday) => sumOf(figure, monday));
  const [low, high] = [Math.min(...sums), Math.max(...sums)];
  const current = sumOf(figure, week);
  if (low <= 0 || (current >= low / FAR && current <= high * FAR)) return null;
  const written = figure === 'revenue' ? words.money : words.count;
  return {
    count: 1,
    share: shareOf(Math.abs(current - median(sums)), Math.max(Math.abs(current), median(sums))),
    clause: `${figure === 'revenue' ? 'Revenue' : 'The number of tracked rows'} of ${words.range(week, addDays(week, 6))} is ${written(current)}, ${current < low ? 'less than half of' : 'more than double'} any of the ${before.length} weeks before`,
    more: `they range from ${written(low)} to ${written(high)}`,
    examples: [],
  };
}

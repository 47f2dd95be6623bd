import type { Format } from '../format/format.js';
import type { Report, Row } from '../report/schema.js';
import type { ChartWeek } from './chart-spec.js';

/** What is said of a chart. */
export interface ChartWords {
  title: string;
  /** How to read it, in one sentence. */
  caption: string;
  /** What it shows, for who does not see it. */
  alt: string;
}

/** Half a year: more weeks than that are too narrow on a phone. */
const WEEKS = 26;

/** The last weeks of a report until the last day of its period, oldest first; money in major units. */
export function weeksOf({ meta, sections }: Report): ChartWeek[] {
  const rows = sections.flatMap(({ tables }) => tables).find(({ id }) => id === 'weeks')?.rows ?? [];
  return rows
    .map((row) => ({
      week: String(row.week),
      revenue: amount(row, 'revenue') ?? 0,
      payout: amount(row, 'payout'),
      partial: row.coverage === 'partial',
      current: row.week === meta.period.week,
    }))
    .filter(({ week }) => week <= (meta.period.to ?? ''))
    .sort((a, b) => (a.week < b.week ? -1 : 1))
    .slice(-WEEKS);
}

function amount(row: Row, key: string): number | null {
  const value = row[key];
  return typeof value === 'number' ? value : null;
}

/** Title, caption and alternative text of the chart of some weeks, of which there is at least one. */
export function wordsOn(weeks: readonly ChartWeek[], format: Format): ChartWords {
  const paid = weeks.some(({ payout }) => payout !== null);
  const title = paid ? 'Revenue and payout by week' : 'Revenue by week';
  const figures = ({ revenue, payout }: ChartWeek) =>
    `revenue ${format.compact(revenue)}${payout === null ? '' : `, payout ${format.compact(payout)}`}`;
  const current = weeks.find((week) => week.current);
  const best = weeks.reduce((most, week) => (week.revenue > most.revenue ? week : most));
  return {
    title,
    caption: [
      paid ? 'Columns are revenue, dark lines payout.' : 'Columns are revenue.',
      ...(weeks.some(({ partial }) => partial) ? ['Pale: incomplete weeks.'] : []),
    ].join(' '),
    alt: [
      `${title}, last ${weeks.length} weeks.`,
      ...(current ? [`Week of ${format.date(current.week)}: ${figures(current)}.`] : []),
      `Highest revenue: ${format.compact(best.revenue)} in the week of ${format.date(best.week)}.`,
    ].join(' '),
  };
}

import type { Format } from '../format/format.js';
import type { Comparison } from '../report/comparison-schema.js';
import type { Finding, Table } from '../report/schema.js';
import { capitalised, column, rowOf, type SectionContext } from './section.js';

type Restated = NonNullable<Comparison['restated']>;

const weekColumns = (unit: 'price' | 'count') => [
  column('week', 'Week from', 'date'),
  column('figure', 'Figure'),
  column('change', 'Change', unit),
  column('before', 'Last edition', unit),
  column('now', 'This edition', unit),
];

/** The restated figures of past weeks, money and counts apart. */
export function restatedTables(restated: Restated): Table[] {
  const counts = restated.filter((row) => !isMoney(row));
  return [
    restatedTable(
      'restated-money',
      'Money of past weeks that was restated',
      'price',
      restated.filter(isMoney),
    ),
    restatedTable('restated-counts', 'Orders and posts of past weeks that were restated', 'count', counts),
  ];
}

/** How many weeks have a figure that was restated. */
export function weekCount(restated: Restated): number {
  return new Set(restated.map(({ week }) => week)).size;
}

/** What to say of past weeks that were restated, with the money that moved in them; nothing where none was. */
export function restatedFinding(
  { with: { asOf }, restated: all }: Comparison,
  { format, major }: Pick<SectionContext, 'format' | 'major'>,
): Finding[] {
  const restated = all ?? [];
  const weeks = weekCount(restated);
  if (weeks === 0) return [];
  const minor = (amount: number) => Math.round(amount / major(1));
  const sum = (amounts: readonly number[]) =>
    major(amounts.reduce((total, amount) => total + minor(amount), 0));
  const revenue = restated.filter(({ figure }) => figure === 'revenue');
  const net = sum(revenue.map(({ change }) => change));
  const [largest] = [...revenue].sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const together =
    net === 0
      ? `${weeks === 1 ? 'its revenue' : 'their revenue together'} is the same`
      : `${weeks === 1 ? 'it holds' : 'they hold'} ${format.compact(Math.abs(net))} ${net < 0 ? 'less' : 'more'} revenue`;
  return [
    {
      id: 'restated-weeks',
      severity: net < 0 ? 'bad' : 'neutral',
      text: `${format.plural(weeks, 'past week')} ${weeks === 1 ? 'was' : 'were'} restated since ${format.date(asOf)}: ${together}.`,
      ...(largest ? { detail: largestChange(largest, format) } : {}),
      evidence: {
        section: 'since-last-edition',
        impact: sum(restated.filter(isMoney).map(({ change }) => Math.abs(change))),
        values: { weeks, revenue: net },
      },
    },
  ];
}

function largestChange({ week, before, now }: Restated[number], format: Format): string {
  const name = `The week from ${format.date(week)}`;
  if (now === null) return `${name}, which held ${format.compact(before)}, is no longer in the data.`;
  if (before === null) return `${name} is new in the data, with ${format.compact(now)}.`;
  return `${name} changed most: from ${format.compact(before)} to ${format.compact(now)}.`;
}

function restatedTable(id: string, title: string, unit: 'price' | 'count', restated: Restated): Table {
  const columns = weekColumns(unit);
  return {
    id,
    title,
    columns,
    rows: restated.map((row) => rowOf(columns, { ...row, figure: capitalised(row.figure) })),
  };
}

function isMoney({ figure }: Restated[number]): boolean {
  return figure === 'revenue' || figure === 'payout';
}

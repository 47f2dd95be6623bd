import type { Check, Quarantined, Table } from '../report/schema.js';
import { column, rowOf, type SectionContext } from './section.js';

const qualityColumns = [
  column('check', 'Check'),
  column('result', 'Result'),
  column('count', 'Count', 'count'),
  column('text', 'Found'),
  column('details', 'Examples and fix'),
];

const quarantineColumns = [
  column('file', 'File'),
  column('line', 'Line'),
  column('column', 'Column'),
  column('value', 'Value'),
  column('reason', 'Reason'),
  column('fix', 'Fix'),
  column('revenue', 'Revenue', 'exact'),
];

/** The checks that found something, the gravest first; under them the names of those that did not. */
export function qualityTable(checks: readonly Check[]): Table {
  const found = checks.filter(({ severity }) => severity !== 'ok' && severity !== 'off');
  const titles = (severity: Check['severity']) =>
    checks.filter((check) => check.severity === severity).map(({ title }) => title);
  const notes = [
    sentence(titles('ok'), (count) => `${count} further ${checkWord(count)} found nothing`),
    sentence(titles('off'), (count) => `${count} ${checkWord(count)} ${count === 1 ? 'is' : 'are'} off`),
  ].filter((note) => note !== '');
  return {
    id: 'quality',
    title: 'Data quality',
    columns: qualityColumns,
    rows: found.map(({ title, severity, examples, fix, ...check }) =>
      rowOf(qualityColumns, {
        ...check,
        check: title,
        result: severity,
        details: [
          ...(examples.length === 0 ? [] : [`${examples.join('; ')}.`]),
          ...(fix === undefined ? [] : [fix]),
        ].join(' '),
      }),
    ),
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  };
}

/** Tables whose rows weigh most, the weightiest last. */
const FIRST_TABLES = ['influencers', 'payouts'];

/**
 * The first rows that are not in the figures, those of payouts and influencers before the rest, as a list of one table; of none where
 * every row is used.
 */
export function quarantineTable(
  { rows, revenue, tables, examples }: Quarantined,
  { format }: Pick<SectionContext, 'format'>,
): Table[] {
  if (rows === 0) return [];
  const losses = tables
    .filter(({ quarantined }) => quarantined > 0)
    .map(
      ({ table, read, blank, quarantined }) =>
        `${format.value(quarantined, 'count')} of ${format.plural(read - blank, 'row')} of ${table}`,
    );
  const listed = rows > examples.length ? `${examples.length} are listed; all` : 'All';
  return [
    {
      id: 'quarantine',
      title: 'Rows left out of the figures',
      columns: quarantineColumns,
      rows: [...examples]
        .sort((a, b) => FIRST_TABLES.indexOf(b.table) - FIRST_TABLES.indexOf(a.table))
        .map((row) => rowOf(quarantineColumns, { ...row, column: row.column ?? 'the whole row' })),
      note: `Left out: ${losses.join(', ')}${revenue === 0 ? '' : `, with ${format.money(revenue)} of revenue so far as it is known`}. ${listed} are in quarantine.csv beside this report, each with its fix.`,
    },
  ];
}

function sentence(titles: readonly string[], beginning: (count: number) => string): string {
  return titles.length === 0 ? '' : `${beginning(titles.length)}: ${titles.join(' · ')}.`;
}

function checkWord(count: number): string {
  return count === 1 ? 'check' : 'checks';
}

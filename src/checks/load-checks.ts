import { type CheckDefinition, has, is, shareOf, type Words } from './check.js';
import type { LoadFacts } from './load-facts.js';
import { limitsBroken, lossOf, placeOf, shareOfLoss } from './quarantine.js';

/** Checks of what the files could not give. */
export const loadChecks: readonly CheckDefinition[] = [
  {
    id: 'empty-table',
    title: 'Tables without rows',
    severity: 'warning',
    fix: 'Add the rows, or read in the report what cannot be computed without them.',
    find: ({ coverage }) => {
      const empty = [
        ...(coverage.tracked_rows === 0 ? ['tracking_data'] : []),
        ...(coverage.posts === 0 ? ['posts'] : []),
        ...(coverage.payout_rows === 0 ? ['payouts'] : []),
        ...(coverage.influencers === 0 ? ['influencers'] : []),
      ];
      if (empty.length === 0) return null;
      return { count: empty.length, share: 1, clause: `No rows in ${empty.join(', ')}`, examples: [] };
    },
  },
  {
    id: 'quarantined-rows',
    title: 'Rows left out',
    severity: 'warning',
    fix: 'Correct these rows in their files and run again; the figures are without them.',
    find: ({ load, limits, coverage }, words) => {
      const { rows } = lossOf(load);
      if (rows === 0) return null;
      const quarantine = { load, revenue: coverage.revenue + coverage.organic_revenue };
      const broken = limitsBroken(quarantine, limits);
      return {
        count: rows,
        share: shareOfLoss(quarantine),
        clause: leftOut(load, words),
        more:
          broken === null
            ? `${rows === 1 ? 'it is' : 'they are'} listed in quarantine.csv`
            : `${broken.limit} is exceeded`,
        examples: load.quarantined.slice(0, 3).map(placeOf),
      };
    },
  },
  {
    id: 'duplicate-key',
    title: 'Ids given twice',
    severity: 'warning',
    fix: 'Keep one row for each id.',
    find: ({ load }, words) => {
      const repeated = load.quarantined.filter(({ code }) => code === 'duplicate-key');
      if (repeated.length === 0) return null;
      const read = load.tables.reduce((sum, table) => sum + table.read, 0);
      return {
        count: repeated.length,
        share: shareOf(repeated.length, read),
        clause: `${words.plural(repeated.length, 'row')} ${has(repeated.length)} the id of an earlier row and ${is(repeated.length)} left out`,
        examples: repeated.slice(0, 3).map((row) => `${placeOf(row)}: ${row.value}`),
      };
    },
  },
  {
    id: 'columns-ignored',
    title: 'Columns not used',
    severity: 'info',
    find: ({ load }, words) => {
      const files = load.files.filter(({ ignoredColumns }) => ignoredColumns.length > 0);
      const columns = files.reduce((sum, { ignoredColumns }) => sum + ignoredColumns.length, 0);
      if (columns === 0) return null;
      return {
        count: columns,
        share: 0,
        clause: `${words.plural(columns, 'column')} of the files ${is(columns)} not used`,
        examples: files
          .slice(0, 3)
          .map(({ file, ignoredColumns }) => `${file}: ${ignoredColumns.join(', ')}`),
      };
    },
  },
];

/** How many rows of payouts are left out. */
export function payoutsLeftOut({ tables }: LoadFacts): number {
  return tables.find(({ table }) => table === 'payouts')?.quarantined ?? 0;
}

/** "1 row of payouts and 12 rows of posts are left out, so ROAS is too high": what page 1 says about quarantined rows. */
function leftOut(load: LoadFacts, words: Words): string {
  const { rows, revenue } = lossOf(load);
  const losses = load.tables
    .filter(({ quarantined }) => quarantined > 0)
    .map(({ table, quarantined }) => `${words.plural(quarantined, 'row')} of ${table}`);
  const listed = [losses.slice(0, -1).join(', '), ...losses.slice(-1)].filter((part) => part !== '');
  const money = revenue === 0 ? '' : `, with ${words.money(revenue)} of revenue`;
  return `${listed.join(' and ')} ${is(rows)} left out${money}${effectOnRoas(load)}`;
}

/** Payouts that are missing make ROAS too high, orders that are missing too low; both together do either. */
function effectOnRoas(load: LoadFacts): string {
  if (payoutsLeftOut(load) === 0) return '';
  const sales = load.tables.some(({ table, quarantined }) => table === 'tracking_data' && quarantined > 0);
  return sales ? ', so ROAS is off' : ', so ROAS is too high';
}

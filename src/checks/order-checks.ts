import { casesSql, who } from './cases.js';
import { type CaseCheck, type CheckDefinition, has, shareOf } from './check.js';

/** A case for each influencer that has rows of a kind, from the columns of `tracking` that count them. */
function rowsOf(count: string, condition: string): CaseCheck['cases'] {
  return () =>
    casesSql(
      { influencer_id: 'influencer_id', day: 'day', entries: 'entries', money: 'money' },
      `(
          SELECT influencer_id, MIN(date) AS day, SUM(${count}) AS entries, SUM(revenue) AS money
          FROM tracking
          WHERE ${condition}
          GROUP BY influencer_id
        ) AS grouped`,
    );
}

const describeRows =
  (clause: (rows: string, entries: number) => string, more?: string): CaseCheck['describe'] =>
  ({ entries, first }, { coverage }, words) => ({
    share: shareOf(entries, coverage.tracked_rows),
    clause: clause(words.plural(entries, 'tracked row'), entries),
    ...(more === undefined ? {} : { more }),
    examples: first.map(
      (found) =>
        `${who(found)}: ${words.plural(found.entries, 'row')}, the first of ${words.date(found.day ?? '')}`,
    ),
  });

/** Checks of the tracked orders. */
export const orderChecks: readonly CheckDefinition[] = [
  {
    id: 'duplicate-row',
    title: 'Rows that repeat another',
    severity: 'warning',
    trifle: 0.01,
    fix: 'If a file or an export was added twice, remove one; a column with order numbers tells real repeats apart.',
    cases: rowsOf('repeats', 'repeats > 0'),
    describe: describeRows(
      (rows, entries) => `${rows} ${entries === 1 ? 'repeats' : 'repeat'} another exactly`,
      'they are counted',
    ),
  },
  {
    id: 'blank-influencer',
    title: 'Orders without an influencer',
    severity: 'info',
    find: ({ coverage }, words) =>
      coverage.organic_rows === 0
        ? null
        : {
            count: coverage.organic_rows,
            share: shareOf(coverage.organic_rows, coverage.tracked_rows),
            clause: `${words.plural(coverage.organic_rows, 'row')} with ${words.money(coverage.organic_revenue)} of revenue ${has(coverage.organic_rows)} no influencer`,
            more: 'they are organic and no part of ROAS',
            examples: [],
          },
  },
  {
    id: 'blank-campaign',
    title: 'Orders without a campaign',
    severity: 'info',
    fix: 'Name the campaign in the tracked orders.',
    cases: rowsOf('rows', 'influencer_id IS NOT NULL AND campaign IS NULL'),
    describe: ({ entries, money, first }, { coverage }, words) => ({
      share: shareOf(entries, coverage.tracked_rows),
      clause: `${words.plural(entries, 'tracked row')} of influencers with ${words.money(money)} of revenue ${has(entries)} no campaign`,
      more: 'they are Unattributed',
      examples: first.map(
        (found) =>
          `${who(found)}: ${words.plural(found.entries, 'row')}, ${words.exactMoney(found.money ?? 0)}`,
      ),
    }),
  },
  {
    id: 'negative-orders',
    title: 'Negative orders',
    severity: 'warning',
    trifle: 0.01,
    fix: 'A refund has negative orders and negative revenue; correct the sign of one of them.',
    cases: rowsOf('negative_orders', 'negative_orders > 0'),
    describe: describeRows(
      (rows, entries) => `${rows} ${has(entries)} negative orders, but not negative revenue`,
    ),
  },
  {
    id: 'refunds',
    title: 'Refunds',
    severity: 'info',
    cases: rowsOf('rows', 'revenue < 0'),
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: shareOf(-money, coverage.revenue),
      clause: `${words.plural(count, 'influencer')} ${has(count)} days with more refunds than sales, ${words.money(-money)} in all`,
      more: 'refunds count against revenue',
      examples: first.map(
        (found) =>
          `${who(found)}: ${words.exactMoney(found.money ?? 0)} since ${words.date(found.day ?? '')}`,
      ),
    }),
  },
  {
    id: 'revenue-without-orders',
    title: 'Revenue with zero orders',
    severity: 'warning',
    trifle: 0.01,
    fix: 'Fill in the orders of these rows; the revenue counts.',
    cases: rowsOf('revenue_without_orders', 'revenue_without_orders > 0'),
    describe: describeRows(
      (rows, entries) => `${rows} ${has(entries)} revenue but no orders`,
      'cost per order and basket size are off by them',
    ),
  },
  {
    id: 'orders-without-revenue',
    title: 'Orders with zero revenue',
    severity: 'warning',
    trifle: 0.1,
    fix: 'Check whether these are free samples, or whether their revenue is missing.',
    cases: rowsOf('orders_without_revenue', 'orders_without_revenue > 0'),
    describe: describeRows((rows, entries) => `${rows} ${has(entries)} orders but no revenue`),
  },
];

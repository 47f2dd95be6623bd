import { lowerTexts } from '../model/sql.js';
import { type Case, casesSql } from './cases.js';
import type { CheckDefinition, Words } from './check.js';

/** What people call a totals row. */
const NAMES = ['total', 'totals', 'subtotal', 'sum'];
const TWO_WORDS = ['grand', 'sub'].flatMap((word) => [' ', '-', '_', ''].map((gap) => `${word}${gap}total`));
const NAME_LIST = lowerTexts([...new Set([...NAMES, ...TWO_WORDS])].flatMap((name) => [name, `${name}:`]));
const isNamed = (column: string) => `LOWER(${column}) IN (${NAME_LIST})`;

/** A row that equals a single other one tells nothing; it has to sum up two at the least, to the minor unit. */
const equalsRest = (amount: string, sum: string, rows: string) =>
  `${amount} <> 0 AND ${rows} > 2 AND ABS(2 * ${amount} - ${sum}) <= 1`;

const payoutTotals = casesSql(
  { influencer_id: 'payouts.influencer_id', subject: "'payouts'", money: 'payouts.total_payout' },
  `payouts
        JOIN people ON people.influencer_id = payouts.influencer_id
        CROSS JOIN (SELECT COUNT(*) AS all_rows, SUM(total_payout) AS all_money FROM payouts) AS whole
        WHERE
          people.profile IS NULL
          AND (
            ${isNamed('payouts.influencer_id')}
            OR (
              people.rows = 0
              AND people.posts = 0
              AND ${equalsRest('payouts.total_payout', 'whole.all_money', 'whole.all_rows')}
            )
          )`,
);

const trackingTotals = casesSql(
  {
    influencer_id: 'tracking.influencer_id',
    subject: "'tracking_data'",
    day: 'tracking.date',
    entries: 'tracking.rows',
    money: 'tracking.revenue',
  },
  `tracking
        LEFT JOIN influencers ON influencers.influencer_id = tracking.influencer_id
        CROSS JOIN (SELECT SUM(rows) AS all_rows, SUM(revenue) AS all_money FROM tracking) AS whole
        WHERE
          influencers.influencer_id IS NULL
          AND (
            ${isNamed('tracking.influencer_id')}
            OR ${isNamed('tracking.campaign')}
            OR ${isNamed('tracking.source')}
            OR (
              tracking.influencer_id IS NULL
              AND tracking.rows = 1
              AND ${equalsRest('tracking.revenue', 'whole.all_money', 'whole.all_rows')}
            )
          )`,
);

/** Checks for rows that sum up the others. */
export const totalsChecks: readonly CheckDefinition[] = [
  {
    id: 'totals-row',
    title: 'Totals rows',
    severity: 'error',
    fix: 'Delete what only sums up other rows.',
    cases: () => `${payoutTotals}\n    UNION ALL\n    ${trackingTotals}`,
    describe: ({ count, first }, _facts, words) => ({
      share: 1,
      clause:
        count === 1
          ? `A row of ${first.map((found) => `${found.subject} looks like a totals row (${place(found, words)})`).join()}`
          : `${words.count(count)} rows look like totals rows`,
      more: `${count === 1 ? 'it is' : 'they are'} counted on top of the rows that ${count === 1 ? 'it sums' : 'they sum'} up`,
      examples: first.map((found) => `${found.subject}: ${place(found, words)}`),
    }),
  },
];

/** "TOTAL, ₹3,000", "21 Jun 2025, ₹3,000" */
function place({ influencer_id, day, money }: Case, words: Words): string {
  return [influencer_id, day === null ? null : words.date(day), words.exactMoney(money ?? 0)]
    .filter((part) => part !== null)
    .join(', ');
}

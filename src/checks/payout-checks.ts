import { unattributedShare } from '../model/coverage.js';
import { casesSql, who } from './cases.js';
import { type CheckDefinition, has, is, shareOf } from './check.js';

/** A payout for each influencer and basis beside what it pays for, as the financial review reconciles them. */
const SUPPLIED = `(
          SELECT
            influencer_id,
            basis,
            CASE WHEN MIN(rate) = MAX(rate) THEN MIN(rate) END AS rate,
            SUM(orders) AS orders_paid,
            SUM(total_payout) AS total
          FROM payouts
          GROUP BY influencer_id, basis
        ) AS supplied
        JOIN people ON people.influencer_id = supplied.influencer_id`;
const UNITS = "CASE WHEN basis = 'order' THEN orders_paid ELSE posts END";

/** Checks of the payouts against themselves and against what was tracked. */
export const payoutChecks: readonly CheckDefinition[] = [
  {
    id: 'unattributed-payout',
    title: 'Payout without a campaign',
    severity: 'warning',
    fix: 'Name the campaign and the post in the tracked orders.',
    find: ({ coverage, unattributedAmber }, words) => {
      const share = unattributedShare(coverage);
      if (share <= unattributedAmber) return null;
      return {
        count: 1,
        share,
        clause: `${words.share(share)} of payout has no campaign`,
        more: `amber above ${words.share(unattributedAmber)}`,
        examples: [],
      };
    },
  },
  {
    id: 'duplicate-payout',
    title: 'Payouts that repeat another',
    severity: 'warning',
    fix: 'If a payout was exported twice, remove one.',
    cases: () =>
      casesSql(
        { influencer_id: 'influencer_id', entries: 'repeats', money: 'repeats * total_payout' },
        `(
          SELECT influencer_id, total_payout, COUNT(*) - 1 AS repeats
          FROM payouts
          WHERE total_payout <> 0
          GROUP BY influencer_id, basis, rate, orders, total_payout
          HAVING COUNT(*) > 1
        ) AS repeated`,
      ),
    describe: ({ entries, money, first }, { coverage }, words) => ({
      share: shareOf(money, coverage.payout),
      clause: `${words.plural(entries, 'payout')} of ${words.money(money)} in all ${entries === 1 ? 'repeats' : 'repeat'} another exactly`,
      more: 'they are counted',
      examples: first.map((found) => `${who(found)}: ${words.exactMoney(found.money ?? 0)}`),
    }),
  },
  {
    id: 'unknown-basis',
    title: 'Payout without a known basis',
    severity: 'warning',
    trifle: 0.01,
    fix: 'Write post or order into the column basis.',
    cases: () =>
      casesSql({ influencer_id: 'influencer_id', money: 'total_payout' }, 'payouts WHERE basis IS NULL'),
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: Math.max(shareOf(money, coverage.payout), shareOf(count, coverage.payout_rows)),
      clause: `${words.plural(count, 'payout')} of ${words.money(money)} in all ${has(count)} neither post nor order as basis`,
      more: 'they are placed by posts, else by orders',
      examples: first.map((found) => `${who(found)}: ${words.exactMoney(found.money ?? 0)}`),
    }),
  },
  {
    id: 'zero-payout',
    title: 'Payouts of zero',
    severity: 'info',
    cases: () =>
      casesSql(
        {
          influencer_id: 'influencer_id',
          detail: 'basis',
          other: '(SELECT COUNT(*) FROM payout_totals WHERE amount <> 0)',
        },
        'payout_totals WHERE amount = 0',
      ),
    describe: ({ count, first }, { coverage }, words) => {
      const examples = first.map(who);
      if (first.every(({ other }) => other === 0)) {
        return {
          share: 1,
          severity: 'warning',
          clause: 'Every payout is 0, so ROAS cannot be computed',
          fix: 'Fill in what the influencers were paid.',
          examples,
        };
      }
      return {
        share: shareOf(count, coverage.payout_rows),
        clause: `${words.plural(count, 'payout')} ${is(count)} zero`,
        more: 'where an influencer has no other, ROAS is n/a',
        examples,
      };
    },
  },
  {
    id: 'paid-orders-differ',
    title: 'Paid orders differ from tracked ones',
    severity: 'info',
    fix: 'Compare the invoices of these influencers with the tracking.',
    cases: () =>
      casesSql(
        {
          influencer_id: 'supplied.influencer_id',
          figure: 'orders_paid',
          other: 'people.orders',
          money: '(orders_paid - people.orders) * rate',
        },
        `${SUPPLIED}
        WHERE basis = 'order' AND orders_paid <> people.orders`,
      ),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.payout_rows),
      clause: `${words.plural(count, 'influencer')} ${is(count)} paid for other numbers of orders than were tracked`,
      more: 'the payout stays as supplied',
      examples: first.map(
        (found) =>
          `${who(found)}: ${words.count(found.figure ?? 0)} paid, ${words.count(found.other ?? 0)} tracked`,
      ),
    }),
  },
  {
    id: 'rate-times-units',
    title: 'Rate × units differs from the total',
    severity: 'info',
    fix: 'Check rate, orders and total of these payouts; the total counts.',
    cases: () =>
      casesSql(
        {
          influencer_id: 'supplied.influencer_id',
          money: `total - rate * ${UNITS}`,
          figure: 'total',
          other: `rate * ${UNITS}`,
        },
        `${SUPPLIED}
        WHERE basis IS NOT NULL AND rate * ${UNITS} <> total`,
      ),
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: shareOf(Math.abs(money), coverage.payout),
      clause: `${words.plural(count, 'payout')} ${is(count)} not rate × posts or orders`,
      more: `in all the totals are ${words.money(Math.abs(money))} ${money < 0 ? 'lower' : 'higher'}`,
      examples: first.map(
        (found) =>
          `${who(found)}: total ${words.exactMoney(found.figure ?? 0)}, rate × units ${words.exactMoney(found.other ?? 0)}`,
      ),
    }),
  },
];

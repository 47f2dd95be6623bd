import { casesSql, who } from './cases.js';
import { type CheckDefinition, has, is, shareOf } from './check.js';
import { payoutsLeftOut } from './load-checks.js';

const ADD_TO_TABLE = 'Add them to the influencers table, or correct their ids.';
const UNREAD_FIRST =
  'Correct the payout rows that are left out first; then add the payouts that are still missing, with 0 for those who are not paid.';
const unknown = (condition: string) => `people WHERE profile IS NULL AND ${condition}`;

/** Checks of who is in one table and not in another. */
export const influencerChecks: readonly CheckDefinition[] = [
  {
    id: 'unknown-influencer-tracking',
    title: 'Unknown influencers in tracking_data',
    severity: 'warning',
    trifle: 0.01,
    fix: ADD_TO_TABLE,
    cases: () =>
      casesSql({ influencer_id: 'influencer_id', entries: 'rows', money: 'revenue' }, unknown('rows > 0')),
    describe: ({ count, entries, money, first }, { coverage }, words) => ({
      share: Math.max(shareOf(money, coverage.revenue), shareOf(entries, coverage.tracked_rows)),
      clause: `${words.plural(count, 'influencer')} with ${words.money(money)} of revenue ${is(count)} not in the influencers table`,
      more: 'their category, followers and platform are not known',
      examples: first.map((found) => `${who(found)}: ${words.exactMoney(found.money ?? 0)} of revenue`),
    }),
  },
  {
    id: 'unknown-influencer-payouts',
    title: 'Unknown influencers in payouts',
    severity: 'warning',
    trifle: 0.01,
    fix: ADD_TO_TABLE,
    cases: () => casesSql({ influencer_id: 'influencer_id', money: 'payout' }, unknown('payout IS NOT NULL')),
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: shareOf(money, coverage.payout),
      clause: `${words.plural(count, 'influencer')} paid ${words.money(money)} ${is(count)} not in the influencers table`,
      examples: first.map((found) => `${who(found)}: ${words.exactMoney(found.money ?? 0)} of payout`),
    }),
  },
  {
    id: 'unknown-influencer-posts',
    title: 'Unknown influencers in posts',
    severity: 'warning',
    trifle: 0.01,
    fix: ADD_TO_TABLE,
    cases: () => casesSql({ influencer_id: 'influencer_id', figure: 'posts' }, unknown('posts > 0')),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.influencers + count),
      clause: `${words.plural(count, 'influencer')} with posts ${is(count)} not in the influencers table`,
      examples: first.map((found) => `${who(found)}: ${words.plural(found.figure ?? 0, 'post')}`),
    }),
  },
  {
    id: 'sales-without-payout',
    title: 'Sales without a payout',
    severity: 'warning',
    trifle: 0.5,
    fix: 'Add their payouts, with 0 for those who are not paid.',
    cases: () =>
      casesSql(
        { influencer_id: 'influencer_id', day: 'first_sale', money: 'revenue' },
        'people WHERE revenue <> 0 AND payout IS NULL',
      ),
    describe: ({ count, money, first }, { coverage, load }, words) => {
      const unread = payoutsLeftOut(load);
      const unreadWords = `${words.plural(unread, 'payout row')} ${is(unread)} left out because ${unread === 1 ? 'it' : 'they'} cannot be read`;
      return {
        share: shareOf(money, coverage.revenue),
        clause: `${words.plural(count, 'influencer')} with ${words.money(money)} of revenue ${has(count)} no payout row`,
        more: `their ROAS is n/a, and their revenue is in the total${unread === 0 ? '' : `; ${unreadWords}`}`,
        ...(unread === 0 ? {} : { fix: UNREAD_FIRST }),
        examples: first.map(
          (found) =>
            `${who(found)}: ${words.exactMoney(found.money ?? 0)} of revenue since ${words.date(found.day ?? '')}`,
        ),
      };
    },
  },
  {
    id: 'payout-without-activity',
    title: 'Payout without sales or posts',
    severity: 'info',
    fix: 'Check whether their posts and orders are missing, or under another id.',
    cases: () =>
      casesSql(
        { influencer_id: 'influencer_id', detail: 'basis', money: 'amount' },
        "payout_totals WHERE driver = 'none' AND amount <> 0",
      ),
    describe: ({ count, money, first }, { coverage }, words) => ({
      share: shareOf(money, coverage.payout),
      clause: `${words.plural(count, 'payout')} of ${words.money(money)} in all ${is(count)} for influencers without posts or orders`,
      more: 'it is Unattributed',
      examples: first.map((found) => `${who(found)}: ${words.exactMoney(found.money ?? 0)}`),
    }),
  },
  {
    id: 'sale-before-first-post',
    title: 'Sale before the first post',
    severity: 'info',
    fix: 'Check whether earlier posts are missing, or whether the sales belong to somebody else.',
    cases: () =>
      casesSql(
        { influencer_id: 'influencer_id', day: 'first_sale', detail: 'first_post', money: 'revenue' },
        'people WHERE first_sale < first_post',
      ),
    describe: ({ count, first }, { coverage }, words) => ({
      share: shareOf(count, coverage.influencers),
      clause: `${words.plural(count, 'influencer')} ${count === 1 ? 'has' : 'have'} a sale before the first post`,
      examples: first.map(
        (found) =>
          `${who(found)}: first sale ${words.date(found.day ?? '')}, first post ${words.date(found.detail ?? '')}`,
      ),
    }),
  },
];

import fc from 'fast-check';
import { type Filters, noFilters } from '../../src/model/filters.js';
import { day, type Tables } from './tables.js';

/** A few values, so that rows meet: profiles exist for the first four influencers only. */
const people = ['A', 'B', 'C', "D'Souza", 'stranger'];
const names = {
  campaigns: ['Diwali', "O'Brien", 'diwali', 'Summer'],
  categories: ['Beauty', 'Tech', 'beauty'],
  platforms: ['Instagram', 'YouTube', 'instagram', 'TikTok'],
};

const sometimes = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 6 });
const oneOf = (values: readonly string[]) => fc.constantFrom(...values);
const money = (min: number, max: number) => fc.integer({ min, max }).map((units) => units / 100);
const someDay = fc.integer({ min: 1, max: 24 }).map(day);

const profile = fc.record({
  name: sometimes(oneOf(['Asha', 'Ben'])),
  category: sometimes(oneOf(names.categories)),
  follower_count: sometimes(fc.constantFrom(0, 9_999, 10_000, 60_000, 700_000, 2_000_000)),
  platform: sometimes(oneOf(names.platforms)),
});

const post = fc.record({
  influencer_id: oneOf(people),
  platform: sometimes(oneOf(names.platforms)),
  date: someDay,
  reach: sometimes(fc.integer({ min: -10, max: 5_000 })),
  likes: sometimes(fc.nat(300)),
  comments: sometimes(fc.nat(40)),
});

const tracking = fc.record({
  influencer_id: sometimes(oneOf(people)),
  source: sometimes(oneOf(['P0', 'P1', 'P5', 'INSTAGRAM', 'youtube', 'TikTok', 'Brand'])),
  campaign: sometimes(oneOf(names.campaigns)),
  product: sometimes(oneOf(['Cap', 'Mug'])),
  date: someDay,
  orders: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -3, max: 2 }), fc.constant(0)),
  revenue: money(-20_000, 200_000),
});

const payout = fc.record({
  influencer_id: oneOf(people),
  basis: sometimes(fc.constantFrom('post' as const, 'order' as const)),
  rate: sometimes(money(0, 5_000)),
  orders: sometimes(fc.nat(12)),
  total_payout: fc.oneof(money(1, 300_000), money(1, 300_000), money(-5_000, 5), fc.constant(0)),
});

/**
 * Small tables with everything that real ones hold: blanks, strangers, refunds, names in several cases, sources that are posts
 * of their own or of another influencer, platforms or nothing known.
 */
export const randomTables: fc.Arbitrary<Required<Tables>> = fc
  .record({
    profiles: fc.array(profile, { minLength: 1, maxLength: 4, size: 'max' }),
    posts: fc.array(post, { minLength: 2, maxLength: 8, size: 'max' }),
    linked: fc.array(fc.tuple(fc.nat(3), tracking), { maxLength: 12, size: 'max' }),
    others: fc.array(tracking, { minLength: 3, maxLength: 15, size: 'max' }),
    payouts: fc.array(payout, { minLength: 2, maxLength: 8, size: 'max' }),
  })
  .map(({ profiles, posts, linked, others, payouts }) => ({
    influencers: profiles.map((row, index) => ({ influencer_id: people[index] ?? '', ...row })),
    posts: posts.map((row, index) => ({ post_id: `P${index}`, ...row })),
    tracking: [
      ...linked.map(([number, row]) => {
        const index = number % posts.length;
        return { ...row, source: `P${index}`, influencer_id: posts[index]?.influencer_id ?? null };
      }),
      ...others,
    ],
    payouts,
  }));

const everyKind = fc.record({
  campaigns: fc.subarray(names.campaigns, { minLength: 1 }),
  categories: fc.subarray(names.categories, { minLength: 1 }),
  platforms: fc.subarray(['INSTAGRAM', 'YouTube'], { minLength: 1 }),
  minFollowers: fc.constantFrom(0, 10_000),
  maxFollowers: fc.constantFrom(9_999, 700_000),
  from: someDay,
  to: someDay,
});

/** No filter, one or two kinds at once: more of them seldom leave anything. */
export const randomFilters: fc.Arbitrary<Filters> = fc
  .tuple(everyKind, fc.subarray(Object.keys(noFilters), { maxLength: 2 }))
  .map(([filters, kinds]) => ({
    ...noFilters,
    ...Object.fromEntries(Object.entries(filters).filter(([kind]) => kinds.includes(kind))),
  }));

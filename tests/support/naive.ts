import type { Filters } from '../../src/model/filters.js';
import { type NaiveEntry, naiveLedger } from './naive-ledger.js';
import { groupBy, type NaiveActivity, naiveActivity, sumOf } from './naive-tables.js';
import type { Tables } from './tables.js';

/** Sums in minor units and the ratios that metrics.md derives from them. */
export type NaiveMeasures = ReturnType<typeof measuresOf>;

/** One row with the measures of a sale, a ledger entry or a post, and whatever it can be grouped by. */
export interface Fact {
  influencer: string;
  campaign: string | null;
  platform: string | null;
  product: string | null;
  date: string | null;
  revenue: bigint;
  orders: bigint;
  payout: bigint;
  posts: bigint;
  reach: bigint;
  engagement: bigint;
  interactions: bigint;
}

const nothing = {
  product: null,
  revenue: 0n,
  orders: 0n,
  payout: 0n,
  posts: 0n,
  reach: 0n,
  engagement: 0n,
  interactions: 0n,
};

/** The model a second time: plain loops over the rows, written from the definitions and not from the SQL. */
export function naiveModel(tables: Tables) {
  const activity = naiveActivity(tables);
  const ledger = naiveLedger(tables, activity);
  return {
    ...activity,
    ledger,
    facts: (filters: Filters) => factsOf(tables, activity, ledger, filters),
    /** Orders in scope that name no influencer. */
    organic: (filters: Filters) => {
      const kept = keeps(tables, filters);
      return activity.sales.filter(
        (row) => row.influencer === null && named(filters, row.campaign) && kept(row),
      );
    },
  };
}

function named({ campaigns }: Filters, campaign: string | null): boolean {
  return campaigns.length === 0 || isOneOf(campaigns, campaign);
}

function factsOf(
  tables: Tables,
  { posts, sales }: NaiveActivity,
  ledger: readonly NaiveEntry[],
  filters: Filters,
): Fact[] {
  const kept = keeps(tables, filters);
  const carries = (post: string) =>
    [...sales, ...ledger].some((row) => row.post === post && named(filters, row.campaign));
  return [
    ...sales.flatMap(({ influencer, ...sale }) =>
      influencer !== null && named(filters, sale.campaign) && kept({ influencer, ...sale })
        ? [{ ...nothing, ...sale, influencer }]
        : [],
    ),
    ...ledger
      .filter((entry) => named(filters, entry.campaign) && kept(entry))
      .map(({ amount, ...entry }) => ({ ...nothing, ...entry, payout: amount })),
    ...posts
      .filter((post) => (filters.campaigns.length === 0 || carries(post.id)) && kept(post))
      .map(({ reach, engagement, ...post }) => {
        const measured = reach !== null && reach > 0;
        return {
          ...nothing,
          ...post,
          campaign: null,
          posts: 1n,
          reach: BigInt(measured ? reach : 0),
          engagement: BigInt(measured ? engagement : 0),
          interactions: BigInt(engagement),
        };
      }),
  ];
}

/** Whether the filters other than the campaign's keep a row. */
function keeps(tables: Tables, filters: Filters) {
  const { platforms, from, to } = filters;
  const keptInfluencer = keepsInfluencer(tables, filters);
  return (row: { influencer: string | null; platform: string | null; date: string | null }): boolean =>
    (platforms.length === 0 || isOneOf(platforms, row.platform)) &&
    (from === null || (row.date !== null && row.date >= from)) &&
    (to === null || (row.date !== null && row.date <= to)) &&
    keptInfluencer(row.influencer);
}

/** Whether the filters that speak of influencers keep one. */
export function keepsInfluencer(tables: Tables, { categories, minFollowers, maxFollowers }: Filters) {
  return (influencer: string | null): boolean => {
    const profile = tables.influencers?.find(({ influencer_id }) => influencer_id === influencer);
    const followers = profile?.follower_count ?? null;
    return (
      (categories.length === 0 || isOneOf(categories, profile?.category ?? null)) &&
      (minFollowers === null || (followers !== null && followers >= minFollowers)) &&
      (maxFollowers === null || (followers !== null && followers <= maxFollowers))
    );
  };
}

function isOneOf(wanted: readonly string[], value: string | null): boolean {
  return value !== null && wanted.some((text) => text.toLowerCase() === value.toLowerCase());
}

/** Sums and ratios of facts. */
export function measuresOf(facts: readonly Fact[]) {
  const total = (
    measure: 'revenue' | 'payout' | 'orders' | 'posts' | 'reach' | 'engagement' | 'interactions',
  ) => Number(sumOf(facts, (fact) => fact[measure]));
  const ratio = (over: number, under: number) => (under === 0 ? null : over / under);
  const revenue = total('revenue');
  const payout = total('payout');
  const orders = total('orders');
  const reach = total('reach');
  const engagement = total('engagement');
  const interactions = total('interactions');
  return {
    revenue,
    payout,
    orders,
    posts: total('posts'),
    reach,
    engagement,
    interactions,
    roas: ratio(revenue, payout),
    roi: ratio(revenue - payout, payout),
    engagement_rate: ratio(engagement, reach),
    cpm: ratio(1000 * payout, reach),
    cpe: ratio(payout, interactions),
    cpa: ratio(payout, orders),
    aov: ratio(revenue, orders),
    break_even_margin: revenue > 0 ? payout / revenue : null,
  };
}

/** Measures by whatever `key` says of a fact; a map from key to measures. */
export function naiveBy(
  facts: readonly Fact[],
  key: (fact: Fact) => string | null,
): Map<string | null, NaiveMeasures> {
  return new Map(
    groupBy(facts, key).flatMap((group) => (group[0] ? [[key(group[0]), measuresOf(group)]] : [])),
  );
}

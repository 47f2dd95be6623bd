import type { Filters } from '../../src/model/filters.js';
import type { TierLimits } from '../../src/model/settings.js';
import { keepsInfluencer, measuresOf, type naiveModel } from './naive.js';
import { groupBy, sumOf } from './naive-tables.js';
import { minor, type Tables } from './tables.js';

/** Influencers with a payout row, with what all their rows sum to, in minor units. */
export function naiveSupplied(tables: Tables): Map<string, bigint> {
  return new Map(
    groupBy(tables.payouts ?? [], (row) => row.influencer_id).map((rows) => [
      rows[0]?.influencer_id ?? '',
      sumOf(rows, (row) => BigInt(minor(row.total_payout))),
    ]),
  );
}

/** Category, follower tier and payout basis of an influencer; null where the tables do not say. */
export function naiveProfiles(tables: Tables, limits: TierLimits) {
  return (influencer: string) => {
    const profile = tables.influencers?.find(({ influencer_id }) => influencer_id === influencer);
    const followers = profile?.follower_count ?? null;
    const names = ['nano', 'micro', 'mid', 'macro'] as const;
    const tier = names.find((name) => (followers ?? 0) < limits[name]) ?? 'mega';
    const own = (tables.payouts ?? []).filter(({ influencer_id }) => influencer_id === influencer);
    const [basis, ...others] = new Set(own.flatMap((row) => row.basis ?? []));
    return {
      category: profile?.category ?? null,
      tier: followers === null ? null : tier,
      basis: others.length > 0 ? 'both' : (basis ?? (own.length > 0 ? 'not stated' : null)),
    };
  };
}

/** What `totals()` says besides revenue, orders and posts. */
export function naiveTotals(tables: Tables, model: ReturnType<typeof naiveModel>, filters: Filters) {
  const facts = model.facts(filters);
  const kept = keepsInfluencer(tables, filters);
  const supplied = naiveSupplied(tables);
  const { campaigns, platforms, from, to } = filters;
  const cutsRows = campaigns.length + platforms.length > 0 || from !== null || to !== null;
  const inScope = new Set<string | null>(facts.map(({ influencer }) => influencer));
  const someSupplied = [...supplied.keys()].some((influencer) =>
    cutsRows ? inScope.has(influencer) : kept(influencer),
  );
  const costed = (influencer: string) => (supplied.get(influencer) ?? 0n) > 0n;
  const unattributed = Number(
    sumOf(
      facts.filter(({ campaign }) => campaign === null),
      ({ payout }) => payout,
    ),
  );
  const unattributedAll = Number(
    sumOf(
      model.ledger.filter((entry) => entry.campaign === null && kept(entry.influencer)),
      ({ amount }) => amount,
    ),
  );
  const organic = model.organic(filters);
  const sellers = groupBy(
    facts.filter(({ revenue }) => revenue !== 0n),
    ({ influencer }) => influencer,
  );
  const { payout, ...measures } = measuresOf(facts);
  return {
    ...measures,
    payout: someSupplied ? payout : null,
    organic_revenue: Number(sumOf(organic, ({ revenue }) => revenue)),
    organic_orders: Number(sumOf(organic, ({ orders }) => orders)),
    unattributed_payout: someSupplied ? unattributed : null,
    unattributed_outside: unattributedAll - unattributed,
    costed_only_roas: measuresOf(facts.filter(({ influencer }) => costed(influencer))).roas,
    uncosted_influencers: sellers.filter(([fact]) => fact && !costed(fact.influencer)).length,
    influencers: new Set(facts.map(({ influencer }) => influencer)).size,
  };
}

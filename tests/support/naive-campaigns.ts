import { type Fact, naiveBy } from './naive.js';
import { ascending, groupBy, sumOf } from './naive-tables.js';

/** The mean of the campaigns' defined ROAS and their pooled ROAS, Unattributed left out. */
export function naiveBaseline(facts: readonly Fact[]): { mean: number | null; pooled: number | null } {
  const campaigns = [
    ...naiveBy(
      facts.filter(({ campaign }) => campaign !== null),
      ({ campaign }) => campaign,
    ),
  ];
  const defined = campaigns
    .sort(([a], [b]) => ascending(a, b))
    .map(([, measures]) => measures)
    .filter(({ roas }) => roas !== null);
  if (defined.length === 0) return { mean: null, pooled: null };
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const payout = sum(defined.map((row) => row.payout));
  return {
    mean: sum(defined.map((row) => row.roas ?? 0)) / defined.length,
    pooled: payout === 0 ? null : sum(defined.map((row) => row.revenue)) / payout,
  };
}

/**
 * Unattributed payout that each campaign bears besides its own: each influencer's as their campaigns share their attributed payout;
 * where these sum to zero, as all campaigns share the whole attributed payout.
 */
export function naiveBurden(facts: readonly Fact[], campaign: string): number {
  const payouts = (rows: readonly Fact[]) => Number(sumOf(rows, ({ payout }) => payout));
  const attributed = facts.filter((fact) => fact.campaign !== null);
  const burdens = groupBy(facts, ({ influencer }) => influencer).map((own) => {
    const unattributed = payouts(own.filter((fact) => fact.campaign === null));
    const carried = own.filter((fact) => fact.campaign !== null);
    const carriers = payouts(carried) === 0 ? attributed : carried;
    const whole = payouts(carriers);
    return whole === 0
      ? 0
      : (unattributed * payouts(carriers.filter((fact) => fact.campaign === campaign))) / whole;
  });
  return burdens.reduce((sum, burden) => sum + burden, 0);
}

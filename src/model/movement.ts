/** One segment (campaign) in two periods. Money in any one unit; a null segment is Unattributed. */
export interface Segment {
  segment: string | null;
  before: { revenue: number; payout: number };
  after: { revenue: number; payout: number };
}

export interface SegmentMovement {
  segment: string | null;
  /** Change of total ROAS because payout moved towards or away from this segment. */
  mix: number;
  /** Change of total ROAS because the segment's own ROAS changed. */
  rate: number;
}

/**
 * Splits the change of total ROAS between two periods by segment, exactly: Σ mix + Σ rate = change.
 * With w the share of payout, r the ROAS and R̄ the mean of the two totals:
 * mixᵢ = Δwᵢ · ((r₀ + r₁) / 2 − R̄), rateᵢ = Δrᵢ · w̄. A segment without payout in one of the periods is all mix.
 *
 * @returns null where the total ROAS is undefined in one of the periods
 */
export function roasMovement(segments: readonly Segment[]): SegmentMovement[] | null {
  const before = sumOf(segments.map((segment) => segment.before));
  const after = sumOf(segments.map((segment) => segment.after));
  if (before.payout === 0 || after.payout === 0) return null;
  const middle = (before.revenue / before.payout + after.revenue / after.payout) / 2;
  return segments.map(({ segment, before: was, after: is }) => {
    const weightWas = was.payout / before.payout;
    const weightIs = is.payout / after.payout;
    const shift = weightIs - weightWas;
    if (was.payout === 0 || is.payout === 0) {
      const contribution = is.revenue / after.payout - was.revenue / before.payout;
      return { segment, mix: contribution - shift * middle, rate: 0 };
    }
    const roasWas = was.revenue / was.payout;
    const roasIs = is.revenue / is.payout;
    return {
      segment,
      mix: shift * ((roasWas + roasIs) / 2 - middle),
      rate: ((roasIs - roasWas) * (weightWas + weightIs)) / 2,
    };
  });
}

function sumOf(parts: readonly { revenue: number; payout: number }[]): { revenue: number; payout: number } {
  return parts.reduce(
    (sum, part) => ({ revenue: sum.revenue + part.revenue, payout: sum.payout + part.payout }),
    { revenue: 0, payout: 0 },
  );
}

export interface RevenueDrivers {
  posts: number;
  orders: number;
  revenue: number;
}

/** What each driver adds to the change of revenue, in the unit of revenue. */
export type RevenueMovement = { driver: 'posts' | 'orders per post' | 'orders' | 'AOV'; change: number }[];

/**
 * Splits the change of revenue = posts × orders per post × AOV over its drivers, exactly, by the mean over all orders in which
 * the drivers could have changed. Without posts in one of the periods the split is orders × AOV.
 *
 * @returns null where a driver is undefined (no orders in one of the periods)
 */
export function revenueMovement(before: RevenueDrivers, after: RevenueDrivers): RevenueMovement | null {
  if (before.orders === 0 || after.orders === 0) return null;
  const withPosts = before.posts > 0 && after.posts > 0;
  const names = withPosts ? (['posts', 'orders per post', 'AOV'] as const) : (['orders', 'AOV'] as const);
  const factors = ({ posts, orders, revenue }: RevenueDrivers): number[] =>
    withPosts ? [posts, orders / posts, revenue / orders] : [orders, revenue / orders];
  const changes = productMovement(factors(before), factors(after));
  return names.map((driver, index) => ({ driver, change: changes[index] ?? 0 }));
}

/** The change of a product, split over its factors: each factor's effect, averaged over all orders of change. */
function productMovement(before: readonly number[], after: readonly number[]): number[] {
  const orders = permutations(before.map((_, index) => index));
  const changes = before.map(() => 0);
  for (const order of orders) {
    const current = [...before];
    for (const index of order) {
      const product = multiply(current);
      current[index] = after[index] ?? 0;
      changes[index] = (changes[index] ?? 0) + (multiply(current) - product) / orders.length;
    }
  }
  return changes;
}

function multiply(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

import type { Coverage } from '../model/coverage.js';

/**
 * What the data as a whole, whatever the filters, cannot tell, as sentences that stand where the figures would; null where they can.
 */
export function missing(coverage: Coverage) {
  const { posts, orders, tracked_rows, payout_rows, influencers } = coverage;
  const noPosts = posts === 0 ? 'The data hold no posts' : null;
  const noOrders = tracked_rows === 0 ? 'The data hold no tracked orders' : null;
  const say = (holds: boolean, text: string) => (holds ? text : null);
  return {
    /** Whether there are any at all. */
    posts: noPosts && `${noPosts}, so content cannot be compared.`,
    orders: noOrders && `${noOrders}, so nothing can be set against the payouts.`,
    payouts: say(
      payout_rows === 0,
      'The data hold no payouts, so ROAS and everything that rests on cost is n/a.',
    ),
    /** Revenue by post. */
    links:
      (noPosts && `${noPosts}, so revenue by post is not available.`) ??
      (noOrders && `${noOrders}, so revenue by post is not available.`) ??
      say(
        coverage.with_post === 0 && orders > 0,
        `No order names a post${coverage.with_source === 0 ? '' : ' (its source is something else)'}, so revenue by post is not available; payout per post is placed by platform, or stays Unattributed.`,
      ),
    campaigns:
      (noOrders && `${noOrders}, so campaigns cannot be compared.`) ??
      say(coverage.with_campaign === 0, 'No order names a campaign, so campaigns cannot be compared.'),
    products:
      (noOrders && `${noOrders}, so products cannot be compared.`) ??
      say(coverage.with_product === 0, 'No order names a product, so products cannot be compared.'),
    reach:
      (noPosts && `${noPosts}, so reach and engagement are not available.`) ??
      say(coverage.with_reach === 0, 'No post has a reach, so engagement rate and CPM are not available.'),
    engagement:
      (noPosts && `${noPosts}, so likes and comments are not available.`) ??
      say(coverage.with_engagement === 0, 'No post has likes or comments, so engagement is not available.'),
    followers: say(
      influencers > 0 && coverage.with_followers === 0,
      'No influencer has a follower count, so ROAS by followers and follower tiers are not available.',
    ),
    categories: say(
      influencers > 0 && coverage.with_category === 0,
      'No influencer has a category, so categories cannot be compared.',
    ),
    profiles: say(
      influencers === 0,
      'The influencers table is empty, so names, categories, followers and platforms are not known.',
    ),
    paidOrders: say(
      payout_rows > 0 && coverage.with_orders === 0,
      'No payout names the orders it pays for, so paid and tracked orders are not compared.',
    ),
    rates: say(
      payout_rows > 0 && coverage.with_rate === 0,
      'No payout has a rate, so totals are not compared with rate × units.',
    ),
  };
}

/** A row whose payout and costs are n/a rather than zero, where the data hold no payouts. */
export function costsOf<Row extends object>(row: Row, noPayouts: string | null): Row {
  if (noPayouts === null) return row;
  const costs = Object.keys(row).filter((key) => COSTS.includes(key));
  return { ...row, ...Object.fromEntries(costs.map((key) => [key, null])) };
}

const COSTS = ['payout', 'unattributed_payout', 'cpm', 'cpe', 'cpa', 'break_even_margin'];

/** The sentences among these that hold. */
export function saying(...sentences: readonly (string | null)[]): string[] {
  return [...new Set(sentences)].flatMap((sentence) => sentence ?? []);
}

/** The words that stand in place of a table without rows, where the data as a whole are the reason. */
export function emptyWords(sentence: string | null): { empty?: string } {
  return sentence === null ? {} : { empty: sentence };
}

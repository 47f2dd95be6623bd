import { csvLine, rupees } from './csv.js';
import type { Influencer } from './influencers.js';
import type { Post } from './posts.js';
import { pick, type Random } from './random.js';
import type { Tally } from './tracking.js';

/** Revenue over payout of all who are paid per post: prices follow what posts bring at the given size. */
const POST_BASIS_ROAS = 1.08;
const ORDER_RATE = 540;
const DIFFERING_SHARE = 0.25;
const BONUS_SHARE = 0.02;

/**
 * The lines of payouts.csv, header first: one row for each influencer that payouts list, with the total
 * for the whole period. Paid orders are the tracked ones, give or take a few.
 */
export function* payoutLines(
  random: Random,
  influencers: readonly Influencer[],
  posts: readonly Post[],
  tally: Tally,
): Generator<string> {
  yield csvLine(['influencer_id', 'basis', 'rate', 'orders', 'total_payout']);
  const postCounts = new Float64Array(influencers.length);
  for (const { influencer } of posts) postCounts[influencer.index] = (postCounts[influencer.index] ?? 0) + 1;
  const postRate = postRates(influencers, postCounts, tally);

  for (const influencer of influencers) {
    if (influencer.deal === 'not listed') continue;
    const perOrder = influencer.basis === 'order';
    const paid = perOrder ? paidOrders(random, tally.orders[influencer.index] ?? 0) : undefined;
    const units = paid ?? postCounts[influencer.index] ?? 0;
    const agreed = perOrder ? roundTo(25, ORDER_RATE * influencer.priceLevel) : postRate(influencer);
    const rate = influencer.deal === 'paid' ? agreed : 0;
    const bonus = random() < BONUS_SHARE ? 1.1 : 1;
    yield csvLine([
      influencer.id,
      influencer.basis,
      rupees(rate * 100),
      paid ?? '',
      rupees(Math.round(rate * units * bonus * 100)),
    ]);
  }
}

function postRates(
  influencers: readonly Influencer[],
  postCounts: Float64Array,
  { paise }: Tally,
): (influencer: Influencer) => number {
  const worth = ({ followers, priceLevel }: Influencer) => priceLevel * Math.exp(0.48 * Math.log(followers));
  const paidPerPost = influencers.filter(({ basis, deal }) => basis === 'post' && deal === 'paid');
  const revenue = paidPerPost.reduce((sum, { index }) => sum + (paise[index] ?? 0) / 100, 0);
  const worths = paidPerPost.reduce((sum, one) => sum + worth(one) * (postCounts[one.index] ?? 0), 0);
  const perWorth = revenue / POST_BASIS_ROAS / worths;
  return (influencer) => roundTo(50, worth(influencer) * perWorth);
}

function paidOrders(random: Random, tracked: number): number {
  if (random() >= DIFFERING_SHARE) return Math.max(0, tracked);
  const difference = pick(random, [-0.08, -0.04, 0.04, 0.08]) * tracked;
  const atLeastOne = Math.sign(difference) * Math.ceil(Math.abs(difference));
  return Math.max(0, tracked + atLeastOne);
}

function roundTo(step: number, rupeesAmount: number): number {
  return Math.max(step, Math.round(rupeesAmount / step) * step || 0);
}

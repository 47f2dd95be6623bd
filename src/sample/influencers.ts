import { type Brand, CATEGORIES, PLATFORMS, type Platform } from './catalog.js';
import { inventNames } from './names.js';
import { type NonEmpty, pick, pickWeighted, type Random, tailedFactor } from './random.js';

export interface Influencer {
  /** Place in the list of influencers, from 0. */
  index: number;
  id: string;
  name: string;
  category: string;
  gender: string;
  followers: number;
  platform: Platform;
  /** The brand that most of the posts are for. */
  brand: Brand;
  /** How many posts, against others; 1 is usual. */
  activity: number;
  /** How well the posts sell at this size; 1 is usual, 0 sells nothing. */
  persuasion: number;
  /** What the influencer charges at this size; 1 is usual. */
  priceLevel: number;
  /** Source of the sales that name no post: the platform or a promo code; undefined when all name a post. */
  channel: string | undefined;
  basis: 'post' | 'order';
  /** Whether payouts list the influencer with money, with 0 (products in kind), or not at all. */
  deal: 'paid' | 'in kind' | 'not listed';
}

/** Follower counts by size class; within one, small counts are likelier than large. */
const TIERS: NonEmpty<{ share: number; from: number; to: number }> = [
  { share: 0.2, from: 2_000, to: 10_000 },
  { share: 0.4, from: 10_000, to: 50_000 },
  { share: 0.29, from: 50_000, to: 500_000 },
  { share: 0.07, from: 500_000, to: 1_000_000 },
  { share: 0.04, from: 1_000_000, to: 2_500_000 },
];

/** Invents `count` influencers, numbered from 1. */
export function inventInfluencers(random: Random, count: number): Influencer[] {
  const digits = Math.max(3, String(count).length);
  return inventNames(random, count).map((person, index) => {
    const number = String(index + 1).padStart(digits, '0');
    const category = pick(random, CATEGORIES);
    const platform = pickWeighted(random, PLATFORMS, ({ share }) => share);
    const followers = inventFollowers(random);
    const sellsNothing = random() < 0.06 && followers < 60_000;
    const paidPerOrder = random() < 0.92 - 0.05 * Math.log(followers) && !sellsNothing;
    return {
      index,
      id: `I${number}`,
      name: person.name,
      gender: random() < 0.02 ? 'Other' : person.gender,
      category: category.name,
      brand: category.brand,
      platform,
      followers,
      activity: tailedFactor(random, 0.5),
      persuasion: sellsNothing ? 0 : tailedFactor(random, 0.35),
      priceLevel: tailedFactor(random, 0.35),
      channel: inventChannel(random, platform, number),
      basis: paidPerOrder ? 'order' : 'post',
      deal: pickWeighted(random, ['paid', 'in kind', 'not listed'] as const, (deal) =>
        deal === 'paid' ? 0.91 : 0.045,
      ),
    };
  });
}

function inventChannel(random: Random, platform: Platform, number: string): string | undefined {
  const chance = random();
  if (chance < 0.5) return undefined;
  return chance < 0.76 ? platform.name : `FITWITH${number}`;
}

function inventFollowers(random: Random): number {
  const { from, to } = pickWeighted(random, TIERS, ({ share }) => share);
  return Math.floor(from * Math.exp(random() * Math.log(to / from)));
}

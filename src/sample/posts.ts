import { DAYS, growth, season } from './calendar.js';
import { inventCaption } from './captions.js';
import { CAMPAIGNS, type Campaign, PLATFORMS, type Platform } from './catalog.js';
import type { Influencer } from './influencers.js';
import { pickWeighted, type Random, tailedFactor } from './random.js';

export interface Post {
  id: string;
  influencer: Influencer;
  platform: Platform;
  day: number;
  campaign: Campaign;
  caption: string;
  reach: number;
  likes: number;
  comments: number;
  /** How many sales the post brings, against other posts; 0 for none. */
  pull: number;
}

/** Invents `count` posts in order of date; each influencer has at least one, the active ones several. */
export function inventPosts(random: Random, influencers: readonly Influencer[], count: number): Post[] {
  const dayWeights = Array.from({ length: DAYS }, (_, day) => growth(day) * season(day));
  const drafts = postsPerInfluencer(influencers, count)
    .flatMap((posts, index) => Array.from({ length: posts }, () => influencers[index]))
    .filter((influencer) => influencer !== undefined)
    .map((influencer) => ({ influencer, day: dayOfPost(random, dayWeights) }))
    .sort((a, b) => a.day - b.day);
  const digits = Math.max(4, String(count).length);
  return drafts.map(({ influencer, day }, index) => ({
    id: `P${String(index + 1).padStart(digits, '0')}`,
    ...inventPost(random, influencer, day),
  }));
}

function postsPerInfluencer(influencers: readonly Influencer[], count: number): number[] {
  const spare = Math.max(0, count - influencers.length);
  const perActivity = spare / influencers.reduce((sum, { activity }) => sum + activity, 0);
  let due = 0;
  return influencers.map(({ activity }) => {
    const before = Math.round(due);
    due += activity * perActivity;
    return 1 + Math.round(due) - before;
  });
}

function dayOfPost(random: Random, dayWeights: readonly number[]): number {
  const heaviest = Math.max(...dayWeights);
  for (;;) {
    const day = Math.floor(random() * DAYS);
    if (random() * heaviest < (dayWeights[day] ?? 0)) return day;
  }
}

function inventPost(random: Random, influencer: Influencer, day: number): Omit<Post, 'id'> {
  const platform =
    random() < 0.06 ? pickWeighted(random, PLATFORMS, ({ share }) => share) : influencer.platform;
  const campaign = pickWeighted(random, CAMPAIGNS, ({ brand, firstDay, lastDay }) =>
    day < firstDay || day > lastDay ? 0 : brand === influencer.brand ? 1 : 0.2,
  );
  const virality = Math.min(8, tailedFactor(random, 0.6));
  const reach = Math.max(200, Math.round(0.28 * influencer.followers * virality));
  const rate = Math.min(0.08, Math.max(0.01, platform.engagement * tailedFactor(random, 0.35)));
  const commentShare = 0.02 + 0.08 * random();
  const sellsNothing = random() < 0.04;
  return {
    influencer,
    platform,
    day,
    campaign,
    caption: inventCaption(random, campaign),
    reach,
    likes: Math.floor(reach * rate * (1 - commentShare)),
    comments: Math.floor(reach * rate * commentShare),
    pull: sellsNothing
      ? 0
      : influencer.persuasion *
        campaign.appeal *
        Math.exp(0.45 * Math.log(influencer.followers)) *
        Math.sqrt(virality),
  };
}

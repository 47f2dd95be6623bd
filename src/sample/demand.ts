import { DAYS, season } from './calendar.js';
import type { Post } from './posts.js';
import { type Random, tailedFactor } from './random.js';

const SELLING_DAYS = 28;
const FADE_DAYS = 9;
const ORGANIC_SHARE = 0.04;

/** The sales of one day. */
export interface DayDemand {
  day: number;
  /** How many tracked rows fall on this day. */
  rows: number;
  /** The post that a sale comes from, by its pull on this day; undefined for an organic sale. */
  drawPost(random: Random): Post | undefined;
}

/**
 * Spreads `size` rows over the days and, within a day, over the posts of the last four weeks.
 * A post sells most on its first days; about 4% of the sales are organic.
 */
export function* demandByDay(random: Random, posts: readonly Post[], size: number): Generator<DayDemand> {
  const days = Array.from({ length: DAYS }, (_, day) => day);
  const pulls = days.map((day) => cumulativePull(sellingOn(posts, day), day).at(-1) ?? 0);
  const meanPull = pulls.reduce((sum, pull) => sum + pull, 0) / DAYS;
  const organic = (ORGANIC_SHARE / (1 - ORGANIC_SHARE)) * meanPull || 1;
  const volumes = pulls.map((pull, day) => season(day) * tailedFactor(random, 0.1) * (organic + pull));
  const rowsPerVolume = size / volumes.reduce((sum, volume) => sum + volume, 0);

  let due = 0;
  let given = 0;
  for (const day of days) {
    due += (volumes[day] ?? 0) * rowsPerVolume;
    const upToNow = day === DAYS - 1 ? size : Math.round(due);
    yield { day, rows: upToNow - given, drawPost: drawFrom(sellingOn(posts, day), day, organic) };
    given = upToNow;
  }
}

function sellingOn(posts: readonly Post[], day: number): Post[] {
  return posts.filter((post) => post.day <= day && post.day > day - SELLING_DAYS);
}

function cumulativePull(posts: readonly Post[], day: number): Float64Array {
  let sum = 0;
  return Float64Array.from(posts, (post) => {
    sum += post.pull * Math.exp((post.day - day) / FADE_DAYS);
    return sum;
  });
}

function drawFrom(posts: readonly Post[], day: number, organic: number): DayDemand['drawPost'] {
  const upTo = cumulativePull(posts, day);
  const total = (upTo.at(-1) ?? 0) + organic;
  return (random) => {
    const target = random() * total;
    let low = 0;
    let high = posts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((upTo[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return posts[low];
  };
}

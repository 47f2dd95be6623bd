import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { dateOf } from './calendar.js';
import { csvLine, writeCsv } from './csv.js';
import { type Influencer, inventInfluencers } from './influencers.js';
import { payoutLines } from './payouts.js';
import { inventPosts, type Post } from './posts.js';
import { seededRandom } from './random.js';
import { emptyTally, trackingLines } from './tracking.js';

export interface SampleOptions {
  /** Number of rows in tracking_data.csv, at least 1. */
  size: number;
  /** Whole number, 0 to 2³² − 1. */
  seed: number;
  /** Folder of the four files; made when missing. */
  out: string;
}

/** How many rows of each table a sample has. */
export interface SampleCounts {
  influencers: number;
  posts: number;
  tracking_data: number;
}

const USUAL = { influencers: 120, posts: 700, tracking_data: 3_000 };

/** Influencers and posts grow more slowly than sales: about with the square root. */
export function countsFor(size: number): SampleCounts {
  const growth = Math.log(size / USUAL.tracking_data);
  return {
    influencers: Math.ceil(USUAL.influencers * Math.exp(0.5 * growth)),
    posts: Math.ceil(USUAL.posts * Math.exp(0.55 * growth)),
    tracking_data: size,
  };
}

/**
 * Writes influencers.csv, posts.csv, tracking_data.csv and payouts.csv. The same options give the same bytes.
 * Memory grows with the number of posts, not of rows.
 * @throws ReportError (exit code 2) when the folder cannot be made
 */
export async function generateSample({ size, seed, out }: SampleOptions): Promise<SampleCounts> {
  const counts = countsFor(size);
  const influencers = inventInfluencers(seededRandom(seed, 1), counts.influencers);
  const posts = inventPosts(seededRandom(seed, 2), influencers, counts.posts);
  const tally = emptyTally(influencers.length);

  await makeFolder(out);
  await writeCsv(path.join(out, 'influencers.csv'), influencerLines(influencers));
  await writeCsv(path.join(out, 'posts.csv'), postLines(posts));
  await writeCsv(
    path.join(out, 'tracking_data.csv'),
    trackingLines(seededRandom(seed, 3), posts, size, tally),
  );
  await writeCsv(
    path.join(out, 'payouts.csv'),
    payoutLines(seededRandom(seed, 4), influencers, posts, tally),
  );
  return counts;
}

async function makeFolder(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (cause) {
    throw new ReportError(`Cannot make the folder "${out}": ${messageOf(cause)}.`, {
      code: 'sample-folder',
      exitCode: EXIT.usage,
      hint: 'Name another folder with --out.',
      cause,
    });
  }
}

function* influencerLines(influencers: readonly Influencer[]): Generator<string> {
  yield csvLine(['ID', 'name', 'category', 'gender', 'follower_count', 'platform']);
  for (const { id, name, category, gender, followers, platform } of influencers) {
    yield csvLine([id, name, category, gender, followers, platform.name]);
  }
}

function* postLines(posts: readonly Post[]): Generator<string> {
  yield csvLine([
    'post_id',
    'influencer_id',
    'platform',
    'date',
    'URL',
    'caption',
    'reach',
    'likes',
    'comments',
  ]);
  for (const { id, influencer, platform, day, caption, reach, likes, comments } of posts) {
    const url = `${platform.url}${id.toLowerCase()}`;
    yield csvLine([id, influencer.id, platform.name, dateOf(day), url, caption, reach, likes, comments]);
  }
}

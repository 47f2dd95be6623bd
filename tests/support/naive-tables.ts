import { minor, type Tables } from './tables.js';

/** A tracked order or several, with what its source means. Money in minor units. */
export interface NaiveSale {
  influencer: string | null;
  post: string | null;
  campaign: string | null;
  /** Lower-cased platform that the source of a channel row names. */
  channel: string | null;
  platform: string | null;
  product: string | null;
  date: string;
  orders: bigint;
  revenue: bigint;
}

export interface NaivePost {
  id: string;
  influencer: string;
  platform: string | null;
  date: string;
  reach: number | null;
  engagement: number;
}

/** Ascending order with null last, texts by code unit. */
export function ascending(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** The rows of a list in groups of equal keys, in the order of first appearance. */
export function groupBy<Row>(rows: readonly Row[], key: (row: Row) => unknown): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()];
}

export function sumOf<Row>(rows: readonly Row[], value: (row: Row) => bigint): bigint {
  return rows.reduce((sum, row) => sum + value(row), 0n);
}

/** One spelling of each platform: the first in ascending order of all that posts and profiles use. */
function spellings(tables: Tables): (platform: string | null | undefined) => string | null {
  const found = [...(tables.posts ?? []), ...(tables.influencers ?? [])]
    .map((row) => row.platform ?? null)
    .filter((platform) => platform !== null)
    .sort(ascending);
  return (platform) => found.find((spelling) => spelling.toLowerCase() === platform?.toLowerCase()) ?? null;
}

export interface NaiveActivity {
  posts: NaivePost[];
  sales: NaiveSale[];
  /** The platform of an influencer's profile. */
  homeOf: (influencer: string | null) => string | null;
}

/** Posts and tracked orders with platform and link, row by row, from the canonical tables. */
export function naiveActivity(tables: Tables): NaiveActivity {
  const spell = spellings(tables);
  const homeOf = (influencer: string | null) =>
    spell(tables.influencers?.find(({ influencer_id }) => influencer_id === influencer)?.platform);
  const posts = (tables.posts ?? []).map((post) => ({
    id: post.post_id,
    influencer: post.influencer_id,
    platform: spell(post.platform) ?? homeOf(post.influencer_id),
    date: post.date,
    reach: post.reach ?? null,
    engagement: (post.likes ?? 0) + (post.comments ?? 0),
  }));
  const sales = (tables.tracking ?? []).map((row) => {
    const influencer = row.influencer_id ?? null;
    const linked = posts.find((post) => post.id === row.source && post.influencer === influencer);
    const named = spell(row.source);
    return {
      influencer,
      post: linked?.id ?? null,
      campaign: row.campaign ?? null,
      channel: linked ? null : (named?.toLowerCase() ?? null),
      platform: linked?.platform ?? named ?? homeOf(influencer),
      product: row.product ?? null,
      date: row.date,
      orders: BigInt(row.orders),
      revenue: BigInt(minor(row.revenue)),
    };
  });
  return { posts, sales, homeOf };
}

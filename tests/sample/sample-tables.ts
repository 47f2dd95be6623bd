import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll } from 'vitest';
import { generateSample } from '../../src/sample/generate.js';
import { parseOptions } from '../../src/sample/options.js';

export const TABLES = ['influencers', 'posts', 'tracking_data', 'payouts'] as const;

export type Row = Record<string, string>;
export type Tables = Record<(typeof TABLES)[number], Row[]>;

/** A temporary folder for the tests of a file, and a function that generates a sample in a subfolder of it. */
export function sampleFolder() {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sample-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const pathOf = (name: string) => path.join(folder, name);
  const generate = async (name: string, options: { size?: number; seed?: number } = {}): Promise<string> => {
    await generateSample({ ...parseOptions([]), ...options, out: pathOf(name) });
    return pathOf(name);
  };
  return { pathOf, generate };
}

/** The text of the four files, in the order of `TABLES`. */
export function readTexts(from: string): Promise<string[]> {
  return Promise.all(TABLES.map((table) => readFile(path.join(from, `${table}.csv`), 'utf8')));
}

/** The parsed rows of the four files. */
export async function readTables(from: string): Promise<Tables> {
  const [influencers = [], posts = [], tracking_data = [], payouts = []] = (await readTexts(from)).map(
    (text): Row[] => parse(text, { columns: true }),
  );
  return { influencers, posts, tracking_data, payouts };
}

/** The sum of a column of numbers. */
export function total(rows: readonly Row[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

/** The distinct values of a column. */
export function values(rows: readonly Row[], column: string): Set<string | undefined> {
  return new Set(rows.map((row) => row[column]));
}

/** ROAS with payouts split by posts and then by rows: near the ledger's figures, not equal to them. */
export function roughRoas({ posts, tracking_data, payouts }: Tables) {
  const attributed = tracking_data.filter(({ influencer_id }) => influencer_id !== '');
  const rowsOf = groupBy(attributed, 'influencer_id');
  const postsOf = groupBy(posts, 'influencer_id');
  const cost = new Map<string | undefined, number>();
  const spread = (amount: number, rows: readonly Row[]) => {
    const campaigns: (string | undefined)[] =
      rows.length === 0 ? [undefined] : rows.map(({ campaign }) => campaign);
    for (const name of campaigns) cost.set(name, (cost.get(name) ?? 0) + amount / campaigns.length);
  };
  for (const payout of payouts) {
    const amount = Number(payout.total_payout);
    const rows = rowsOf.get(payout.influencer_id) ?? [];
    const own = postsOf.get(payout.influencer_id) ?? [];
    if (payout.basis === 'order') spread(amount, rows);
    else
      for (const post of own) {
        const linked = rows.filter(({ source }) => source === post.post_id);
        const byPlatform = rows.filter(({ source }) => source === post.platform);
        spread(amount / own.length, linked.length > 0 ? linked : byPlatform);
      }
  }
  const revenue = groupBy(attributed, 'campaign');
  return {
    roas: [...revenue].map(([name, rows]) => total(rows, 'revenue') / (cost.get(name) ?? 0)),
    overall: total(attributed, 'revenue') / total(payouts, 'total_payout'),
    unattributed: (cost.get(undefined) ?? 0) / total(payouts, 'total_payout'),
  };
}

function groupBy(rows: readonly Row[], column: string): Map<string | undefined, Row[]> {
  const groups = new Map<string | undefined, Row[]>();
  for (const row of rows) groups.set(row[column], [...(groups.get(row[column]) ?? []), row]);
  return groups;
}

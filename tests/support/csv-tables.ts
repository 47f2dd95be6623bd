import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { csvLine } from '../../src/sample/csv.js';

export type CsvRow = Readonly<Record<string, string | number>>;

/** The rows of the four files; a key that a row leaves out is a blank cell. */
export interface CsvTables {
  influencers: readonly CsvRow[];
  posts: readonly CsvRow[];
  tracking_data: readonly CsvRow[];
  payouts: readonly CsvRow[];
}

const HEADERS: Record<keyof CsvTables, readonly string[]> = {
  influencers: ['influencer_id', 'name', 'category', 'gender', 'follower_count', 'platform'],
  posts: ['post_id', 'influencer_id', 'platform', 'date', 'url', 'caption', 'reach', 'likes', 'comments'],
  tracking_data: ['source', 'campaign', 'influencer_id', 'user_id', 'product', 'date', 'orders', 'revenue'],
  payouts: ['influencer_id', 'basis', 'rate', 'orders', 'total_payout'],
};

/** The text of one file, header included. */
export function csvOf(table: keyof CsvTables, rows: readonly CsvRow[]): string {
  const header = HEADERS[table];
  return [csvLine(header), ...rows.map((row) => csvLine(header.map((name) => row[name] ?? '')))].join('');
}

/** Writes the four files into a folder that exists. */
export async function writeTables(folder: string, tables: CsvTables): Promise<void> {
  for (const table of ['influencers', 'posts', 'tracking_data', 'payouts'] as const) {
    await writeFile(path.join(folder, `${table}.csv`), csvOf(table, tables[table]));
  }
}

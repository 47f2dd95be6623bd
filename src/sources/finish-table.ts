import type { Warehouse } from '../warehouse/warehouse.js';
import type { SourceTable } from './tables.js';

/** The note about amounts with more decimals than the currency; none for 0 rows. */
export function roundingNotes(rows: number, currencyDigits: number): string[] {
  if (rows === 0) return [];
  return [
    `${counted(rows)} amounts with more than ${currencyDigits} decimals; they were rounded, halves away from zero.`,
  ];
}

/**
 * Completes a table that was just loaded (posts without a post_id get one) and returns what was assumed, in sentences.
 */
export async function finishTable(warehouse: Warehouse, { name }: SourceTable): Promise<string[]> {
  if (name === 'posts') return nameUnnamedPosts(warehouse);
  return name === 'payouts' ? missingBasisNotes(warehouse) : [];
}

/**
 * A post without post_id is named influencer/date/number. The number follows from what the row says, not from where it
 * stands, so that a file sorted otherwise gives the same names.
 */
async function nameUnnamedPosts(warehouse: Warehouse): Promise<string[]> {
  const rows = await count(warehouse, 'posts WHERE post_id IS NULL');
  if (rows === 0) return [];
  await warehouse.query(`
    -- names for posts without post_id
    UPDATE posts
    SET post_id = named.post_id
    FROM (
      SELECT
        rowid AS place,
        influencer_id || '/' || CAST(date AS VARCHAR) || '/' || row_number() OVER (
          PARTITION BY influencer_id, date
          ORDER BY platform, url, caption, reach, likes, comments
        ) AS post_id
      FROM posts
      WHERE post_id IS NULL
    ) AS named
    WHERE posts.rowid = named.place`);
  return [`${counted(rows)} no post_id; each was named influencer/date/number.`];
}

async function missingBasisNotes(warehouse: Warehouse): Promise<string[]> {
  const rows = await count(warehouse, 'payouts WHERE basis IS NULL');
  return rows === 0 ? [] : [`${counted(rows)} no basis, or one that is neither post nor order.`];
}

async function count(warehouse: Warehouse, rows: string): Promise<number> {
  const [result] = await warehouse.query<{ rows: number }>(`
    -- how many
    SELECT count(*) AS rows FROM ${rows}`);
  return result?.rows ?? 0;
}

function counted(rows: number): string {
  return rows === 1 ? '1 row has' : `${rows.toLocaleString('en-US')} rows have`;
}

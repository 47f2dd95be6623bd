import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHeads } from '../../../src/sources/files/read-heads.js';
import { stageRows } from '../../../src/sources/files/stage.js';
import { openStaging } from '../../../src/sources/files/staging.js';
import { NO_SETTINGS } from '../../../src/sources/settings.js';
import { openDuckDb } from '../../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../../src/warehouse/warehouse.js';
import { foundFile, useScratch } from './scratch.js';

const scratch = useScratch();
let engine: Warehouse;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
});
afterAll(() => engine.close());

async function parquet(name: string, select: string) {
  await scratch.write(path.join(path.dirname(name), 'keep'), '');
  const file = path.join(scratch.folder, name);
  await engine.query(`COPY (${select}) TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`);
  return foundFile(file, name);
}

describe('a Parquet file', () => {
  it('has one head, every value as text', async () => {
    const file = await parquet(
      'posts.parquet',
      `SELECT * FROM (VALUES
        ('p1', DATE '2025-01-31', 12.50, {'a': 1}, [1, 2], 9007199254740993, TRUE, TIMESTAMP '2025-01-31 12:00:00'),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (' नमस्ते ', NULL, NULL, NULL, NULL, NULL, FALSE, NULL)
      ) AS t("Post ID", date, amount, nested, list, large, flag, moment)`,
    );
    expect(await readHeads(file, NO_SETTINGS)).toEqual({
      heads: [
        {
          name: 'posts.parquet',
          file,
          kind: 'parquet',
          sheet: null,
          compression: 'none',
          encoding: null,
          delimiter: null,
          dateSystem: null,
          records: [
            { line: 1, fields: ['Post ID', 'date', 'amount', 'nested', 'list', 'large', 'flag', 'moment'] },
            {
              line: 2,
              fields: [
                'p1',
                '2025-01-31',
                '12.50',
                "{'a': 1}",
                '[1, 2]',
                '9007199254740993',
                'true',
                '2025-01-31 12:00:00',
              ],
            },
            { line: 4, fields: ['नमस्ते', '', '', '', '', '', 'false', ''] },
          ],
        },
      ],
      problem: null,
    });
  });

  it('may have no rows, or many', async () => {
    const none = await parquet('none.parquet', 'SELECT 1 AS id WHERE FALSE');
    expect((await readHeads(none, NO_SETTINGS)).heads[0]?.records).toEqual([{ line: 1, fields: ['id'] }]);
    const many = await parquet('many.parquet', 'SELECT i AS id FROM range(300000) AS t(i)');
    const records = (await readHeads(many, NO_SETTINGS)).heads[0]?.records;
    expect(records).toHaveLength(100);
    expect(records?.[99]).toEqual({ line: 100, fields: ['98'] });
  });

  it('may lie in a folder whose name looks like something else', async () => {
    const file = await parquet("year=2025/it's [a] *.parquet", 'SELECT 1 AS id');
    expect((await readHeads(file, NO_SETTINGS)).heads[0]?.records[0]?.fields).toEqual(['id']);
  });

  it('is read where it lies', async () => {
    const file = await parquet('posts.parquet', 'SELECT 1 AS id');
    const [head] = (await readHeads(file, NO_SETTINGS)).heads;
    if (!head) throw new Error('no head');
    const staging = await openStaging();
    const rows = await stageRows(head, 1, staging, new AbortController().signal);
    await staging.remove();
    expect(rows).toEqual({ kind: 'parquet', file: file.path });
  });

  it('is refused when it is damaged', async () => {
    expect(await scratch.problem('posts.parquet', 'PAR1 and no more PAR1')).toBe(
      'unreadable-file: posts.parquet is damaged, or not a Parquet file that this tool can read. Write it again, or hand it in as CSV UTF-8.',
    );
  });
});

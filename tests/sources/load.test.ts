import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifySources } from '../../src/sources/identify.js';
import { loadSources } from '../../src/sources/load.js';
import { NO_SETTINGS } from '../../src/sources/settings.js';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import { useLoader, VALID } from './load-folder.js';

describe('loadSources', () => {
  const loader = useLoader();

  it('makes the four canonical tables', async () => {
    await loader.load({});
    const columns = await loader.query<{ name: string; columns: string }>(`
      SELECT table_name AS name, string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) AS columns
      FROM duckdb_columns() WHERE NOT internal GROUP BY table_name ORDER BY table_name`);
    expect(Object.fromEntries(columns.map(({ name, columns }) => [name, columns]))).toEqual({
      influencers:
        'influencer_id VARCHAR, name VARCHAR, category VARCHAR, gender VARCHAR, follower_count BIGINT, platform VARCHAR',
      payouts: 'influencer_id VARCHAR, basis VARCHAR, rate BIGINT, orders BIGINT, total_payout BIGINT',
      posts:
        'post_id VARCHAR, influencer_id VARCHAR, platform VARCHAR, date DATE, url VARCHAR, caption VARCHAR, reach BIGINT, likes BIGINT, comments BIGINT',
      tracking:
        'source VARCHAR, campaign VARCHAR, influencer_id VARCHAR, product VARCHAR, date DATE, orders BIGINT, revenue BIGINT, rows BIGINT, negative_orders BIGINT, revenue_without_orders BIGINT, orders_without_revenue BIGINT, repeats BIGINT',
    });
  });

  it('says what it read', async () => {
    const tracking =
      'Influencer ID,date,Revenue,orders,user_id,Coupon,\nA,2025-01-02,10,1,u1,X,\nA,2025-01-02,5,1,u2,,\n';
    const { files, tables } = await loader.load({ 'tracking_data.csv': tracking });
    expect(files.map(({ input, rows }) => [input.table.name, input.head.name, rows])).toEqual([
      ['influencers', 'influencers.csv', 1],
      ['posts', 'posts.csv', 1],
      ['tracking', 'tracking_data.csv', 2],
      ['payouts', 'payouts.csv', 1],
    ]);
    expect(files[2]).toMatchObject({ input: { ignoredColumns: ['Coupon'] }, dateOrder: null, notes: [] });
    expect(tables[2]).toEqual({
      table: 'tracking_data',
      read: 2,
      used: 2,
      blank: 0,
      quarantined: 0,
    });
  });

  it('reads every spelling of the same file', async () => {
    const rows = [
      ['ID', 'Name', 'CATEGORY', 'gender', 'Follower-Count', 'plat form'],
      ['a1', 'Asha, "the" lifter 😀', 'फिटनेस', 'female', '12000', 'Instagram'],
      ['a2', 'Two\nlines', '', '', '', 'YouTube'],
    ];
    const write = (delimiter: string, lineEnd: string) =>
      rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join(lineEnd);
    const spellings = [
      write(',', '\n'),
      `\ufeff${write(',', '\r\n')}\r\n\r\n\r\n`,
      `\n\n${write(';', '\n')}\n`,
      write('\t', '\r\n'),
      write('|', '\n'),
    ];
    for (const spelling of spellings) {
      await loader.load({ 'influencers.csv': spelling });
      expect(await loader.query('SELECT * FROM influencers ORDER BY influencer_id')).toEqual([
        {
          influencer_id: 'a1',
          name: 'Asha, "the" lifter 😀',
          category: 'फिटनेस',
          gender: 'female',
          follower_count: 12000,
          platform: 'Instagram',
        },
        {
          influencer_id: 'a2',
          name: 'Two\nlines',
          category: null,
          gender: null,
          follower_count: null,
          platform: 'YouTube',
        },
      ]);
    }
  });

  it('reads a file of one column, with blank lines', async () => {
    await loader.load({ 'influencers.csv': 'influencer_id\nA\n\nB\n  \n""\n\n' });
    expect(await loader.query('SELECT influencer_id FROM influencers ORDER BY 1')).toEqual([
      { influencer_id: 'A' },
      { influencer_id: 'B' },
    ]);
  });

  it('reads files that hold only a header as no rows', async () => {
    const { files } = await loader.load({
      'influencers.csv': 'ID',
      'posts.csv': 'influencer_id,date\r\n',
      'tracking_data.csv': '\ufeffinfluencer_id,date,revenue\n',
      'payouts.csv': 'influencer_id,total_payout\n\n',
    });
    expect(files.map(({ rows }) => rows)).toEqual([0, 0, 0, 0]);
  });

  it('keeps tracking rows without an influencer', async () => {
    await loader.load({
      'tracking_data.csv': 'influencer_id,date,revenue\n,2025-01-02,10\n"  ",2025-01-02,5\n',
    });
    expect(
      await loader.query('SELECT influencer_id, orders, revenue FROM tracking ORDER BY revenue'),
    ).toEqual([
      { influencer_id: null, orders: 1, revenue: 500 },
      { influencer_id: null, orders: 1, revenue: 1000 },
    ]);
  });

  it('replaces the tables of an earlier load', async () => {
    await loader.load({ 'influencers.csv': 'ID\nA\nB\nC\n' });
    await loader.load({ 'influencers.csv': 'ID\nZ\n' });
    expect(await loader.query('SELECT influencer_id FROM influencers')).toEqual([{ influencer_id: 'Z' }]);
  });

  it('rejects with the reason of the abort', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'roi-report-abort-'));
    for (const [name, content] of Object.entries(VALID)) {
      await writeFile(path.join(folder, name), content ?? '');
    }
    const warehouse = await openDuckDb();
    const abort = new AbortController();
    const steps: string[] = [];
    const progress = (step: string) => {
      steps.push(step);
      if (step === 'Loading posts.csv') abort.abort(new Error('Enough.'));
    };
    const settings = {
      influencers: NO_SETTINGS,
      posts: NO_SETTINGS,
      tracking_data: NO_SETTINGS,
      payouts: NO_SETTINGS,
    };
    const identified = await identifySources(folder, settings);
    const loading = loadSources(warehouse, identified, {
      settings,
      currencyDigits: 2,
      signal: abort.signal,
      progress,
    });
    await expect(loading).rejects.toThrow('Enough.');
    expect(steps).toEqual(['Loading influencers.csv', 'Loading posts.csv']);
    await warehouse.close();
    await rm(folder, { recursive: true });
  });

  it('returns every field of random tables as written', async () => {
    const character = fc.constantFrom(...'ab,;"\n\r\t é😀न\u00a0#\\\'-');
    const text = fc.string({ unit: character, maxLength: 8 });
    const row = fc.record({ name: text, category: text, followers: fc.option(fc.integer()) });
    const lineEnd = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), lineEnd, fc.boolean(), async (rows, end, bom) => {
        const quote = (cell: string) =>
          /[",\n\r]/.test(cell) || cell === '#' ? `"${cell.replaceAll('"', '""')}"` : cell;
        const lines = rows.map(({ name, category, followers }, index) =>
          [`id${index}`, quote(name), quote(category), followers ?? ''].join(','),
        );
        const csv = `${bom ? '\ufeff' : ''}${['ID,name,category,follower_count', ...lines].join(end)}${end}`;
        await loader.load({ 'influencers.csv': csv });
        const trimmed = (cell: string) => cell.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '') || null;
        expect(
          await loader.query(
            'SELECT name, category, follower_count AS followers FROM influencers ORDER BY CAST(substr(influencer_id, 3) AS INTEGER)',
          ),
        ).toEqual(
          rows.map(({ name, category, followers }) => ({
            name: trimmed(name),
            category: trimmed(category),
            followers,
          })),
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('loadSources of a folder with an awkward name', () => {
  const loader = useLoader("a=b [x]*?' é");

  it('reads exactly that folder', async () => {
    await loader.load({ 'influencers.csv': 'ID\nQ\n' });
    expect(await loader.query('SELECT * FROM influencers')).toEqual([
      { influencer_id: 'Q', name: null, category: null, gender: null, follower_count: null, platform: null },
    ]);
  });
});

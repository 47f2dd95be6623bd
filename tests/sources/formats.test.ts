import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import { setAside, useLoader } from './load-folder.js';

const loader = useLoader();

const tracked = () =>
  loader.query(
    'SELECT influencer_id, campaign, CAST(date AS VARCHAR) AS date, orders, revenue FROM tracking ORDER BY date, revenue',
  );

describe('dates', () => {
  const rows = (...dates: string[]) =>
    `influencer_id,date,revenue\n${dates.map((date) => `A,${date},1\n`).join('')}`;
  const days = async () =>
    (
      await loader.query<{ date: string }>('SELECT CAST(date AS VARCHAR) AS date FROM tracking ORDER BY 1')
    ).map(({ date }) => date);

  it('have the order that the values prove, wherever the proof stands', async () => {
    const early = Array.from({ length: 200 }, () => '03/04/2026');
    const loaded = await loader.load({ 'tracking_data.csv': rows(...early, '25/04/2026') });
    expect(await days()).toEqual(['2026-04-03', '2026-04-25']);
    expect(loaded.files[2]?.dateOrder).toMatch(/^Day before month/);
    await loader.load({ 'tracking_data.csv': rows(...early, '04/25/2026') });
    expect(await days()).toEqual(['2026-03-04', '2026-04-25']);
  });

  it('are found out late, after a beginning that is all ISO', async () => {
    const iso = Array.from({ length: 150 }, () => '2026-01-01');
    const loaded = await loader.load({ 'tracking_data.csv': rows(...iso, '31.12.2025') });
    expect(await days()).toEqual(['2025-12-31', '2026-01-01']);
    expect(loaded.quarantined).toEqual([]);
  });

  it('that fit both orders are refused, with the setting to add', async () => {
    const refusal = await loader.refusal({ 'tracking_data.csv': rows('03/04/2026', '05/06/2026') });
    expect(refusal.code).toBe('undecidable-dates');
    expect(refusal.message).toContain(
      'tracking_data.csv, column date: 03/04/2026 can be 3 April 2026 or 4 March 2026',
    );
    expect(refusal.hint).toContain('sources.tracking_data.dateOrder');
  });

  it('that fit both orders are read as the configuration says', async () => {
    await loader.load(
      { 'tracking_data.csv': rows('03/04/2026') },
      { sources: { tracking_data: { dateOrder: 'mdy' } } },
    );
    expect(await days()).toEqual(['2026-03-04']);
  });

  it('of a drop that leaves the order open follow the other drops', async () => {
    const loaded = await loader.load({
      'tracking_data.csv': undefined,
      'drops/tracking-1.csv': rows('25/04/2026'),
      'drops/tracking-2.csv': rows('03/05/2026'),
    });
    expect(await days()).toEqual(['2026-04-25', '2026-05-03']);
    expect(loaded.files.map(({ dateOrder }) => dateOrder)[3]).toContain('as in the other files');
  });

  it('of a drop that proves nothing do not settle another drop', async () => {
    const refusal = await loader.refusal({
      'tracking_data.csv': undefined,
      'drops/tracking-1.csv': rows('03/03/2026'),
      'drops/tracking-2.csv': rows('04/05/2026'),
    });
    expect(refusal.code).toBe('undecidable-dates');
  });

  it('may have another order in another file', async () => {
    await loader.load({
      'tracking_data.csv': undefined,
      'drops/tracking-1.csv': rows('25/04/2026'),
      'drops/tracking-2.csv': rows('04/26/2026'),
    });
    expect(await days()).toEqual(['2026-04-25', '2026-04-26']);
  });
});

describe('amounts', () => {
  const rows = (...amounts: string[]) =>
    `influencer_id,date,revenue\n${amounts.map((amount) => `A,2026-01-01,${amount}\n`).join('')}`;

  it('whose points may group thousands are refused, with the setting to add', async () => {
    const text = rows('16.500', '3.450', '₹1.200', '900');
    const refusal = await loader.refusal({ 'tracking_data.csv': text });
    expect(refusal).toEqual({
      code: 'undecidable-decimals',
      message:
        'tracking_data.csv, column revenue: "16.500" can be 16,500 or 16.5 with decimals, and so can 2 other amounts.',
      hint: 'Add sources.tracking_data.decimal to the configuration: "," where the point groups thousands, "." where it begins the decimals.',
    });
    for (const [decimal, total] of [
      [',', 2_205_000],
      ['.', 92_115],
    ] as const) {
      await loader.load({ 'tracking_data.csv': text }, { sources: { tracking_data: { decimal } } });
      expect(await loader.query('SELECT CAST(SUM(revenue) AS BIGINT) AS total FROM tracking')).toEqual([
        { total },
      ]);
    }
  });

  it('with more decimals than the currency has are rounded where they show what they are', async () => {
    const { files } = await loader.load({ 'tracking_data.csv': rows('16.5004', '3.45', '1.2', '900.125') });
    expect(files[2]?.notes.join(' ')).toContain('2 rows have amounts with more than 2 decimals');
  });
});

describe('a table of which no row can be used', () => {
  it('stops the run, whatever the limits are', async () => {
    const text = 'influencer_id,date,revenue\nA,2026-01-01,x\nA,2026-01-02,y\n';
    expect(await loader.refusal({ 'tracking_data.csv': text })).toEqual({
      code: 'nothing-readable',
      message:
        'No row of tracking_data can be used, such as tracking_data.csv, line 2, column revenue: "x" is not a number.',
      hint: 'Fix the cell.',
    });
  });
});

describe('encodings', () => {
  it('are found out though the first such character stands late', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `I${index},Plain name`);
    const text = ['ID,name', ...rows, 'Z,José 10€', ''].join('\n');
    const bytes = Buffer.from(text.replace('€', '\x80'), 'latin1');
    const loaded = await loader.load({ 'influencers.csv': bytes });
    expect(await loader.query(`SELECT name FROM influencers WHERE influencer_id = 'Z'`)).toEqual([
      { name: 'José 10€' },
    ]);
    expect(loaded.files[0]?.input.head.encoding).toBe('windows-1252');
  });

  it('that are broken in one row cost that row', async () => {
    const good = Array.from({ length: 50 }, (_, index) => `I${index},नाम ${index}`).join('\n');
    const bytes = Buffer.concat([
      Buffer.from(`ID,name\n${good}\nX,`),
      Buffer.from([0xe0, 0xa4]),
      Buffer.from('\nY,यस\n'),
    ]);
    const loaded = await loader.load({ 'influencers.csv': bytes });
    expect(loaded.quarantined.map(({ line, code }) => [line, code])).toEqual([[52, 'bad-encoding']]);
    expect(loaded.tables[0]).toMatchObject({ read: 52, used: 51, quarantined: 1 });
  });

  it('and compression go together', async () => {
    const text = 'influencer_id;campaign;date;orders;revenue\r\nA;Frühling;2025-01-02;1;10,50\r\n';
    await loader.load(
      {
        'tracking_data.csv': undefined,
        'tracking_data.csv.gz': gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le')),
      },
      { sources: { tracking_data: { decimal: ',' } } },
    );
    expect(await tracked()).toEqual([
      { influencer_id: 'A', campaign: 'Frühling', date: '2025-01-02', orders: 1, revenue: 1050 },
    ]);
  });
});

describe('other formats', () => {
  it('a workbook with a sheet a table, true dates and serial dates', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'roi-report-xlsx-'));
    const file = path.join(folder, 'book.xlsx');
    const head = (...names: string[]) => names.map((value) => ({ value, type: String }));
    await writeXlsx([
      {
        sheet: 'People',
        data: [
          head('ID', 'Name', 'Followers'),
          [
            { value: 42, type: Number },
            { value: 'Asha', type: String },
            { value: 12000, type: Number },
          ],
        ],
      },
      {
        sheet: 'Posts',
        data: [
          head('post_id', 'influencer_id', 'date'),
          [
            { value: 'p1', type: String },
            { value: 42, type: Number },
            { value: new Date('2026-01-05T00:00:00Z'), type: Date, format: 'dd/mm/yyyy' },
          ],
        ],
      },
      {
        sheet: 'Orders',
        data: [
          head('influencer_id', 'campaign', 'date', 'orders', 'revenue'),
          [
            { value: 42, type: Number },
            { value: 'Spring', type: String },
            { value: 46027, type: Number },
            { value: 2, type: Number },
            { value: 199.5, type: Number },
          ],
          [],
          [
            { value: 42, type: Number },
            { value: 'Spring', type: String },
            { value: 'soon', type: String },
            { value: 2, type: Number },
            { value: 1, type: Number },
          ],
        ],
      },
      {
        sheet: 'Payouts',
        data: [
          head('influencer_id', 'basis', 'total_payout'),
          [
            { value: 42, type: Number },
            { value: 'Per Post', type: String },
            { value: 1000, type: Number },
          ],
        ],
      },
    ] as never).toFile(file);
    const loaded = await loader.load({
      'influencers.csv': undefined,
      'posts.csv': undefined,
      'tracking_data.csv': undefined,
      'payouts.csv': undefined,
      'book.xlsx': await readFile(file),
    });
    await rm(folder, { recursive: true });
    expect(await tracked()).toEqual([
      { influencer_id: '42', campaign: 'Spring', date: '2026-01-05', orders: 2, revenue: 19950 },
    ]);
    expect(await loader.query('SELECT CAST(date AS VARCHAR) AS date FROM posts')).toEqual([
      { date: '2026-01-05' },
    ]);
    expect(setAside(loaded)[0]).toContain('book.xlsx, sheet Orders:4 date [soon] "soon" is not a date');
  });

  it('Parquet, with the row of a bad value', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'roi-report-parquet-'));
    const file = path.join(folder, 'tracking.parquet');
    const warehouse = await openDuckDb();
    await warehouse.query(`COPY (
      SELECT * FROM (VALUES
        ('A', TIMESTAMP '2025-01-02 10:00:00', 1::INTEGER, 12.5::DOUBLE),
        ('A', NULL, 1, 3.0)
      ) AS t(influencer_id, "date", orders, revenue)
    ) TO '${file}' (FORMAT parquet)`);
    await warehouse.close();
    const loaded = await loader.load({
      'tracking_data.csv': undefined,
      'tracking.parquet': await readFile(file),
    });
    await rm(folder, { recursive: true });
    expect(await tracked()).toEqual([
      { influencer_id: 'A', campaign: null, date: '2025-01-02', orders: 1, revenue: 1250 },
    ]);
    expect(setAside(loaded)).toEqual(['tracking.parquet:3 date [] the cell is blank. Fill in the cell.']);
  });
});

it('a file that the configuration names itself has to be a table', async () => {
  const refusal = await loader.refusal(
    { 'tracking-b.csv': '<!doctype html><html><body>Sign in</body></html>' },
    { sources: { tracking_data: { path: ['tracking_data.csv', 'tracking-b.csv'] } } },
  );
  expect(refusal).toMatchObject({ code: 'not-a-table', message: expect.stringContaining('tracking-b.csv') });
});

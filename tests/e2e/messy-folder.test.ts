import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import type { Report } from '../../src/report/schema.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const AS_OF = ['--as-of', '2026-06-28', '--format', 'json'];

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await handIn(path.join(folder, 'messy'));
});
afterAll(() => remove());

/** The sample as people hand it in: exports with other headers, dates, amounts, dialects and encodings, and things beside them. */
async function handIn(target: string): Promise<void> {
  await mkdir(path.join(target, 'drops'), { recursive: true });
  const [influencers, posts, tracking, payouts] = await Promise.all(
    ['influencers', 'posts', 'tracking_data', 'payouts'].map(sample),
  );
  if (!influencers || !posts || !tracking || !payouts) throw new Error('The sample has four tables.');
  const renamed = ([header = [], ...rows]: string[][], names: Record<string, string>) => [
    header.map((name) => names[name] ?? name),
    ...rows,
  ];
  const write = (file: string, bytes: Buffer | string) => writeFile(path.join(target, file), bytes);

  await write(
    'Creators export (1).csv',
    written(renamed(influencers, { ID: 'Creator ID', follower_count: 'Followers' }), '\t'),
  );
  await write('posts.csv.gz', gzipSync(written(renamed(posts, { date: 'Post Date', URL: 'Post URL' }), '|')));
  await write('Payments June.csv', written(renamed(payouts, { total_payout: 'Payout Amount' }), ','));
  const [, ...orders] = tracking;
  const header = [
    'UTM Source',
    'Campaign Name',
    'Creator ID',
    'Customer ID',
    'Product',
    'Order Date',
    'Orders',
    'Net Sales (INR)',
    'Coupon',
  ];
  const drop = (rows: string[][]) => [
    header,
    ...rows.map(
      ([
        source = '',
        campaign = '',
        influencer = '',
        user = '',
        product = '',
        date = '',
        count = '',
        revenue = '',
      ]) => [
        source,
        campaign,
        influencer,
        user,
        product,
        date.split('-').reverse().join('/'),
        count,
        rupees(revenue),
        '',
      ],
    ),
  ];
  await write(
    'drops/orders 2026-W1.csv',
    `Exported on 28.06.2026\r\n\r\n${written(drop(orders.slice(0, 1_000)), ';')}`,
  );
  await write(
    'drops/orders 2026-W2.csv',
    Buffer.from(`\ufeff${written(drop(orders.slice(1_000, 2_000)), ';')}`, 'utf16le'),
  );
  await write('drops/orders 2026-W3.csv', `\ufeff${written(drop(orders.slice(2_000)), ';')};;;;;;;;\r\n`);

  const followers = new Map(influencers.map(([id, , , , count]) => [id, count]));
  const merged = tracking.map((row, index) => [
    ...row,
    ...(index === 0 ? ['follower_count', 'total_payout'] : [followers.get(row[2] ?? '') ?? '', '100']),
  ]);
  await write('merged_all.csv', written(merged, ','));
  await write('notes.txt', 'call Priya about the invoice\n');
}

async function sample(name: string): Promise<string[][]> {
  return parse(await readFile(path.join(packageRoot, 'data', `${name}.csv`), 'utf8'));
}

function written(rows: readonly (readonly string[])[], delimiter: string): string {
  const quoted = (value: string) =>
    value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => `${row.map(quoted).join(delimiter)}\r\n`).join('');
}

function rupees(amount: string): string {
  const grouped = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2 }).format(
    Math.abs(Number(amount)),
  );
  return Number(amount) < 0 ? `(₹${grouped})` : `₹${grouped}`;
}

async function report(out: string): Promise<Report> {
  return JSON.parse(await readFile(path.join(folder, out, '2026-06-28', 'report.json'), 'utf8'));
}

const tablesOf = ({ sections }: Report) =>
  sections.filter(({ id }) => id !== 'appendix').map(({ id, kpis, tables }) => ({ id, kpis, tables }));

describe('the sample, handed in as a messy folder', () => {
  it('gives the very figures of the sample, without any configuration', async () => {
    const plain = await runInProcess(
      ['build', '--data', path.join(packageRoot, 'data'), '--out', 'plain', ...AS_OF],
      { cwd: folder },
    );
    const messy = await runInProcess(['build', '--data', 'messy', '--out', 'from-messy', ...AS_OF], {
      cwd: folder,
    });
    expect([plain.code, messy.code]).toEqual([0, 0]);
    expect(messy.stderr).toContain('Left out: merged_all.csv looks like several tables merged into one');
    const found = await report('from-messy');
    expect(tablesOf(found)).toEqual(tablesOf(await report('plain')));
    expect(found.quality.quarantined).toMatchObject({ rows: 0, revenue: 0 });
    expect(found.quality.quarantined.tables.find(({ table }) => table === 'tracking_data')).toEqual({
      table: 'tracking_data',
      read: 3_001,
      used: 3_000,
      blank: 1,
      quarantined: 0,
    });
  });

  it('gives them too with the configuration that init writes for it', async () => {
    const init = await runInProcess(['init', 'messy', '--out', 'report.yaml'], { cwd: folder });
    expect(init).toMatchObject({ code: 0, stdout: 'Wrote report.yaml\n' });
    const build = await runInProcess(
      ['build', '--data', 'messy', '--config', 'report.yaml', '--out', 'with-config', ...AS_OF],
      { cwd: folder },
    );
    expect(build.code).toBe(0);
    expect(tablesOf(await report('with-config'))).toEqual(tablesOf(await report('plain')));
    const again = await runInProcess(['init', 'messy', '--out', 'report.yaml'], { cwd: folder });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('report.yaml is there already.\nWrite over it with --force');
  });

  it('that lacks something gets a configuration that says what is left to decide', async () => {
    await mkdir(path.join(folder, 'half'));
    await writeFile(path.join(folder, 'half', 'payouts.csv'), 'influencer_id,total_payout\nA,5\n');
    const { code, stdout, stderr } = await runInProcess(['init', 'half', '--out', '-'], { cwd: folder });
    expect(code).toBe(3);
    expect(stdout).toMatch(/# Left to decide:\n# - half has no file for influencers/);
    expect(stderr).toContain('Left to decide: half has no file for tracking_data');
  });
});

it('a row that cannot be used is left out, told in the report and listed beside it until it is mended', async () => {
  const dataDir = path.join(folder, 'one-bad-cell');
  await mkdir(dataDir);
  for (const name of ['influencers', 'posts', 'tracking_data', 'payouts']) {
    const text = await readFile(path.join(packageRoot, 'data', `${name}.csv`), 'utf8');
    await writeFile(path.join(dataDir, `${name}.csv`), text);
  }
  const file = path.join(dataDir, 'tracking_data.csv');
  const good = await readFile(file, 'utf8');
  const lines = good.split('\n');
  lines[1203] = (lines[1203] ?? '').replace(/[^,]*$/, '"=12,5o"');
  await writeFile(file, lines.join('\n'));

  const edition = path.join(folder, 'out', '2026-06-28');
  const build = () =>
    runInProcess(['build', '--data', dataDir, '--out', path.join(folder, 'out'), ...AS_OF], { cwd: folder });
  expect((await build()).code).toBe(0);
  expect(await readFile(path.join(edition, 'quarantine.csv'), 'utf8')).toContain(
    `"tracking_data","tracking_data.csv",1204,"revenue","'=12,5o","""'=12,5o"" is not a number","Fix the cell.",`,
  );
  const { quality, badge } = await report('out');
  expect(quality.quarantined).toMatchObject({ rows: 1, examples: [{ line: 1204, column: 'revenue' }] });
  expect(badge).toEqual({ color: 'amber', reason: '1 row of tracking_data is left out' });

  const check = await runInProcess(['check', '--data', dataDir, '--as-of', '2026-06-28'], { cwd: folder });
  expect(check.code).toBe(0);
  expect(check.stdout).toContain(
    'tracking_data.csv, line 1204, column revenue: "=12,5o" is not a number. Fix the cell, or set quarantine.maxShare to accept the loss (1 of 3,000 rows).',
  );

  await writeFile(file, good);
  expect((await build()).code).toBe(0);
  expect((await readdir(edition)).sort()).toEqual(['manifest.json', 'report.json']);
});

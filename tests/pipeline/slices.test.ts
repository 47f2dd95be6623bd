import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { createFormat } from '../../src/format/format.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import { packageRoot } from '../../src/package-root.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { type Slice, withSlices } from '../../src/pipeline/slices.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';
import type { Report } from '../../src/report/schema.js';
import { brands, brandTables, foreignWords, writeBrands } from '../support/brands.js';
import { type CsvRow, type CsvTables, writeTables } from '../support/csv-tables.js';
import { editionFiles, found } from '../support/edition-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const ASOF = '2025-06-30';
const config = configSchema.parse({ quarantine: { maxShare: 1, maxRevenueShare: 1 } });
const [own, ...others] = brands;
const ownFilters: Filters = { ...noFilters, campaigns: [...own.campaigns] };

let folder: string;
let remove: () => Promise<void>;
let browser: RunningBrowser;
beforeAll(async () => {
  [{ folder, remove }, browser] = await Promise.all([temporaryFolder(), launchBrowser(quietEffects())]);
});
afterAll(async () => {
  await Promise.all([browser.close(), remove()]);
});

let folders = 0;
async function dataOf(tables: CsvTables, write = writeBrands): Promise<string> {
  const dataDir = path.join(folder, String(folders++));
  await mkdir(dataDir);
  await write(dataDir, tables);
  return dataDir;
}

const computeAll = (dataDir: string, slices: readonly Slice[], asOf = ASOF) =>
  withSlices({ dataDir, config, asOf }, quietEffects(), async ({ compute }) => {
    const reports: Report[] = [];
    for (const slice of slices) reports.push(await compute(slice));
    return reports;
  });

const tablesOf = (report: Report) => report.sections.flatMap(({ tables }) => tables);
const rowsOf = (report: Report, id: string) => tablesOf(report).find((table) => table.id === id)?.rows ?? [];
const kpisOf = (report: Report) => report.sections.flatMap(({ kpis }) => kpis);
const kpi = (report: Report, id: string) => kpisOf(report).find((candidate) => candidate.id === id)?.value;

describe('slices of one load', () => {
  it('are the reports that a run with these filters makes, each', async () => {
    const dataDir = await dataOf(tinyTables, writeTables);
    const filters = [
      noFilters,
      { ...noFilters, campaigns: ['North'] },
      { ...noFilters, categories: ['food'] },
    ];
    const inputs = { dataDir, config, asOf: ASOF };
    const apart = await Promise.all(
      filters.map((each) =>
        computeReport({ ...inputs, config: { ...config, filters: each } }, quietEffects()),
      ),
    );
    const together = await withSlices(inputs, quietEffects(), ({ compute }) =>
      Promise.all(filters.map((each) => compute({ filters: each, isolated: false }))),
    );
    expect(together).toEqual(apart.map(({ report }) => report));
  });

  it('come with what decides whether they are fit to be sent', async () => {
    const dataDir = await dataOf(brandTables());
    const facts = await withSlices({ dataDir, config, asOf: ASOF }, quietEffects(), async (slices) => slices);
    expect(facts.trackedRows).toBe(brandTables().tracking_data.length - 1);
    expect(facts.newestOrder).toBe('2025-06-21');
    expect(facts.quarantined.map(({ value }) => value)).toContain('soon');
    expect(facts.judgements.find(({ id }) => id === 'future-date')).toMatchObject({ severity: 'warning' });
  });

  it('say nothing of the newest order where none is dated by the day of the report', async () => {
    const dataDir = await dataOf(tinyTables, writeTables);
    const inputs = { dataDir, config, asOf: '2025-06-01' };
    expect(await withSlices(inputs, quietEffects(), async ({ newestOrder }) => newestOrder)).toBeNull();
  });

  it('pass on what the work throws', async () => {
    const dataDir = await dataOf(tinyTables, writeTables);
    let calls = 0;
    const working = withSlices({ dataDir, config, asOf: ASOF }, quietEffects(), async () => {
      calls++;
      throw new Error('not of the data');
    });
    await expect(working).rejects.toThrow('not of the data');
    expect(calls).toBe(1);
  });
});

describe('an isolated slice of one brand', () => {
  let tables: CsvTables;
  let isolated: Report;
  let open: Report;
  let forbidden: string[];
  beforeAll(async () => {
    tables = brandTables();
    const dataDir = await dataOf(tables);
    const foreign = others.map(({ campaigns }) => ({
      filters: { ...noFilters, campaigns: [...campaigns] },
      isolated: false,
    }));
    const reports = await computeAll(dataDir, [
      { filters: ownFilters, isolated: true },
      { filters: ownFilters, isolated: false },
      { filters: noFilters, isolated: false },
      ...foreign,
    ]);
    const [first, second, whole, ...theirs] = reports;
    if (!first || !second || !whole) throw new Error('A report is missing.');
    isolated = first;
    open = second;
    forbidden = [...foreignWords(tables), ...figuresOf([whole, ...theirs])];
  });

  /** The large figures of reports of others, in every way in which they are written. */
  function figuresOf(reports: readonly Report[]): string[] {
    const format = createFormat('en-IN', 'INR');
    const shown = reports.flatMap((report) => [
      ...kpisOf(report).map(({ value }) => value),
      ...report.controls.map(({ expected }) => expected),
      ...tablesOf(report).flatMap(({ rows }) => rows.flatMap((row) => Object.values(row))),
    ]);
    const large = shown.filter((value): value is number => typeof value === 'number' && value > 100_000);
    const written = large.flatMap((value) => [
      String(value),
      format.value(value, 'money'),
      format.value(value, 'exact'),
      format.compact(value),
      format.money(value),
    ]);
    return [...new Set(written)];
  }

  it('holds no name, id, caption or figure of another, in any of its files', async () => {
    const files = await editionFiles(isolated, browser);
    expect([...files.keys()]).toContain('report.pdf');
    expect(forbidden.length).toBeGreaterThan(200);
    expect(found(files, forbidden)).toEqual([]);
    expect([...files.values()].join(' ')).not.toMatch(/₹\s?[\d.]+\s?(L|Cr)\b/);
    for (const file of ['report.json', 'report.html', 'tables.csv', 'report.pdf'])
      expect(found(files, ['Zephyrine Dusk', 'Shared BOTH-1', 'Zephyrine tonic'])).toContain(
        `${file}: Zephyrine Dusk`,
      );
  });

  it('would hold some if it were not isolated: the search finds them in every file', async () => {
    const leaks = found(await editionFiles(open, browser), forbidden);
    for (const file of ['report.json', 'report.html', 'tables.csv', 'report.pdf'])
      expect(leaks.filter((leak) => leak.startsWith(`${file}:`)).length, file).toBeGreaterThan(3);
    for (const word of ['both-post-open', 'BOTH-2 says Quillon where nobody ordered', '611977', '612011'])
      expect(leaks).toContain(`report.json: ${word}`);
  });

  it('shows of people who also work for others the part in scope, and n/a where a figure covers more', async () => {
    const [first] = rowsOf(isolated, 'payouts').filter((row) => row.influencer_id === 'BOTH-1');
    expect(first).toMatchObject({ basis: 'order', rate: null, orders_paid: null, orders_tracked: null });
    const person = rowsOf(isolated, 'influencers').find((row) => row.influencer_id === 'BOTH-1');
    expect(person).toMatchObject({ revenue: 1_201, orders: 3, followers: 5_003 });
    const whole = rowsOf(isolated, 'payouts').find((row) => row.influencer_id === 'ZEPHYRINE-1');
    expect(whole).toMatchObject({ orders_paid: 8, orders_tracked: 15 });
    const listed = rowsOf(isolated, 'top-posts-likes').map((row) => row.post_id);
    expect(listed).toContain('both-post-zephyrine');
    expect(rowsOf(open, 'top-posts-likes').map((row) => row.post_id)).toContain('both-post-open');
  });

  it('keeps the colour of the badge, and says once that the whole input was checked', async () => {
    expect(isolated.badge.color).toBe(open.badge.color);
    expect(isolated.badge.reason).toBe(
      'Checked together with the whole input: there is something to look at, the sender knows the details',
    );
    expect(isolated).toMatchObject({
      meta: { sources: [] },
      quality: { checks: [], quarantined: { rows: 0, revenue: 0, tables: [], examples: [] } },
    });
    expect(isolated.controls.map(({ id }) => id)).toEqual([
      'campaign-payout',
      'campaign-revenue',
      'week-payout',
      'week-revenue',
    ]);
    const appendix = isolated.sections.at(-1);
    expect(appendix?.notes[0]).toBe(
      'Files, data quality and rows left out were checked with the whole input.',
    );
    expect(appendix?.tables.map(({ id }) => id)).toEqual([
      'definitions',
      'filters',
      'allocation',
      'controls',
    ]);
    const html = (await editionFiles(isolated, null)).get('report.html') ?? '';
    expect(html).not.toMatch(/<h3>(Data quality|Sources|Rows left out)/);
  });

  it('shows the baseline over all campaigns, and not where fewer than three others would be given away', async () => {
    expect(kpi(isolated, 'baseline_roas')).toBe(kpi(open, 'baseline_roas'));
    expect(kpi(isolated, 'baseline_roas')).toBeGreaterThan(0);
    const few = await dataOf(brandTables(['Marrowby']));
    const [hidden, told] = await computeAll(few, [
      { filters: ownFilters, isolated: true },
      { filters: ownFilters, isolated: false },
    ]);
    if (!hidden || !told) throw new Error('A report is missing.');
    expect(kpi(told, 'baseline_roas')).toBeGreaterThan(0);
    expect(kpi(hidden, 'baseline_roas')).toBeNull();
    for (const id of ['campaigns', 'influencers'])
      expect(new Set(rowsOf(hidden, id).map((row) => row.iroas))).toEqual(new Set([null]));
    for (const id of ['campaign-deep-dive', 'influencer-analysis']) {
      const notes = hidden.sections.find((section) => section.id === id)?.notes.join(' ');
      expect(notes).toContain('Baseline and iROAS are n/a: fewer than three other campaigns');
    }
    expect((await editionFiles(hidden, null)).get('report.html')).toContain('n/a');
  });
});

it('an isolated report stays the same, whatever is written about others', async () => {
  const tables = brandTables(['Marrowby', 'shared']);
  const changed = (row: CsvRow): CsvRow => {
    if (!/quillon/i.test(Object.values(row).join(' '))) return row;
    const cells = Object.entries(row).map(([key, value]) => [
      key,
      typeof value === 'number' ? value * 3 : value.replace(/quillon/gi, 'Vexillum'),
    ]);
    return Object.fromEntries(cells);
  };
  const others = {
    influencers: tables.influencers.map(changed),
    posts: tables.posts.map(changed),
    tracking_data: tables.tracking_data.map(changed),
    payouts: tables.payouts.map(changed),
  };
  const slices = [true, false].map((isolated) => ({ filters: ownFilters, isolated }));
  const [[isolated, open], [after, openAfter]] = await Promise.all([
    computeAll(await dataOf(tables), slices),
    computeAll(await dataOf(others), slices),
  ]);
  expect(isolated?.sections[0]?.kpis[0]?.value).toBeGreaterThan(10_000);
  expect(after).toEqual(isolated);
  expect(openAfter).not.toEqual(open);
});

describe('isolated slices of the sample', () => {
  const dataDir = path.join(packageRoot, 'data');
  const asOf = '2026-06-28';
  const slices: Filters[] = [
    { ...noFilters, campaigns: ['Tezbal Summer Hydration'] },
    { ...noFilters, campaigns: ['Ojavya Sleep Better', "Ojavya Women's Wellness"] },
    { ...noFilters, campaigns: ['Tezbal Plant Power'], platforms: ['Instagram'] },
    { ...noFilters, categories: ['Yoga'], minFollowers: 20_000 },
    { ...noFilters, from: '2026-03-02' },
  ];
  let pairs: { isolated: Report; open: Report; filters: Filters }[];
  beforeAll(async () => {
    const reports = await computeAll(
      dataDir,
      slices.flatMap((filters) => [true, false].map((isolated) => ({ filters, isolated }))),
      asOf,
    );
    pairs = slices.flatMap((filters, index) => {
      const [isolated, open] = reports.slice(2 * index, 2 * index + 2);
      return isolated && open ? [{ isolated, open, filters }] : [];
    });
    expect(pairs).toHaveLength(slices.length);
  });

  it('show the same figures as others with these filters, but for what they withhold', () => {
    for (const { isolated, open, filters } of pairs) {
      expect(isolated.sections.map(({ kpis }) => kpis)).toEqual(open.sections.map(({ kpis }) => kpis));
      for (const table of tablesOf(isolated).filter(
        ({ id }) => id !== 'controls' && !id.startsWith('top-'),
      )) {
        const withheld = [
          ...(filters.campaigns.length > 0 ? ['loaded_roas'] : []),
          ...(table.id === 'payouts' ? ['rate', 'orders_paid', 'orders_tracked'] : []),
        ];
        const told = (report: Report) =>
          rowsOf(report, table.id)
            .filter((row) => table.id !== 'payouts' || row.payout !== 0)
            .map((row) => JSON.stringify(Object.entries(row).filter(([key]) => !withheld.includes(key))))
            .sort();
        expect(told(isolated), table.id).toEqual(told(open));
      }
      const shown = new Set(rowsOf(open, 'top-posts-revenue').map((row) => row.post_id));
      expect(rowsOf(isolated, 'top-posts-revenue').map((row) => row.post_id)).toEqual([...shown]);
    }
  });

  it('name no other campaign, and nobody who did nothing in theirs', async () => {
    const [tracking, people] = await Promise.all(['tracking_data', 'influencers'].map(columnsOf));
    const campaigns = [...new Set(tracking?.map((row) => row.campaign ?? ''))].filter((name) => name !== '');
    for (const { isolated, open, filters } of pairs.slice(0, 3)) {
      const active = new Set(
        tracking?.flatMap((row) =>
          filters.campaigns.includes(row.campaign ?? '') ? [row.influencer_id] : [],
        ),
      );
      const strangers = (people ?? []).filter(({ ID }) => !active.has(ID)).map(({ name = '' }) => name);
      const names = [...campaigns.filter((name) => !filters.campaigns.includes(name)), ...strangers];
      expect(names.length).toBeGreaterThan(30);
      expect(found(await editionFiles(isolated, null), names)).toEqual([]);
      expect(found(await editionFiles(open, null), names)).not.toEqual([]);
    }
  });

  async function columnsOf(table: string): Promise<Record<string, string>[]> {
    const text = await readFile(path.join(dataDir, `${table}.csv`), 'utf8');
    const [header = '', ...lines] = text.trim().split(/\r?\n/);
    const names = header.split(',');
    return lines.map((line) =>
      Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])),
    );
  }
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import type { Filters } from '../../src/model/filters.js';
import { noFilters } from '../../src/model/filters.js';
import { withSlices } from '../../src/pipeline/slices.js';
import type { Report } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';
import { type Files, reportWithOwn, smallest, writeOwn } from './own-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const sql = (text: string, yaml = 'title: Mine\n'): Files => ({ 'section.yaml': yaml, 'rows.sql': text });
const rowsOf = async (text: string, filters: Partial<Filters> = {}) => {
  const { section } = await reportWithOwn(folder, sql(text), filters);
  expect(section.error).toBeUndefined();
  return section.tables[0]?.rows;
};
const kpisOf = (report: Report) =>
  Object.fromEntries(report.sections[0]?.kpis.map(({ id, value }) => [id, value]) ?? []);

describe('a section of a title and one SQL file', () => {
  it('stands before the appendix, with label and unit of the metric of the same name', async () => {
    const { report, section, warnings } = await reportWithOwn(folder, smallest);
    expect(section).toEqual({
      id: 'mine',
      title: 'Mine',
      headline: 'Mine',
      kpis: [],
      tables: [
        {
          id: 'totals',
          title: 'Totals',
          columns: [{ key: 'revenue', label: 'Revenue', unit: 'money' }],
          rows: [{ revenue: 2_000 }],
        },
      ],
      charts: [],
      notes: [],
    });
    expect(report.sections.map(({ id }) => id).slice(-2)).toEqual(['mine', 'appendix']);
    expect(report.status).toBe('complete');
    expect(warnings).toEqual([]);
  });

  it('stands after the section that it names', async () => {
    const yaml = 'title: Mine\nafter: executive-overview\n';
    const { report } = await reportWithOwn(folder, { ...smallest, 'section.yaml': yaml });
    expect(report.sections.map(({ id }) => id).slice(0, 2)).toEqual(['executive-overview', 'mine']);
  });
});

describe('the tables that its SQL reads', () => {
  it('add up to the figures of the report, whatever the filters', async () => {
    const files = sql(`SELECT
      (SELECT COALESCE(SUM(revenue), 0) FROM orders) AS revenue,
      (SELECT COALESCE(SUM(orders), 0) FROM orders) AS orders,
      (SELECT SUM(payout) FROM payouts) AS payout,
      (SELECT COUNT(*) FROM influencers) AS influencers,
      (SELECT SUM(likes + comments) * 1.0 / SUM(reach) FROM posts) AS engagement_rate`);
    const each: Partial<Filters>[] = [
      {},
      { campaigns: ['North'] },
      { campaigns: ['south'], categories: ['Fitness'] },
      { categories: ['Food'] },
      { platforms: ['YouTube'] },
      { minFollowers: 5_001 },
      { maxFollowers: 5_000 },
      { from: '2025-06-03' },
      { to: '2025-06-02' },
      { campaigns: ['nobody'] },
    ];
    const config = await loadConfig(await writeOwn(folder, files));
    await withSlices({ dataDir: folder, config, asOf: '2025-06-30' }, quietEffects(), async (data) => {
      for (const filters of each) {
        const report = await data.compute({ filters: { ...noFilters, ...filters }, isolated: false });
        const kpis = kpisOf(report);
        const tables = report.sections.flatMap((section) => section.tables);
        expect(tables.find(({ id }) => id === 'rows')?.rows, JSON.stringify(filters)).toEqual([
          {
            revenue: kpis.revenue,
            orders: kpis.orders,
            payout: kpis.payout,
            influencers: tables.find(({ id }) => id === 'influencers')?.rows.length,
            engagement_rate: kpis.engagement_rate,
          },
        ]);
      }
    });
  });

  it('have the columns that are promised', async () => {
    const one = (table: string) => rowsOf(`SELECT * FROM ${table} ORDER BY ALL LIMIT 1`);
    expect(await one('orders')).toEqual([
      {
        date: '2025-06-02',
        influencer_id: 'A',
        post_id: 'PA',
        campaign: 'North',
        product: 'Tea',
        platform: 'Instagram',
        orders: 1,
        revenue: 600,
      },
    ]);
    expect(await one('payouts')).toEqual([
      {
        date: '2025-06-02',
        influencer_id: 'A',
        post_id: 'PA',
        campaign: 'North',
        platform: 'Instagram',
        basis: 'order',
        payout: 300,
      },
    ]);
    expect(await one('posts')).toEqual([
      {
        post_id: 'PA',
        influencer_id: 'A',
        platform: 'Instagram',
        date: '2025-06-02',
        url: null,
        caption: null,
        reach: 1_000,
        likes: 90,
        comments: 10,
      },
    ]);
    expect(await one('influencers')).toEqual([
      {
        influencer_id: 'A',
        name: 'Asha',
        category: 'Fitness',
        platform: 'Instagram',
        followers: 5_000,
        tier: 'nano',
      },
    ]);
  });

  it('hold money to the minor unit, in currencies with two, no and three decimals', async () => {
    const amount = { INR: '123456789.01', JPY: '12345678901', KWD: '12345678.901' };
    const [first] = tinyTables.tracking_data;
    for (const [currency, revenue] of Object.entries(amount)) {
      await writeOwn(folder, sql('SELECT SUM(revenue) * 3 AS thrice, SUM(revenue) AS revenue FROM orders'));
      await writeTables(folder, { ...tinyTables, tracking_data: [{ ...first, revenue }] });
      const config = configSchema.parse({ report: { currency }, sections: [`${folder}/sections/mine`] });
      const report = await withSlices(
        { dataDir: folder, config, asOf: '2025-06-30' },
        quietEffects(),
        (data) => data.compute({ filters: noFilters, isolated: false }),
      );
      const row = report.sections.find(({ id }) => id === 'mine')?.tables[0]?.rows[0];
      expect(row?.revenue).toBe(Number(revenue));
      expect(row?.revenue).toBe(kpisOf(report).revenue);
    }
  });
});

describe('rows', () => {
  it('stay in the order of the query, and end at 5,000 with a note', async () => {
    const { section } = await reportWithOwn(
      folder,
      sql('SELECT range AS n FROM range(20000) ORDER BY n DESC'),
    );
    const [table] = section.tables;
    expect(table?.rows).toHaveLength(5_000);
    expect(table?.rows.every(({ n }, index) => n === 19_999 - index)).toBe(true);
    expect(table?.note).toBe('The query gives more rows; these are the first 5,000.');
    const exact = await reportWithOwn(folder, sql('SELECT range AS n FROM range(5000)'));
    expect(exact.section.tables[0]).not.toHaveProperty('note');
  });

  it('hold dates, texts, yes and no, and null for what is not defined', async () => {
    const text = `SELECT DATE '2025-06-02' AS day, 'x' AS name, true AS yes, 1.5 AS number, 0 / 0.0 AS none,
      1e308 * 10 AS huge, NULL AS missing;  -- a comment; with a semicolon
      /* and another; */ ;`;
    const { section } = await reportWithOwn(folder, sql(text));
    expect(section.error).toBeUndefined();
    expect(section.tables[0]?.rows).toEqual([
      { day: '2025-06-02', name: 'x', yes: 'yes', number: 1.5, none: null, huge: null, missing: null },
    ]);
    expect(section.tables[0]?.columns.map(({ unit }) => unit)).toEqual([
      'date',
      'text',
      'text',
      'number',
      'number',
      'number',
      'count',
    ]);
  });

  it('may be none: columns stay, the title is the headline, charts are left out', async () => {
    const { section, report } = await reportWithOwn(folder, {
      'section.yaml': 'title: Mine\nheadline: "{campaign} is it"\ncolumns: { campaign: Name }\n',
      'rows.sql': "-- the ones that are missing\nSELECT campaign FROM orders WHERE campaign = 'x'",
      'rows.vl.json': '{"mark": "bar", "encoding": {"x": {"field": "campaign"}}}',
    });
    expect(report.status).toBe('complete');
    expect(section).toMatchObject({ headline: 'Mine', charts: [] });
    expect(section.tables).toEqual([
      {
        id: 'rows',
        title: 'The ones that are missing',
        columns: [{ key: 'campaign', label: 'Name', unit: 'text' }],
        rows: [],
      },
    ]);
  });
});

it('writes the headline from the first rows, in their units, and adds definitions to the appendix', async () => {
  const { section, report } = await reportWithOwn(folder, {
    'section.yaml': `title: Mine
headline: "{campaign}: {revenue}, {share} of all, {aov} an order"
columns:
  share: { label: Part, unit: share, definition: revenue ÷ all revenue }
notes: [Read with care.]
`,
    'best.sql': `SELECT campaign, SUM(revenue) AS revenue, SUM(revenue) / 2000 AS share, SUM(revenue) / SUM(orders) AS aov
      FROM orders GROUP BY campaign ORDER BY revenue DESC`,
  });
  expect(section.headline).toBe('South: ₹1,400, 70.0% of all, ₹466.67 an order');
  expect(section.notes).toEqual(['Read with care.']);
  const definitions = report.sections.at(-1)?.tables.find(({ id }) => id === 'definitions');
  expect(definitions?.rows.at(-1)).toEqual({
    metric: 'Part',
    formula: 'revenue ÷ all revenue',
    note: 'In the section “Mine”.',
  });
});

it('is left out of isolated reports, and the sender is told', async () => {
  await writeOwn(folder, smallest);
  const config = configSchema.parse({ sections: [`${folder}/sections/mine`] });
  const warnings: string[] = [];
  const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
  const inputs = { dataDir: folder, config, asOf: '2025-06-30' };
  const [isolated, open] = await withSlices(inputs, effects, async (data) => [
    await data.compute({ filters: { ...noFilters, campaigns: ['North'] }, isolated: true }),
    await data.compute({ filters: { ...noFilters, campaigns: ['North'] }, isolated: false }),
  ]);
  expect(JSON.stringify(isolated)).not.toContain('Mine');
  expect(JSON.stringify(open)).toContain('Mine');
  expect(warnings).toEqual(['The section "Mine" is left out where readers may see only their part.']);
});

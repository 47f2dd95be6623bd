import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configOf } from '../../src/config/load.js';
import { sectionYaml } from '../../src/config/section-yaml.js';
import { quietEffects } from '../../src/effects.js';
import { reportFiles } from '../../src/exports/report-files.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import { packageRoot } from '../../src/package-root.js';
import { withSlices } from '../../src/pipeline/slices.js';
import { renderReport } from '../../src/render/render.js';
import type { Report } from '../../src/report/schema.js';

const ID = 'weekday-pattern';
const filters: Filters[] = [
  noFilters,
  { ...noFilters, campaigns: ['Tezbal Summer Hydration'] },
  { ...noFilters, categories: ['Yoga'], minFollowers: 20_000, from: '2026-03-02' },
];
let reports: Report[];
let html: string;
beforeAll(async () => {
  const config = await configOf({ sections: [`config/sections/${ID}`] }, packageRoot);
  const inputs = { dataDir: path.join(packageRoot, 'data'), config, asOf: '2026-06-28' };
  reports = await withSlices(inputs, quietEffects(), async (data) => {
    const made = [];
    for (const each of filters) made.push(await data.compute({ filters: each, isolated: false }));
    return made;
  });
  const options = { page: config.report, templates: null, sections: config.sections };
  const [whole] = reports;
  html = whole ? await renderReport(whole, options, quietEffects()) : '';
});

const sectionOf = (report: Report) => report.sections.find(({ id }) => id === ID);
const sum = (rows: readonly Record<string, unknown>[], key: string) =>
  rows.reduce((total, row) => total + Math.round(Number(row[key]) * 100), 0) / 100;

describe('the example section', () => {
  it('adds up to the sample’s figures, whatever the filters', () => {
    for (const report of reports) {
      expect(report.status).toBe('complete');
      const rows = sectionOf(report)?.tables[0]?.rows ?? [];
      expect(rows.length).toBeGreaterThan(4);
      const kpis = Object.fromEntries(report.sections[0]?.kpis.map(({ id, value }) => [id, value]) ?? []);
      expect(sum(rows, 'revenue')).toBe(kpis.revenue);
      expect(sum(rows, 'orders')).toBe(kpis.orders);
    }
  });

  it('stands in the page like the built-in ones: contents, heading, chart, table, definitions', () => {
    expect(html).toContain(`<li><a href="#${ID}">Weekday pattern</a></li>`);
    expect(html).toMatch(
      /<h2 id="weekday-pattern-headline">\w+day brings the most: [\d.]+% of the revenue, ₹/,
    );
    expect(html).toMatch(/<figure class="chart" id="chart-weekday-pattern-weekdays">[\s\S]*?<svg role="img"/);
    expect(html).toContain('data-table="weekdays"');
    expect(html).toContain('Revenue of orders placed on that day of the week');
  });

  it('is in every export', async () => {
    const [whole] = reports;
    if (!whole) throw new Error('No report.');
    const files = await reportFiles(whole, ['json', 'csv', 'xlsx', 'parquet']);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([`tables/${ID}.weekdays.csv`, `tables/${ID}.weekdays.parquet`, 'report.xlsx']),
    );
    expect(files.get(`tables/${ID}.weekdays.csv`)).toContain('"Sunday",127,513,840385.36,');
  });
});

it('config/sections/README.md shows a section.yaml that is valid, and the example that is there', async () => {
  const folder = path.join(packageRoot, 'config', 'sections');
  const text = await readFile(path.join(folder, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(sectionYaml.safeParse(parse(blocks[1] ?? '')).error).toBeUndefined();
  expect(parse(blocks[0] ?? '')).toEqual({ sections: [`sections/${ID}`] });
  expect(await readdir(folder)).toContain(ID);
});

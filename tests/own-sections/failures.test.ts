import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { quietEffects } from '../../src/effects.js';
import { noFilters } from '../../src/model/filters.js';
import { withSlices } from '../../src/pipeline/slices.js';
import { renderReport } from '../../src/render/render.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { type Files, reportWithOwn, smallest, writeOwn } from './own-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const bars = (changes: object = {}) =>
  JSON.stringify({ mark: 'bar', encoding: { x: { field: 'revenue', type: 'quantitative' } }, ...changes });

const cases: [what: string, files: Files, words: string][] = [
  [
    'a column that is not there',
    { 'totals.sql': '-- a\nSELECT\n  revenu\nFROM orders\n' },
    'mine/totals.sql, line 3: Binder Error: Referenced column "revenu"',
  ],
  [
    'a table that is not there',
    { 'totals.sql': 'SELECT 1\nFROM order_rows' },
    'mine/totals.sql, line 2: there is no table "order_rows". The tables are orders,',
  ],
  [
    'a table of ours',
    { 'totals.sql': 'SELECT COUNT(*) AS n\nFROM main.payout_totals' },
    'mine/totals.sql, line 2: there is no table "payout_totals". The tables are orders,',
  ],
  [
    'a table of ours by a name in a text',
    { 'totals.sql': "SELECT *\nFROM query_table('payout_totals')" },
    'mine/totals.sql, line 2: there is no table "query_table".',
  ],
  [
    'a file',
    { 'totals.sql': "SELECT content\nFROM read_text('/etc/hostname')" },
    'mine/totals.sql, line 2: Permission Error',
  ],
  [
    'a file as if it were a table',
    { 'totals.sql': "SELECT *\nFROM 'payouts.csv'" },
    'mine/totals.sql, line 2: there is no table "payouts.csv".',
  ],
  [
    'a column that JavaScript takes for something else',
    { 'totals.sql': 'SELECT 5 AS "__proto__"' },
    'mine/totals.sql: a column may not be called "__proto__". Give it another name with AS.',
  ],
  [
    'a syntax error',
    { 'totals.sql': 'SELECT ₹\n,,' },
    'mine/totals.sql, line 2: syntax error at or near ","',
  ],
  [
    'a value that cannot be read',
    { 'totals.sql': 'SELECT\n CAST(campaign AS INTEGER) FROM orders' },
    'mine/totals.sql, line 2: Conversion Error: Could not convert string',
  ],
  [
    'a statement that writes',
    { 'totals.sql': 'DROP TABLE ledger' },
    'mine/totals.sql: it is not a SELECT. One SELECT, or WITH',
  ],
  [
    'a way out of the brackets',
    { 'totals.sql': 'SELECT 1) AS own; DROP TABLE ledger; SELECT * FROM (SELECT 1' },
    'mine/totals.sql, line 1: syntax error',
  ],
  ['two queries', { 'totals.sql': 'SELECT 1; SELECT 2' }, 'mine/totals.sql: it holds 2 queries.'],
  ['no query', { 'totals.sql': '-- later\n' }, 'mine/totals.sql: it holds no query.'],
  [
    'a type that reports do not hold',
    { 'totals.sql': "SELECT TIMESTAMP '2025-06-02 10:00:00' AS moment" },
    'mine/totals.sql: the column "moment" is a TIMESTAMP. Cast it',
  ],
  [
    'a number that is too large',
    { 'totals.sql': 'SELECT 12345678901234567890 AS n' },
    'mine/totals.sql: column n holds 12345678901234567890, which is too large',
  ],
  [
    'a column of section.yaml that no query gives',
    { 'section.yaml': 'title: Mine\ncolumns:\n  revenue: R\n  aov: A\n' },
    'mine/section.yaml, line 4: no SQL file gives a column "aov". There are: revenue.',
  ],
  [
    'a unit that does not fit',
    {
      'section.yaml': 'title: Mine\ncolumns:\n  name:\n    unit: money\n',
      'totals.sql': "SELECT 'x' AS name",
    },
    'mine/section.yaml, line 4: the unit of "name" is money, but mine/totals.sql gives it as VARCHAR.',
  ],
  [
    'a day that is a text',
    { 'section.yaml': 'title: Mine\ncolumns:\n  d: { unit: date }\n', 'totals.sql': "SELECT 'Monday' AS d" },
    'mine/section.yaml, line 3: the unit of "d" is date, but mine/totals.sql gives it as VARCHAR. Cast it to DATE.',
  ],
  [
    'a headline of nothing',
    { 'section.yaml': 'title: Mine\nheadline: "{roas} it is"\n' },
    'mine/section.yaml, line 2: no SQL file gives a column "roas".',
  ],
  [
    'data of a chart that nobody gives',
    { 'c.vl.json': bars({ data: { name: 'sales' } }) },
    'mine/c.vl.json: no SQL file of the section gives "sales". There are: totals.',
  ],
  [
    'a chart that loads',
    { 'c.vl.json': bars({ data: { url: 'https://example.com/x.csv' } }) },
    'mine/c.vl.json: a chart may not load "https://example.com/x.csv".',
  ],
  [
    'a chart that Vega-Lite refuses',
    { 'c.vl.json': '{"encoding": {"x": {"field": "revenue"}}}' },
    'mine/c.vl.json: Vega-Lite cannot draw it: ',
  ],
  [
    'a chart whose expression fails',
    { 'c.vl.json': bars({ transform: [{ calculate: 'datum.x +', as: 'y' }] }) },
    'mine/c.vl.json: Vega-Lite cannot draw it: ',
  ],
];

it('is an error in its place that names file and line, and a warning; the rest of the report is made', async () => {
  const config = await loadConfig(await writeOwn(folder, smallest));
  const warnings: string[] = [];
  const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
  await withSlices({ dataDir: folder, config, asOf: '2025-06-30' }, effects, async (data) => {
    for (const [what, files, words] of cases) {
      await writeOwn(folder, { ...smallest, 'c.vl.json': bars(), ...files });
      const report = await data.compute({ filters: noFilters, isolated: false });
      const section = report.sections.find(({ id }) => id === 'mine');
      expect(section?.error, what).toContain(words);
      expect(section?.error, what).not.toContain(folder);
      expect(section?.error, what).not.toContain('own_');
      expect(report.status, what).toBe('degraded');
      expect(
        report.sections.filter(({ error }) => error !== undefined),
        what,
      ).toHaveLength(1);
      expect(warnings.splice(0), what).toEqual([
        `The section "Mine" (${path.join(folder, 'sections', 'mine')}) could not be computed: ${section?.error}`,
      ]);
    }
    await writeOwn(folder, { ...smallest, 'c.vl.json': bars() });
    const mended = await data.compute({ filters: noFilters, isolated: false });
    expect(mended.status).toBe('complete');
  });
});

it('tells on the command line and on the page where a query fails, and ends with 1', async () => {
  const config = await writeOwn(folder, { ...smallest, 'totals.sql': 'SELECT\n  nothing\nFROM orders' });
  const run = await runInProcess(
    [
      'build',
      '--data',
      folder,
      '--config',
      config,
      '--out',
      folder,
      '--as-of',
      '2025-06-30',
      '--format',
      'html',
    ],
    { cwd: folder },
  );
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/The section "Mine" .*could not be computed: mine\/totals\.sql, line 2: /);
  const html = await readFile(path.join(folder, '2025-06-30', 'report.html'), 'utf8');
  expect(html).toContain('mine/totals.sql, line 2: ');
});

describe('before any data are read, with exit code 2:', () => {
  it.each([
    [
      'a place that is not there',
      'title: Mine\nafter: nowhere\n',
      'line 2: there is no section "nowhere" before',
    ],
    [
      'the id of a built-in section',
      'id: trend\ntitle: Mine\n',
      'line 1: a built-in section is called "trend"',
    ],
    ['a title that is missing', 'titel: Mine\n', 'mine/section.yaml, line 1, titel: '],
  ])('%s', async (_, yaml, words) => {
    const config = await writeOwn(folder, { ...smallest, 'section.yaml': yaml });
    const run = await runInProcess(
      ['build', '--data', path.join(folder, 'none'), '--config', config, '--out', folder, '--format', 'json'],
      { cwd: folder },
    );
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('mine/section.yaml, ');
    expect(run.stderr).toContain(words);
  });
});

describe('section.hbs', () => {
  const drawn = async (partial: string) => {
    const { report } = await reportWithOwn(folder, { ...smallest, 'section.hbs': partial });
    const config = await loadConfig(path.join(folder, 'report.yaml'));
    const options = { page: config.report, templates: null, sections: config.sections };
    return renderReport(report, options, quietEffects());
  };

  it('draws the section', async () => {
    expect(await drawn('<p>Mine: {{tables.totals.title}}</p>')).toContain('<p>Mine: Totals</p>');
  });

  it.each([
    ['a table that is not there', '\n\n{{tables.nothing.title}}', 3],
    ['syntax', '\n{{#if x}}\n', 3],
  ])('that fails for %s ends the run with 4, file and line', async (_, partial, line) => {
    const file = path.join(folder, 'sections', 'mine', 'section.hbs');
    await expect(drawn(partial)).rejects.toMatchObject({
      code: 'template-failed',
      exitCode: 4,
      message: expect.stringContaining(`The template ${file}, line ${line}, failed: `),
    });
  });
});

it('is drawn without its configuration too, and tells what Vega-Lite warns of with the file', async () => {
  const { report } = await reportWithOwn(folder, {
    ...smallest,
    'c.vl.json': bars({ encoding: { x: { field: 'revenue', type: 'quantitative' }, lenght: { value: 1 } } }),
  });
  const warnings: string[] = [];
  const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
  const page = { paper: 'A4', orientation: 'portrait' } as const;
  const html = await renderReport(report, { page, templates: null }, effects);
  expect(html).toContain('id="chart-mine-c"');
  expect(html).toContain('data-table="totals"');
  expect(warnings.join('\n')).toMatch(/^Chart mine\/c\.vl\.json: .*lenght/);
});

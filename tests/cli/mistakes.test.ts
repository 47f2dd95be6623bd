import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import { runCli } from '../support/cli.js';
import { csvOf, writeTables } from '../support/csv-tables.js';
import { runInProcess } from '../support/in-process.js';
import { reportWith } from '../support/report.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const EMPTY = { title: 'T', headline: 'H', kpis: [], tables: [], charts: [], notes: [] };

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, 'data'));
  await writeTables(path.join(folder, 'data'), tinyTables);
});
afterAll(() => remove());

/** A run into an output folder of its own, which has to stay without a report. */
async function failing(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const out = path.join(folder, `out ${name}`);
  const result = await runInProcess(
    ['build', '--data', 'data', '--out', out, '--format', 'json', '--as-of', '2025-06-30', ...args],
    { cwd: folder, env },
  );
  expect(result.stdout).toBe('');
  expect(await readdir(out).catch(() => [])).toEqual([]);
  return result;
}

async function dataWith(name: string, file: string, text: string | null): Promise<string> {
  const dataDir = path.join(folder, name);
  await mkdir(dataDir);
  await writeTables(dataDir, tinyTables);
  if (text === null) await rm(path.join(dataDir, file));
  else await writeFile(path.join(dataDir, file), text);
  return name;
}

/** A Parquet file whose first rows can be read, and whose later ones are zeros. */
async function damagedParquet(): Promise<Buffer> {
  const file = path.join(folder, 'whole.parquet');
  const warehouse = await openDuckDb();
  await warehouse.query(`COPY (
    SELECT 'A' AS influencer_id, DATE '2025-06-02' AS date, random() * 1000 AS revenue FROM range(400000)
  ) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 100000)`);
  await warehouse.close();
  const bytes = await readFile(file);
  return bytes.fill(0, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 200_000);
}

describe('data that cannot be used ends with 3 and says where', () => {
  it('a missing folder', async () => {
    const { code, stderr } = await failing('folder', ['--data', 'nowhere']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^Error: The folder nowhere does not exist\.\nName the folder/m);
  });

  it('a missing file', async () => {
    const data = await dataWith('no-payouts', 'payouts.csv', null);
    const { code, stderr } = await failing('file', ['--data', data]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'no-payouts has no file for payouts, which needs the columns influencer_id, total_payout.',
    );
    expect(stderr).toContain('Put the file there.');
  });

  it('a missing column', async () => {
    const data = await dataWith(
      'no-revenue',
      'tracking_data.csv',
      'influencer_id,date,orders\nA,2025-06-02,1\n',
    );
    const { code, stderr } = await failing('column', ['--data', data]);
    expect(code).toBe(3);
    expect(stderr).toContain('tracking_data.csv has no column revenue');
    expect(stderr).toContain('Add the column, or say which one holds it with sources.tracking_data.columns');
  });

  it('a bad value, by file, line, column, value and fix', async () => {
    const rows = tinyTables.tracking_data.map((row, index) =>
      index === 1 ? { ...row, revenue: 'about 900' } : row,
    );
    const data = await dataWith('bad-value', 'tracking_data.csv', csvOf('tracking_data', rows));
    const { code, stderr } = await failing('value', ['--data', data]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/tracking_data\.csv, line 3, column revenue: "about 900" is not a number/);
    expect(stderr).toContain('Fix the cell, or set quarantine.maxShare to accept the loss (1 of 3 rows).');
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('a configuration that cannot be used ends with 2 and says where', () => {
  it.each([
    ['an unknown key', 'report:\n  title: T\n  brnd: B\n', /config\.yaml, line 3, report\.brnd: /],
    ['a wrong type', 'thresholds:\n  roasBelow: low\n', /config\.yaml, line 2, thresholds\.roasBelow: /],
    ['a value out of range', 'metrics:\n  grossMargin: 35\n', /config\.yaml, line 2, metrics\.grossMargin: /],
    [
      'a currency that does not exist',
      'report:\n  currency: RUPEE\n',
      /line 2, report\.currency: is not a currency/,
    ],
    ['bad YAML', 'report:\n  title: "open\n', /config\.yaml, line \d+: /],
    ['a list', '- 1\n- 2\n', /config\.yaml, top level: /],
  ])('%s', async (name, text, line) => {
    const own = path.join(folder, `with ${name}`);
    await mkdir(own);
    await writeFile(path.join(own, 'config.yaml'), text);
    const { code, stderr } = await failing(name, ['--config', path.join(own, 'config.yaml')]);
    expect(stderr).toMatch(line);
    expect(code).toBe(2);
  });

  it('a file that is not there', async () => {
    const { code, stderr } = await failing('config', ['--config', 'none.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('none.yaml cannot be read');
  });
});

describe('other mistakes', () => {
  it.each([
    [
      ['--from', '2025-06-10', '--to', '2025-06-02'],
      'filters.from (2025-06-10) lies after filters.to (2025-06-02)',
    ],
    [
      ['--min-followers', '10', '--max-followers', '9'],
      'filters.minFollowers (10) lies above filters.maxFollowers (9)',
    ],
  ])('%j can match nothing: 2', async (args, message) => {
    const { code, stderr } = await failing(args.join(' '), args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('a flag against the file can match nothing: 2', async () => {
    await writeFile(path.join(folder, 'from.yaml'), 'filters: { from: 2025-06-10 }\n');
    const { code, stderr } = await failing('both', ['--config', 'from.yaml', '--to', '2025-06-02']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /filters\.from \(2025-06-10\) lies after .*\nSwap the two, on the command line or/,
    );
  });

  it('an output folder that is a file: 2', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    const { code, stderr } = await failing('taken', ['--out', 'taken']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/The report cannot be written to taken\/2025-06-30: .*\nChoose a folder/);
  });

  it.skipIf(process.getuid?.() === 0)('an output folder that may not be written to: 2', async () => {
    await mkdir(path.join(folder, 'locked'));
    await chmod(path.join(folder, 'locked'), 0o500);
    const { code } = await failing('locked', ['--out', 'locked']);
    expect(code).toBe(2);
  });

  it('a browser that is not there: 4, without waiting for the figures', async () => {
    const { code, stderr } = await failing('browser', ['--format', 'pdf'], {
      PUPPETEER_EXECUTABLE_PATH: '/no/such/chrome',
    });
    expect(code).toBe(4);
    expect(stderr).toContain('PUPPETEER_EXECUTABLE_PATH is not a program: /no/such/chrome');
    expect(stderr).toContain('or unset it');
  });

  it('shows a stack only when asked', async () => {
    const { stderr } = await failing('debug', ['--data', 'nowhere', '--debug']);
    expect(stderr).toMatch(/^ {4}at /m);
  });

  it('shows the statement of a failed query only when asked', async () => {
    const data = await dataWith('damaged', 'tracking_data.csv', null);
    await writeFile(path.join(folder, data, 'tracking.parquet'), await damagedParquet());
    const usual = await failing('query', ['--data', data]);
    const debugged = await failing('debugged query', ['--data', data, '--debug']);
    expect(usual.code).toBe(3);
    expect(usual.stderr).toContain('tracking.parquet cannot be read as Parquet: ');
    expect(usual.stderr).not.toContain('SELECT');
    expect(debugged.stderr).toMatch(/^Caused by: QueryError: Query failed: /m);
    expect(debugged.stderr).toContain('read_parquet(');
  });
});

describe('a report.json that cannot be drawn', () => {
  it.each([
    ['is not there', null, 'cannot be used'],
    ['is not JSON', '{"schemaVersion": 1', 'it is not JSON'],
    ['is something else', '[1, 2]', 'cannot be used'],
    ['is of another version', '{"schemaVersion": 2}', 'schemaVersion'],
  ])('because it %s: 2', async (name, text, message) => {
    const file = path.join(folder, `${name}.json`);
    if (text !== null) await writeFile(file, text);
    const { code, stdout, stderr } = await runInProcess(['render', file]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('Name a report.json that roi-report build wrote.');
  });
});

describe('a report.json that says what it may not', () => {
  it.each([
    ['meta.asOf', { meta: { asOf: 'today' } }],
    ['meta.locale', { meta: { locale: 'nowhere_at_all' } }],
    ['meta.currency', { meta: { currency: 'RUPEE' } }],
    ['sections.0.id', { sections: [{ ...EMPTY, id: '"><b>' }] }],
  ])('in %s: 2', async (field, changes) => {
    const file = path.join(folder, `bad ${field}.json`);
    await writeFile(file, JSON.stringify(reportWith(changes)));
    const { code, stdout, stderr } = await runInProcess(['render', file, '--no-pdf']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`cannot be used: ${field}: `);
  });
});

describe('own templates', () => {
  async function withTemplate(name: string, file: string, text: string) {
    const own = path.join(folder, name);
    await mkdir(path.dirname(path.join(own, file)), { recursive: true });
    await writeFile(path.join(own, file), text);
    await writeFile(path.join(folder, `${name}.yaml`), `theme:\n  templates: ${own}\n`);
    return ['--format', 'html', '--config', path.join(folder, `${name}.yaml`)];
  }

  it.each([
    ['syntax', '{{#if report}}open'],
    ['name', '{{report.meta.titel}}'],
    ['partial', '{{> no-such-partial}}'],
  ])('with a mistake of %s end with 4 and name the file', async (name, text) => {
    const { code, stderr } = await failing(name, await withTemplate(name, 'sections/trend.hbs', text));
    expect(stderr).toContain(path.join(folder, name, 'sections/trend.hbs'));
    expect(code).toBe(4);
  });

  it('in a folder that is not there end with 2', async () => {
    await writeFile(path.join(folder, 'lost.yaml'), 'theme:\n  templates: lost\n');
    const { code, stderr } = await failing('lost', ['--format', 'html', '--config', 'lost.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain(`The templates in ${path.join(folder, 'lost')} cannot be read`);
  });
});

it.each([
  [2, ['--config', 'none.yaml'], {}],
  [3, ['--data', 'nowhere'], {}],
  [4, ['--format', 'pdf'], { PUPPETEER_EXECUTABLE_PATH: '/no/such/chrome' }],
])('a process ends with %i too and says the same: %j', async (code, args, env) => {
  const whole = ['build', '--data', 'data', '--out', 'process', '--as-of', '2025-06-30', ...args];
  const { pid: _pid, ...result } = await runCli(whole, { cwd: folder, env });
  expect(result).toEqual(await runInProcess(whole, { cwd: folder, env }));
  expect(result.code).toBe(code);
  expect(result.stdout).toBe('');
});

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { writeTables } from '../support/csv-tables.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, 'data'));
  await writeTables(path.join(folder, 'data'), tinyTables);
  await mkdir(path.join(folder, 'broken'));
  await writeTables(path.join(folder, 'broken'), tinyTables);
  await writeFile(
    path.join(folder, 'broken', 'tracking_data.csv'),
    'influencer_id,date,orders\nA,2025-06-02,1\n',
  );
});
afterAll(() => remove());

/** Ten days after the last sale of the tiny tables: fresh; twenty days after it: stale, a warning. */
const FRESH = '2025-06-20';
const STALE = '2025-06-30';
const options = () => ({ cwd: folder, env: { NO_COLOR: '' } });
const check = (...args: string[]) => runInProcess(['check', ...args], options());

describe('roi-report check', () => {
  it('passes sound data with 0, and says so', async () => {
    const { code, stdout } = await check('--as-of', FRESH);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nPassed: 0 errors, 0 warnings, \d to know\.\n$/);
    expect(stdout).not.toContain('\u001B');
  });

  it('fails by the severity that is asked for', async () => {
    const lenient = await check('--as-of', STALE);
    expect(lenient.code).toBe(0);
    expect(lenient.stdout).toMatch(
      /^warning {2}stale-data .*The last sale is of 10 Jun 2025, 20 days before/m,
    );
    const strict = await check('--as-of', STALE, '--fail-on', 'warning');
    expect(strict.code).toBe(3);
    expect(strict.stdout).toContain('FAILED by stale-data');
  });

  it('takes severities, freshness and failOn from the configuration', async () => {
    const config = path.join(folder, 'config.yaml');
    await writeFile(config, 'checks:\n  failOn: error\n  severity:\n    stale-data: error\n');
    expect((await check('--as-of', STALE, '--config', config)).code).toBe(3);
    expect((await check('--as-of', STALE, '--config', config, '--fail-on', 'never')).code).toBe(0);
    const patient = path.join(folder, 'patient.yaml');
    await writeFile(patient, 'checks:\n  failOn: warning\n  freshnessDays: 20\n');
    expect((await check('--as-of', STALE, '--config', patient)).code).toBe(0);
  });

  it('refuses a severity of no check, with 2', async () => {
    const config = path.join(folder, 'typo.yaml');
    await writeFile(config, 'checks:\n  severity:\n    stale-date: error\n');
    const { code, stderr } = await check('--as-of', STALE, '--config', config);
    expect(code).toBe(2);
    expect(stderr).toContain('checks.severity names a check that does not exist: stale-date.');
  });

  it('gives the same as JSON, alone on standard output', async () => {
    const { code, stdout, stderr } = await check('--as-of', STALE, '--json', '--fail-on', 'warning');
    expect(code).toBe(3);
    const outcome = JSON.parse(stdout);
    expect(outcome).toMatchObject({ ok: false, asOf: STALE, failOn: 'warning', error: null });
    expect(outcome.badge).toMatchObject({ color: 'amber' });
    expect(outcome.checks[0]).toMatchObject({ id: 'stale-data', severity: 'warning', count: 1 });
    expect(stderr).toBe('');
  });

  it('writes JUnit XML into a file or to standard output, and nothing else', async () => {
    const out = path.join(folder, 'junit');
    const { code } = await check('--as-of', FRESH, '--junit', path.join(out, 'check.xml'));
    expect(code).toBe(0);
    expect(await readdir(out)).toEqual(['check.xml']);
    const xml = await readFile(path.join(out, 'check.xml'), 'utf8');
    expect(XMLValidator.validate(xml)).toBe(true);
    await rm(out, { recursive: true });
    const printed = await check('--as-of', FRESH, '--junit', '-');
    expect(printed.stdout).toBe(xml);
    expect((await check('--junit', '-', '--json')).code).toBe(2);
  });

  it('has data that cannot be loaded in every form, with 3', async () => {
    const text = await check('--data', 'broken', '--as-of', FRESH);
    expect(text.code).toBe(3);
    expect(text.stderr).toContain('has no column revenue');
    const json = await check('--data', 'broken', '--as-of', FRESH, '--json', '--fail-on', 'never');
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      error: { code: 'missing-column' },
      checks: [],
    });
    const xml = await check('--data', 'broken', '--as-of', FRESH, '--junit', '-');
    expect(xml.code).toBe(3);
    expect(xml.stdout).toContain('<failure type="missing-column"');
    expect(XMLValidator.validate(xml.stdout)).toBe(true);
  });

  it.each([
    [0, ['--as-of', FRESH]],
    [3, ['--as-of', STALE, '--json', '--fail-on', 'warning']],
    [3, ['--data', 'broken', '--as-of', FRESH]],
  ])('ends with %i and says the same as a process: %j', async (code, args) => {
    const { pid: _pid, ...result } = await runCli(['check', ...args], options());
    expect(result).toEqual(await check(...args));
    expect(result.code).toBe(code);
  });

  it('tells how the files were understood', async () => {
    const { stdout } = await check('--as-of', FRESH, '--explain');
    expect(stdout).toContain(
      'tracking_data: 1 file\n  tracking_data.csv  CSV, comma, UTF-8, header in line 1;',
    );
    expect(stdout).toContain('left out: nothing');
  });
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/ci/manifest.js';
import { csvOf, writeTables } from '../support/csv-tables.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  for (const name of ['data', 'broken', 'odd']) {
    await mkdir(path.join(folder, name));
    await writeTables(path.join(folder, name), tinyTables);
  }
  await writeFile(path.join(folder, 'broken', 'payouts.csv'), 'influencer_id\nA\n');
  const rows = tinyTables.tracking_data.map((row) => ({ ...row }));
  const odd = [
    ...rows,
    { ...rows[0], revenue: '::error::x' },
    { ...rows[0], revenue: 'y\n::stop-commands::z' },
  ];
  await writeFile(path.join(folder, 'odd', 'tracking_data.csv'), csvOf('tracking_data', odd));
  await writeFile(path.join(folder, 'lenient.yaml'), 'quarantine: { maxShare: 1, maxRevenueShare: 1 }\n');
});
afterAll(() => remove());

let runs = 0;
async function build(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  runs += 1;
  const out = `out${runs}`;
  const whole = ['build', '--as-of', '2025-06-30', '--format', 'json', '--out', out, ...args];
  const result = await runInProcess(whole, { cwd: folder, env: { GITHUB_WORKSPACE: folder, ...env } });
  const edition = path.join(folder, out, '2025-06-30');
  const files = await readdir(edition).catch(() => []);
  return { ...result, edition, files: files.sort() };
}

const textOf = (file: string) => readFile(path.join(folder, file), 'utf8');

describe('--fail-on', () => {
  it('ends with 0 where no gate fails', async () => {
    const { code, stderr } = await build([
      '--fail-on',
      'roas<0.8,revenue<1000',
      '--fail-on',
      'quality=error',
    ]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('Gate');
  });

  it('ends with 3 where one does, names figure and limit, and writes all files all the same', async () => {
    const { code, stdout, stderr, edition, files } = await build([
      '--fail-on',
      'revenue<3000,orders<1,campaigns.roas<1',
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('Revenue ₹2,000');
    expect(stderr).toContain('\nGate revenue<3000 failed. Revenue is ₹2,000, below ₹3,000.\n');
    expect(stderr).toContain('Gate campaigns.roas<1 failed. ROAS of “');
    expect(stderr).not.toContain('Gate orders');
    expect(files).toEqual(['manifest.json', 'report.json']);
    const { gates } = manifestSchema.parse(
      JSON.parse(await readFile(path.join(edition, 'manifest.json'), 'utf8')),
    );
    expect(gates.map(({ gate, ok, value }) => [gate, ok, value])).toEqual([
      ['revenue<3000', false, 2_000],
      ['orders<1', true, 4],
      ['campaigns.roas<1', false, 1],
    ]);
  });

  it('prints the gates with --json', async () => {
    const { code, stdout } = await build(['--json', '--fail-on', 'roas.change<0']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'complete',
      gates: [{ gate: 'roas.change<0', ok: false, value: null, text: expect.stringContaining('n/a') }],
    });
  });

  it('ends with 2 for a figure that there is not, and writes nothing', async () => {
    const { code, stderr, files } = await build(['--fail-on', 'cost<1']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cost, which is no figure of the report\.\nThere are: revenue, revenue\.week/);
    expect(files).toEqual([]);
  });

  it('judges a report without figures: each is n/a, and n/a fails', async () => {
    const none = path.join(folder, 'none');
    await mkdir(none);
    await writeTables(none, { influencers: [], posts: [], tracking_data: [], payouts: [] });
    const { code, stderr } = await build(['--data', 'none', '--fail-on', 'roas<0.8,revenue.week<1']);
    expect(code).toBe(3);
    expect(stderr).toContain('Gate roas<0.8 failed. ROAS is n/a, so it cannot be judged.');
    expect(stderr).toContain(
      'Gate revenue.week<1 failed. Revenue of the week is n/a, so it cannot be judged.',
    );
  });
});

describe('what a pipeline is told', () => {
  it('goes into the files that are named, and nothing without them', async () => {
    const args = ['--fail-on', 'revenue<3000', '--junit', 'ci/build.xml', '--summary', 'ci/build.md'];
    const { code } = await build(args, { GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '' });
    expect(code).toBe(3);
    const junit = await textOf('ci/build.xml');
    expect(XMLValidator.validate(junit)).toBe(true);
    expect(junit).toContain('<testcase classname="roi-report build.gates" name="revenue&lt;3000">');
    expect(await textOf('ci/build.md')).toContain('- **failed**: revenue\\<3000. Revenue is ₹2,000');
    expect((await readdir(path.join(folder, 'ci'))).sort()).toEqual(['build.md', 'build.xml']);
  });

  it('is added to the job summary of GitHub Actions, with annotations on stderr alone', async () => {
    const summary = path.join(folder, 'step.md');
    await writeFile(summary, 'before\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stdout, stderr } = await build(['--json', '--fail-on', 'revenue<3000'], env);
    expect(await textOf('step.md')).toMatch(/^before\n## Influencer ROI · .*\n/);
    expect(stderr).toContain('::error title=Gate revenue<3000::Revenue is ₹2,000, below ₹3,000.\n');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'complete' });
    await build([], env);
    expect((await textOf('step.md')).match(/^## /gm)).toHaveLength(2);
  });

  it('is a warning where the job summary cannot be written', async () => {
    const { code, stderr } = await build([], { GITHUB_STEP_SUMMARY: folder });
    expect(code).toBe(0);
    expect(stderr).toContain(`The job summary ${folder} cannot be written: `);
  });

  it('names file and line of rows that are not in the figures, which can be no command', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '' };
    const { stderr, stdout } = await build(['--data', 'odd', '--config', 'lenient.yaml'], env);
    expect(stderr).toContain(
      '\n::warning file=odd/tracking_data.csv,line=5,title=A row of tracking_data is not in the figures::tracking_data.csv, line 5, column revenue: "::error::x" is not a number. ',
    );
    const commands = (stdout + stderr).split(/[\r\n]/).filter((line) => /^\s*::/.test(line));
    expect(commands.every((line) => /^::(?:warning|error) (?:file|title)=/.test(line))).toBe(true);
    expect(stdout + stderr).not.toMatch(/^\s*::stop-commands/m);
  });
});

describe('a build that fails', () => {
  it('says so in every form, with its own exit code', async () => {
    const summary = path.join(folder, 'failed-step.md');
    const args = ['--data', 'broken', '--json', '--junit', 'failed.xml', '--summary', 'failed.md'];
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { code, stdout, stderr } = await build(args, env);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      status: 'failed',
      error: {
        code: 'missing-column',
        message: expect.stringContaining('total_payout'),
        hint: expect.stringContaining('Add the column'),
        exitCode: 3,
      },
    });
    expect(stderr).toMatch(/^::error title=missing-column::.*%0A/m);
    expect(stderr).toMatch(/^Error: /m);
    expect(await textOf('failed.xml')).toContain('<failure type="missing-column"');
    const markdown = await textOf('failed.md');
    expect(markdown).toMatch(/^## No report was made\n\n\*\*Error:\*\* .*total\\_payout/);
    expect(await readFile(summary, 'utf8')).toBe(markdown);
  });

  it('keeps its own failure where nothing can be recorded', async () => {
    const { code, stderr } = await build([
      '--config',
      'none.yaml',
      '--junit',
      path.join('lenient.yaml', 'x.xml'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('lenient.yaml/x.xml cannot be written: ');
    expect(stderr).toMatch(/\nError: The configuration none\.yaml cannot be read/);
  });

  it('prints JSON on stdout also where the command line is wrong', async () => {
    const { code, stdout } = await runInProcess(['build', '--json', '--fail-on', 'zzz'], { cwd: folder });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', error: { code: 'usage', exitCode: 2 } });
  });

  it('prints one document, where a record cannot be written too', async () => {
    await writeFile(path.join(folder, 'a-file'), '');
    const { code, stdout, stderr } = await build(['--json', '--junit', 'a-file/junit.xml']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', error: { code: 'output-unwritable' } });
    expect(stderr).toContain('a-file/junit.xml cannot be written');
    expect(stderr).toContain('Name another file with --junit.');
  });

  it.each(['--junit', '--summary', '--compare'])('%s refuses an empty name', async (flag) => {
    const { code, stderr } = await runInProcess(['build', flag, ''], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('It is empty.') });
  });

  it('a campaign gate says nothing of what has no campaign, and fails where nothing matches', async () => {
    const fine = await build(['--fail-on', 'campaigns.roas<0.01']);
    expect(fine.code).toBe(0);
    const empty = await build(['--fail-on', 'campaigns.roas<0.01', '--from', '2035-01-01']);
    expect(empty.code).toBe(3);
    expect(empty.stderr).toContain('Nothing matches the filters, so it cannot be judged.');
  });

  it('prints nothing on stdout without --json', async () => {
    expect((await build(['--config', 'none.yaml'])).stdout).toBe('');
  });

  it.each([
    ['check', '--config', 'none.yaml'],
    ['render', 'none.json'],
  ])('roi-report %s %s says so in JSON too', async (...args) => {
    const { code, stdout } = await runInProcess([...args, '--json'], { cwd: folder });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', error: { exitCode: 2 } });
  });
});

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/schema.js';
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
});
afterAll(() => remove());

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runInProcess(['build', '--as-of', '2025-06-30', ...args], { cwd: folder, env });
const runProcess = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runCli(['build', '--as-of', '2025-06-30', ...args], { cwd: folder, env });

async function reportIn(out: string): Promise<Report> {
  const [edition = ''] = await readdir(path.join(folder, out));
  return reportSchema.parse(
    JSON.parse(await readFile(path.join(folder, out, edition, 'report.json'), 'utf8')),
  );
}

it('narrows the report to what its flags say, all at once, leaves the baseline alone, and warns also with --json', async () => {
  const flags =
    '--campaign south --campaign East --category Fitness --platform Instagram --min-followers 5000';
  const more =
    '--max-followers 49999 --from 2025-06-02 --to 2025-06-10 --roas-below 1.6 --format json --json';
  const { code, stdout, stderr } = await runProcess([
    '--out',
    'narrow',
    ...flags.split(' '),
    ...more.split(' '),
  ]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'No campaign is called "East"; there are: North, South.\n',
  });
  const { kpis } = JSON.parse(stdout) as { kpis: Record<string, number> };
  expect(kpis).toMatchObject({
    revenue: 900,
    payout: 600,
    orders: 2,
    roas: 1.5,
    roi: 0.5,
    baseline_roas: (2 + 0.875) / 2,
  });
  const { meta, sections } = await reportIn('narrow');
  expect(meta.filters).toEqual({
    campaigns: ['south', 'East'],
    categories: ['Fitness'],
    platforms: ['Instagram'],
    minFollowers: 5_000,
    maxFollowers: 49_999,
    from: '2025-06-02',
    to: '2025-06-10',
  });
  const review = sections.find(({ id }) => id === 'financial-review');
  const below = review?.tables.find(({ id }) => id === 'underperformers');
  expect(below?.rows.map((row) => row.influencer_id)).toEqual(['A']);
});

describe('what it says and writes', () => {
  it('prints the figures and files, keeps notes and progress apart, and colours nothing', async () => {
    const { code, stdout, stderr } = await runProcess(['--out', 'plain', '--format', 'html,json']);
    expect(code).toBe(0);
    expect(stdout).toContain('Revenue ₹2,000 · Payout ₹1,900 · ROAS 1.05× · ROI 5.3%');
    expect(stdout).toContain(path.join('plain', '2025-06-30', 'report.html'));
    expect(stderr.split('\n')).toContain('Loading tracking_data.csv');
    expect(stdout).not.toContain('Loading');
    expect(stdout + stderr).not.toContain('\u001b');
    expect((await readdir(path.join(folder, 'plain', '2025-06-30'))).sort()).toEqual([
      'manifest.json',
      'report.html',
      'report.json',
    ]);
  });

  it('prints JSON and nothing else with --json', async () => {
    const { stdout, stderr } = await runProcess(['--out', 'json', '--format', 'json', '--json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'complete',
      asOf: '2025-06-30',
      badge: {
        color: 'amber',
        reason: 'The last sale is of 10 Jun 2025, 20 days before the report',
      },
      kpis: { revenue: 2_000, unattributed_payout: 0, organic_revenue: 0, engagement_rate: 0.04 },
      files: ['manifest.json', 'report.json'].map((name) => ({
        file: path.join('json', '2025-06-30', name),
      })),
      gates: [],
    });
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('leaves no file of an earlier run that disagrees with the new report.json', async () => {
    const edition = path.join(folder, 'twice', '2025-06-30');
    await mkdir(edition, { recursive: true });
    for (const name of ['report.pdf', 'report.html', 'mine.txt'])
      await writeFile(path.join(edition, name), '');
    await run(['--out', 'twice', '--format', 'html']);
    expect((await readdir(edition)).sort()).toEqual([
      'manifest.json',
      'mine.txt',
      'report.html',
      'report.json',
    ]);
    await run(['--out', 'twice', '--format', 'json']);
    expect((await readdir(edition)).sort()).toEqual(['manifest.json', 'mine.txt', 'report.json']);
  });

  it('takes a flag over the environment, and that over the file', async () => {
    await writeFile(
      path.join(folder, 'own.yaml'),
      'report: { title: Own title }\nfilters: { campaigns: [North] }\n',
    );
    const env = { ROI_REPORT_OUT: 'from env', ROI_REPORT_CONFIG: 'own.yaml', ROI_REPORT_DATA: 'nowhere' };
    const args = ['--data', 'data', '--campaign', 'South', '--format', 'json'];
    const { code } = await runProcess(args, env);
    expect(code).toBe(0);
    const { meta } = await reportIn('from env');
    expect(meta).toMatchObject({ title: 'Own title', filters: { campaigns: ['South'] } });
  });

  it('keeps a filtered report beside the whole one of the same day', async () => {
    await run(['--out', 'both', '--format', 'json']);
    await run(['--out', 'both', '--format', 'json', '--campaign', 'North']);
    const editions = await readdir(path.join(folder, 'both'));
    expect(editions.sort()).toEqual(['2025-06-30', expect.stringMatching(/^2025-06-30_north-[0-9a-f]{6}$/)]);
  });

  it('takes one partial and the style from an own folder, and the rest from the package', async () => {
    const own = path.join(folder, 'own-templates');
    await mkdir(path.join(own, 'partials'), { recursive: true });
    await mkdir(path.join(own, 'styles'));
    await writeFile(path.join(own, 'partials', 'notes.hbs'), '<p>OWN NOTES {{notes.length}}</p>');
    await writeFile(path.join(own, 'styles', 'report.css'), 'body { color: rebeccapurple }');
    await writeFile(path.join(folder, 'theme.yaml'), `theme: { templates: ${own} }\n`);
    const { code } = await run(['--config', 'theme.yaml', '--out', 'themed', '--format', 'html']);
    expect(code).toBe(0);
    const html = await readFile(path.join(folder, 'themed', '2025-06-30', 'report.html'), 'utf8');
    expect(html).toContain('<p>OWN NOTES 1</p>');
    expect(html).toContain('color: rebeccapurple');
    expect(html).not.toContain('--hairline: #e3e7eb');
    expect(html).toContain('data-table="campaigns"');
  });
});

it('has the fixed ids and keys in report.json', async () => {
  const { code } = await run(['--out', 'fixed', '--format', 'json']);
  expect(code).toBe(0);
  const { sections, ...report } = await reportIn('fixed');
  expect(report.schemaVersion).toBe(1);
  expect(sections.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['executive-overview', ...Object.keys(FIXED), 'appendix']),
  );
  const [overview] = sections;
  expect(overview?.kpis.map(({ id }) => id)).toEqual([
    'revenue',
    'payout',
    'roas',
    'roi',
    'orders',
    'baseline_roas',
    'engagement_rate',
    'unattributed_payout',
    'organic_revenue',
  ]);
  for (const [id, tables] of Object.entries(FIXED)) {
    const section = sections.find((candidate) => candidate.id === id);
    for (const [tableId, keys] of Object.entries(tables)) {
      const table = section?.tables.find((candidate) => candidate.id === tableId);
      const columns = table?.columns.map(({ key }) => key) ?? [];
      expect(columns, `${id}/${tableId}`).toEqual(expect.arrayContaining(keys.split(' ').filter(Boolean)));
      for (const row of table?.rows ?? []) expect(Object.keys(row)).toEqual(columns);
    }
  }
});

const POSTS = 'post_id influencer_id name platform date revenue likes comments reach engagement_rate';
const FIXED: Record<string, Record<string, string>> = {
  'executive-overview': { 'top-campaigns': '', 'top-influencers': '' },
  'campaign-deep-dive': {
    campaigns: 'campaign revenue payout orders influencers roas roi iroas loaded_roas',
  },
  'influencer-analysis': {
    influencers:
      'influencer_id name category platform followers tier revenue payout orders roas roi iroas engagement_rate',
  },
  'content-engagement': {
    'top-posts-revenue': POSTS,
    'top-posts-likes': POSTS,
    'top-posts-engagement': POSTS,
  },
  'financial-review': {
    payouts: 'influencer_id name basis rate payout orders_paid orders_tracked',
    underperformers: 'influencer_id name category roas revenue payout',
  },
  appendix: { definitions: '', quality: '', controls: '', sources: '' },
};

describe('render', () => {
  it('draws the saved report to the same bytes as the run that made it', async () => {
    await runProcess(['--out', 'whole']);
    const made = path.join(folder, 'whole', '2025-06-30');
    const { code, stdout } = await runCli(
      ['render', path.join(made, 'report.json'), '--out', 'again', '--json'],
      {
        cwd: folder,
      },
    );
    expect(code).toBe(0);
    const { files } = JSON.parse(stdout) as { files: { file: string }[] };
    expect(files.map(({ file }) => path.basename(file))).toEqual(['report.html', 'report.pdf']);
    for (const name of ['report.html', 'report.pdf']) {
      const [first, second] = await Promise.all([
        readFile(path.join(made, name)),
        readFile(path.join(folder, 'again', name)),
      ]);
      expect(Buffer.compare(first, second), name).toBe(0);
    }
  });

  it('ends with 1 for a report whose section failed, and says which', async () => {
    await run(['--out', 'degraded', '--format', 'json']);
    const file = path.join(folder, 'degraded', '2025-06-30', 'report.json');
    const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const trend = report.sections.find(({ id }) => id === 'trend');
    Object.assign(report, { status: 'degraded' });
    Object.assign(trend ?? {}, { tables: [], charts: [], notes: [], error: 'the weeks cannot be counted' });
    await writeFile(file, JSON.stringify(report));
    const { code, stdout } = await runCli(['render', file, '--no-pdf']);
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED section trend: the weeks cannot be counted');
    expect(await readFile(file.replace('.json', '.html'), 'utf8')).toContain('the weeks cannot be counted');
  });
});

describe('render and doctor', () => {
  let own: string;
  beforeAll(async () => {
    own = path.join(folder, 'own place');
    await mkdir(path.join(own, 'config', 'look', 'partials'), { recursive: true });
    await mkdir(path.join(own, 'data'));
    await writeTables(path.join(own, 'data'), tinyTables);
    await writeFile(path.join(own, 'config', 'report.yaml'), 'theme: { templates: look }\n');
    await writeFile(path.join(own, 'config', 'look', 'partials', 'notes.hbs'), '<p>OWN NOTES</p>');
    await writeFile(path.join(own, 'plain.yaml'), '{}\n');
    await runInProcess(['build', '--as-of', '2025-06-30', '--format', 'html'], { cwd: own });
  });

  it('take the configuration that build takes, where none is named', async () => {
    const edition = path.join(own, 'output', '2025-06-30');
    const built = await readFile(path.join(edition, 'report.html'), 'utf8');
    expect(built).toContain('<p>OWN NOTES</p>');
    await writeFile(path.join(edition, 'report.pdf'), 'kept');
    const { code } = await runInProcess(['render', path.join(edition, 'report.json'), '--no-pdf'], {
      cwd: own,
    });
    expect(code).toBe(0);
    expect(await readFile(path.join(edition, 'report.html'), 'utf8')).toBe(built);
    expect(await readFile(path.join(edition, 'report.pdf'), 'utf8')).toBe('kept');
    const { stdout } = await runInProcess(['doctor'], { cwd: own });
    expect(stdout).toContain(`configuration: ${path.join('config', 'report.yaml')}, `);
    expect(stdout).toContain('data folder: data holds the four tables');
  });

  it('take their settings from the environment', async () => {
    const env = { ROI_REPORT_DATA: 'nowhere', ROI_REPORT_OUT: 'elsewhere', ROI_REPORT_CONFIG: 'plain.yaml' };
    const { code, stdout } = await runInProcess(['doctor'], { cwd: own, env });
    expect(code).toBe(2);
    expect(stdout).toContain('data folder: The folder nowhere does not exist.');
    expect(stdout).toContain('output folder: elsewhere can be written');
    expect(stdout).toContain('configuration: plain.yaml, ');
    const report = path.join(own, 'output', '2025-06-30', 'report.json');
    await runInProcess(['render', report, '--no-pdf', '--out', 'drawn'], { cwd: own, env });
    expect(await readFile(path.join(own, 'drawn', 'report.html'), 'utf8')).not.toContain('OWN NOTES');
  });
});

describe('doctor', () => {
  it('finds nothing wrong here', async () => {
    const { code, stdout, stderr } = await runCli(['doctor', '--data', 'data', '--out', 'doctor'], {
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('FAILED');
    expect(stdout).toMatch(/^ok {5}browser: .*printed a page/m);
  });

  it('names what is missing, and the fix', async () => {
    const { code, stdout } = await runInProcess(
      ['doctor', '--data', 'nowhere', '--out', 'doctor', '--json'],
      {
        cwd: folder,
        env: { PUPPETEER_EXECUTABLE_PATH: '/no/such/chrome' },
      },
    );
    expect(code).toBe(2);
    const { ok, checks } = JSON.parse(stdout) as {
      ok: boolean;
      checks: { name: string; ok: boolean; fix: string }[];
    };
    expect(ok).toBe(false);
    const failed = checks.filter((check) => !check.ok);
    expect(failed.map(({ name }) => name)).toEqual(['data folder', 'browser']);
    expect(failed[1]?.fix).toContain('PUPPETEER_EXECUTABLE_PATH');
    expect(failed[0]?.fix).toContain('--data');
  });
});

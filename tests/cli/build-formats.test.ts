import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileFacts } from '../../src/ci/file-facts.js';
import { manifestSchema } from '../../src/ci/manifest.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
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

const run = (...args: string[]) => runInProcess(['build', '--as-of', '2025-06-30', ...args], { cwd: folder });
const inEdition = (out: string, file = '') => path.join(folder, out, '2025-06-30', file);
const filesIn = async (at: string) =>
  (await readdir(at, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(at, path.join(entry.parentPath, entry.name)))
    .sort();

async function reportIn(file: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

describe('--format', () => {
  it('writes what is asked for, lists it with its hash, and removes it when it is not asked for again', async () => {
    const { stdout } = await run('--out', 'formats', '--format', 'csv,xlsx,parquet');
    const edition = inEdition('formats');
    const report = await reportIn(path.join(edition, 'report.json'));
    const tables = report.sections.flatMap(({ id, tables: own }) => own.map((table) => `${id}.${table.id}`));
    const names = await filesIn(edition);
    expect(names).toEqual(
      [
        'manifest.json',
        'report.json',
        'report.xlsx',
        ...tables.flatMap((name) => [`tables/${name}.csv`, `tables/${name}.parquet`]),
      ].sort(),
    );
    expect(stdout).toContain(`*.csv (${tables.length} files, `);
    const manifest = manifestSchema.parse(
      JSON.parse(await readFile(path.join(edition, 'manifest.json'), 'utf8')),
    );
    const facts = await Promise.all(
      names
        .filter((name) => name !== 'manifest.json')
        .map(async (name) => fileFacts(name, await readFile(path.join(edition, name)))),
    );
    expect(manifest.outputs).toEqual(facts);
    expect(manifest.timings.total).toBeGreaterThanOrEqual(manifest.timings.exports ?? Number.NaN);

    await writeFile(path.join(edition, 'tables', 'mine.csv'), '');
    await run('--out', 'formats', '--format', 'json');
    expect(await filesIn(edition)).toEqual(['manifest.json', 'report.json', 'tables/mine.csv']);
  });

  it('exports a saved report to the same bytes', async () => {
    const formats = ['--format', 'csv,xlsx,parquet'];
    await run('--out', 'saved', ...formats);
    const saved = inEdition('saved', 'report.json');
    const { code, stdout } = await runInProcess(['render', saved, '--out', 'again', ...formats, '--json'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    const again = await filesIn(path.join(folder, 'again'));
    expect(again).toEqual(
      (await filesIn(inEdition('saved'))).filter((name) => !/^(?:report|manifest)\.json$/.test(name)),
    );
    expect(JSON.parse(stdout).files).toHaveLength(again.length);
    for (const name of again) {
      const [first, second] = await Promise.all([
        readFile(path.join(folder, 'again', name)),
        readFile(inEdition('saved', name)),
      ]);
      expect(first.equals(second), name).toBe(true);
    }
  });

  it('of render leaves out what --no-html and --no-pdf say', async () => {
    await run('--out', 'drawn', '--format', 'json');
    const args = [
      'render',
      inEdition('drawn', 'report.json'),
      '--format',
      'html,pdf,csv',
      '--no-html',
      '--no-pdf',
    ];
    const { code } = await runInProcess([...args, '--out', 'undrawn'], { cwd: folder });
    expect(code).toBe(0);
    expect(await readdir(path.join(folder, 'undrawn'))).toEqual(['tables']);
  });
});

describe('--no-filters', () => {
  it('leaves the filters to the command line alone', async () => {
    await writeFile(path.join(folder, 'north.yaml'), 'filters: { campaigns: [North], minFollowers: 10 }\n');
    const filtersOf = async (out: string, ...args: string[]) => {
      await run('--config', 'north.yaml', '--format', 'json', '--out', out, ...args);
      const [edition = ''] = await readdir(path.join(folder, out));
      return (await reportIn(path.join(folder, out, edition, 'report.json'))).meta.filters;
    };
    expect(await filtersOf('as configured')).toMatchObject({ campaigns: ['North'], minFollowers: 10 });
    expect(await filtersOf('none', '--no-filters')).toMatchObject({ campaigns: [], minFollowers: null });
    expect(await filtersOf('own', '--platform', 'YouTube', '--no-filters')).toMatchObject({
      campaigns: [],
      platforms: ['YouTube'],
      minFollowers: null,
    });
  });
});

describe('the ranking of posts that comes first', () => {
  const first = async (out: string) => {
    const { sections } = await reportIn(inEdition(out, 'report.json'));
    const section = sections.find(({ id }) => id === 'content-engagement');
    const html = await readFile(inEdition(out, 'report.html'), 'utf8');
    return {
      saved: section?.tables.map(({ id }) => id).filter((id) => id.startsWith('top-posts-')),
      drawn: [...html.matchAll(/data-table="(top-posts-[a-z]+)"/g)].map(([, id]) => id),
    };
  };
  const [revenue, likes, engagement] = ['top-posts-revenue', 'top-posts-likes', 'top-posts-engagement'];

  it('is by revenue, or by what configuration and flag say, in report.json and on the page', async () => {
    await writeFile(path.join(folder, 'likes.yaml'), 'report: { topPosts: likes }\n');
    await run('--out', 'usual', '--format', 'html');
    await run('--out', 'likes', '--format', 'html', '--config', 'likes.yaml');
    await run('--out', 'flag', '--format', 'html', '--config', 'likes.yaml', '--top-posts', 'engagement');
    const order = [revenue, likes, engagement];
    expect(await first('usual')).toEqual({ saved: order, drawn: order });
    const byLikes = [likes, revenue, engagement];
    expect(await first('likes')).toEqual({ saved: byLikes, drawn: byLikes });
    const byEngagement = [engagement, revenue, likes];
    expect(await first('flag')).toEqual({ saved: byEngagement, drawn: byEngagement });
  });
});

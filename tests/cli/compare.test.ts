import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { type CsvTables, writeTables } from '../support/csv-tables.js';
import { runInProcess } from '../support/in-process.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

const SECTION = 'since-last-edition';

/** A week later: the first order of June is worth next to nothing, and there is one more order. */
const [first = {}, ...others] = tinyTables.tracking_data;
const weekLater: CsvTables = {
  ...tinyTables,
  tracking_data: [
    { ...first, revenue: 0.5 },
    ...others,
    {
      source: 'PA',
      campaign: 'East',
      influencer_id: 'A',
      product: 'Tea',
      date: '2025-06-16',
      orders: 1,
      revenue: 700,
    },
  ],
};

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  for (const [name, tables] of Object.entries({ before: tinyTables, after: weekLater })) {
    await mkdir(path.join(folder, name));
    await writeTables(path.join(folder, name), tables);
  }
  await build('before', '2025-06-10');
});
afterAll(() => remove());

const build = (data: string, asOf: string, ...args: readonly string[]) =>
  runInProcess(['build', '--data', data, '--as-of', asOf, '--format', 'json', ...args], { cwd: folder });
const fileOf = (edition: string, name = 'report.json') => path.join('output', edition, name);
const textOf = (file: string) => readFile(path.join(folder, file), 'utf8');
const reportOf = async (file: string): Promise<Report> => reportSchema.parse(JSON.parse(await textOf(file)));
const idsOf = ({ sections }: Report) => sections.map(({ id }) => id);

describe('an edition a week later', () => {
  it('tells what moved since the last one in the output folder, and what was restated', async () => {
    const { code, stderr } = await build('after', '2025-06-17', '--format', 'html,json');
    expect({ code, warned: stderr.includes('compared') }).toEqual({ code: 0, warned: false });
    const report = await reportOf(fileOf('2025-06-17'));
    const sha256 = createHash('sha256')
      .update(await textOf(fileOf('2025-06-10')))
      .digest('hex');
    expect(report.comparison?.with).toMatchObject({ asOf: '2025-06-10', label: '2–10 Jun 2025', sha256 });
    expect(report.comparison?.restated).toEqual([
      { week: '2025-06-02', figure: 'revenue', before: 600, now: 0.5, change: -599.5 },
    ]);
    const moved = report.comparison?.moved;
    expect(moved?.kpis?.find(({ id }) => id === 'revenue')).toMatchObject({
      difference: 100.5,
      change: 100.5 / 2_000,
    });
    expect(moved?.campaigns?.map(({ campaign, state }) => [campaign, state])).toEqual([
      ['East', 'new'],
      ['North', 'moved'],
      ['South', 'moved'],
    ]);
    expect(idsOf(report).slice(-3)).toEqual(['trend', SECTION, 'appendix']);
    expect(report.findings.find(({ id }) => id === 'restated-weeks')).toMatchObject({
      severity: 'bad',
      evidence: { section: SECTION, impact: 599.5 },
    });
    const html = await textOf(fileOf('2025-06-17', 'report.html'));
    expect(html).toContain(`<li><a href="#${SECTION}">Since the last edition</a></li>`);
    expect(html).toContain('Revenue grew ₹101 since 10 Jun 2025; one past week was restated');
  });

  it('is the same to the byte when it is built again', async () => {
    const before = await textOf(fileOf('2025-06-17'));
    await build('after', '2025-06-17');
    expect(await textOf(fileOf('2025-06-17'))).toBe(before);
  });

  it('is compared with the edition that is named, wherever it lies, or with none', async () => {
    await build('after', '2025-06-17', '--out', 'named', '--compare', fileOf('2025-06-10'));
    expect(await textOf('named/2025-06-17/report.json')).toBe(await textOf(fileOf('2025-06-17')));
    await build('after', '2025-06-17', '--out', 'none', '--no-compare');
    const report = await reportOf('none/2025-06-17/report.json');
    expect(report).not.toHaveProperty('comparison');
    expect(idsOf(report)).not.toContain(SECTION);
  });

  it('is compared with none of other filters', async () => {
    await build('after', '2025-06-17', '--campaign', 'South', '--out', 'output');
    const filtered = (await readdir(path.join(folder, 'output'))).find((name) =>
      name.startsWith('2025-06-17_'),
    );
    expect(await reportOf(fileOf(filtered ?? ''))).not.toHaveProperty('comparison');
    await build('after', '2025-06-18', '--campaign', 'South', '--out', 'output');
    const later = (await readdir(path.join(folder, 'output'))).find((name) => name.startsWith('2025-06-18_'));
    expect((await reportOf(fileOf(later ?? ''))).comparison?.with.asOf).toBe('2025-06-17');
  });
});

it('a first edition has nothing to compare with, and no place for it', async () => {
  const report = await reportOf(fileOf('2025-06-10'));
  expect(report).not.toHaveProperty('comparison');
  expect(idsOf(report)).not.toContain(SECTION);
});

describe('an edition that cannot be compared with', () => {
  beforeAll(async () => {
    const report = await reportOf(fileOf('2025-06-10'));
    const files = {
      'broken.json': '{',
      'dollars.json': JSON.stringify({ ...report, meta: { ...report.meta, currency: 'USD' } }),
    };
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  });

  it.each([
    ['is missing', 'missing.json', '2025-06-17', [], 'there is no such file'],
    ['is no JSON', 'broken.json', '2025-06-17', [], 'it is not JSON'],
    ['is in another currency', 'dollars.json', '2025-06-17', [], 'its money is in USD'],
    ['has other filters', fileOf('2025-06-10'), '2025-06-17', ['--campaign', 'South'], 'its filters are not'],
    ['is of the same day', fileOf('2025-06-10'), '2025-06-10', [], 'it is as of 2025-06-10'],
  ])('ends the run where it is named and %s', async (_what, file, asOf, args, reason) => {
    const { code, stdout, stderr } = await build(
      'after',
      asOf,
      '--out',
      'refused',
      '--compare',
      file,
      ...args,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${file} cannot be compared with: ${reason}`);
    expect(stderr).toContain('--no-compare');
    await expect(readdir(path.join(folder, 'refused'))).rejects.toThrow('ENOENT');
  });

  it('is passed over where it is of another brand, unless it is named', async () => {
    const report = await reportOf(fileOf('2025-06-10'));
    const sample = path.join('other', '2025-06-10', 'report.json');
    await mkdir(path.join(folder, 'other', '2025-06-10'), { recursive: true });
    await writeFile(
      path.join(folder, sample),
      JSON.stringify({ ...report, meta: { ...report.meta, brand: 'Sample' } }),
    );
    expect((await build('after', '2025-06-17', '--out', 'other')).code).toBe(0);
    expect(await reportOf('other/2025-06-17/report.json')).not.toHaveProperty('comparison');
    await build('after', '2025-06-17', '--out', 'other', '--compare', sample);
    expect((await reportOf('other/2025-06-17/report.json')).comparison?.with.asOf).toBe('2025-06-10');
  });

  it('is passed over with a word where it was only found', async () => {
    const found = path.join('found', '2025-06-10', 'report.json');
    await mkdir(path.join(folder, 'found', '2025-06-10'), { recursive: true });
    await writeFile(path.join(folder, found), '{}');
    const { code, stderr } = await build('after', '2025-06-17', '--out', 'found', '--json');
    expect(code).toBe(0);
    expect(stderr).toContain(`${found} cannot be compared with: `);
    expect(await reportOf('found/2025-06-17/report.json')).not.toHaveProperty('comparison');
  });
});

it('reports with and without a comparison are drawn again from their files', async () => {
  for (const edition of ['2025-06-10', '2025-06-17']) {
    const { code, stdout } = await runInProcess(
      ['render', fileOf(edition), '--no-pdf', '--out', `again ${edition}`],
      {
        cwd: folder,
      },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('report.html') });
  }
  expect(await textOf('again 2025-06-10/report.html')).not.toContain(SECTION);
  expect(await textOf('again 2025-06-17/report.html')).toContain(`id="${SECTION}"`);
});

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Comparing, findPrevious } from '../../src/comparison/find-previous.js';
import { assertAlike, type Comparable, readPrevious } from '../../src/comparison/previous.js';
import { EXIT, ReportError } from '../../src/errors.js';
import { noFilters } from '../../src/model/filters.js';
import { editionName } from '../../src/output/edition.js';
import type { Report } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const now: Comparable = { asOf: '2025-07-07', currency: 'INR', filters: noFilters, isolated: false };
const source = {
  table: 'posts',
  file: 'posts.csv',
  rows: 1,
  bytes: 1,
  sha256: '',
  ignoredColumns: [],
  notes: [],
};

let folders = 0;
async function saved(content: Report | string, out = String(folders++), name = 'edition'): Promise<string> {
  const file = path.join(folder, out, name, 'report.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function failure(work: Promise<unknown>): Promise<ReportError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReportError) return error;
  throw new Error(`It did not fail as expected: ${String(error)}`);
}

describe('an earlier edition', () => {
  it('is read with the hash of its file', async () => {
    const report = reportWith({});
    const file = await saved(report);
    expect(await readPrevious(file, now)).toEqual({
      report,
      sha256: createHash('sha256').update(JSON.stringify(report)).digest('hex'),
    });
  });

  it('has the same filters also where names stand in another order or case', async () => {
    const filters = { ...noFilters, campaigns: ['North', 'south'], minFollowers: 0 };
    const file = await saved(reportWith({ meta: { filters } }));
    const other = { ...filters, campaigns: ['SOUTH', 'north', 'North'] };
    expect((await readPrevious(file, { ...now, filters: other })).report.meta.filters).toEqual(filters);
  });

  it.each<[string, Report | string, Partial<Comparable>]>([
    ['it is not JSON', '{', {}],
    ['the report: Invalid input', 'null', {}],
    ['status: ', JSON.stringify({ ...reportWith({}), status: 'fine' }), {}],
    [
      'it is as of 2025-06-30, which is not before the day of this report, 2025-06-30',
      reportWith({}),
      { asOf: '2025-06-30' },
    ],
    [
      'it is as of 2025-06-30, which is not before the day of this report, 2025-06-29',
      reportWith({}),
      { asOf: '2025-06-29' },
    ],
    ['its money is in INR, that of this report in USD', reportWith({}), { currency: 'USD' }],
    [
      'its filters are not those of this report',
      reportWith({}),
      { filters: { ...noFilters, minFollowers: 0 } },
    ],
    [
      'its filters are not those of this report',
      reportWith({}),
      { filters: { ...noFilters, platforms: ['X'] } },
    ],
    [
      'it was not made for readers who may see nothing outside its filters',
      reportWith({ meta: { sources: [source] } }),
      { isolated: true },
    ],
  ])('is refused by its name: %s', async (reason, content, changes) => {
    const file = await saved(content);
    const error = await failure(readPrevious(file, { ...now, ...changes }));
    expect(error.message).toContain(`${file} cannot be compared with: ${reason}`);
    expect(error).toMatchObject({ code: 'compare-unusable', exitCode: EXIT.usage });
  });

  it('is refused where there is no such file, or it is a folder', async () => {
    const missing = path.join(folder, 'nowhere', 'report.json');
    expect((await failure(readPrevious(missing, now))).message).toBe(
      `${missing} cannot be compared with: there is no such file.`,
    );
    expect((await failure(readPrevious(folder, now))).message).toContain('EISDIR');
  });

  it('may be one of an isolated report where this one is isolated too', () => {
    expect(() => assertAlike(reportWith({}), { ...now, isolated: true })).not.toThrow();
    expect(() =>
      assertAlike(reportWith({ meta: { sources: [source] } }), { ...now, isolated: true }),
    ).toThrow('The earlier edition cannot be compared with: it was not made for');
  });
});

describe('the last edition in the output folder', () => {
  const own = { ...now, brand: 'Tezbal', title: 'Influencer ROI' };
  const warnings: string[] = [];
  const steps: string[] = [];
  const tell = {
    warn: (line: string) => void warnings.push(line),
    progress: (step: string) => void steps.push(step),
  };
  const find = (out: string, changes: Partial<Comparing> = {}, wanted?: string | false) =>
    findPrevious(wanted, path.join(folder, out), { ...own, ...changes }, tell);
  const asOf = (day: string, filters = noFilters) => reportWith({ meta: { asOf: day, filters } });
  const found = async (out: string, changes: Partial<Comparing> = {}) =>
    (await find(out, changes))?.report.meta.asOf;

  it('is the newest of an earlier day with the same filters', async () => {
    const filters = { ...noFilters, campaigns: ['North'] };
    for (const day of ['2025-06-16', '2025-06-30', '2025-07-07', '2025-07-14'])
      await saved(asOf(day), 'out', day);
    await saved(asOf('2025-06-23', filters), 'out', editionName('2025-06-23', filters));
    await saved(asOf('2025-06-23'), 'out', '2025-06-23-copy');
    await saved('{', 'out', 'notes');
    await mkdir(path.join(folder, 'out', '2025-07-01'));
    expect(await found('out')).toBe('2025-06-30');
    expect(await found('out', { filters })).toBe('2025-06-23');
    expect(await found('out', { asOf: '2025-06-16' })).toBeUndefined();
    expect(await found('not there')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('is passed over with a word where it cannot be compared with, and an older one taken', async () => {
    await saved(asOf('2025-06-16'), 'mixed', '2025-06-16');
    const dollars = await saved(
      reportWith({ meta: { asOf: '2025-06-23', currency: 'USD' } }),
      'mixed',
      '2025-06-23',
    );
    const broken = await saved('[]', 'mixed', '2025-06-30');
    expect(await found('mixed')).toBe('2025-06-16');
    expect(warnings.splice(0)).toEqual([
      expect.stringContaining(`${broken} cannot be compared with: the report: `),
      `${dollars} cannot be compared with: its money is in USD, that of this report in INR.`,
    ]);
  });

  it('is of the same brand and title, and complete, unless it is named', async () => {
    const day = (asOf: string, changes: Partial<Report['meta']>, status: Report['status'] = 'complete') =>
      saved(reportWith({ status, meta: { asOf, ...changes } }), 'sundry', asOf);
    const wanted = await day('2025-06-12', {});
    const degraded = await day('2025-06-13', {}, 'degraded');
    const title = await day('2025-06-14', { title: 'Another report' });
    const brand = await day('2025-06-15', { brand: 'Another', currency: 'USD' });
    steps.length = 0;
    expect(await found('sundry')).toBe('2025-06-12');
    expect(steps).toEqual([
      `Not comparing with ${brand}: it has another brand or title`,
      `Not comparing with ${title}: it has another brand or title`,
      `Not comparing with ${degraded}: sections of it failed`,
      `Comparing with ${wanted}`,
    ]);
    expect(warnings).toEqual([]);
    for (const named of [degraded, title])
      expect((await find('sundry', {}, named))?.report.meta.asOf).toBe(path.basename(path.dirname(named)));
  });

  it('is the one that is named, or none where none is wanted', async () => {
    const named = await saved(asOf('2025-06-09'), 'elsewhere', 'x');
    expect((await find('out', {}, named))?.report.meta.asOf).toBe('2025-06-09');
    expect(await find('out', {}, false)).toBeNull();
    expect((await failure(find('out', {}, path.join(folder, 'out', 'notes', 'report.json')))).code).toBe(
      'compare-unusable',
    );
    expect(warnings).toEqual([]);
  });
});

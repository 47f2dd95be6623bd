import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreviousEdition } from '../../src/comparison/previous.js';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { noFilters } from '../../src/model/filters.js';
import { type Slice, withSlices } from '../../src/pipeline/slices.js';
import type { Report } from '../../src/report/schema.js';
import { sections } from '../../src/sections/registry.js';
import type { SectionDefinition } from '../../src/sections/section.js';
import { brands, brandTables, foreignWords, writeBrands } from '../support/brands.js';
import { editionFiles, found } from '../support/edition-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const config = configSchema.parse({ quarantine: { maxShare: 1, maxRevenueShare: 1 } });
const [own] = brands;
const slice: Slice = { filters: { ...noFilters, campaigns: [...own.campaigns] }, isolated: true };
const previous = (report: Report): PreviousEdition => ({ report, sha256: '0'.repeat(64) });

let dataDir: string;
let remove: () => Promise<void>;
let earlier: Report;
beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  dataDir = path.join(made.folder, 'data');
  await mkdir(dataDir);
  await writeBrands(dataDir, brandTables());
  earlier = await compute('2025-06-15', slice);
});
afterAll(() => remove());

const compute = (
  asOf: string,
  asked: Slice,
  chosen: readonly SectionDefinition[] = sections,
): Promise<Report> =>
  withSlices({ dataDir, config, asOf, sections: chosen }, quietEffects(), (slices) => slices.compute(asked));

describe('a slice of one brand, compared with its own earlier edition', () => {
  it('tells what moved in it, and nothing of another brand', async () => {
    const tables = brandTables();
    const changed = path.join(dataDir, '..', 'changed');
    await mkdir(changed);
    const tracking_data = tables.tracking_data.map((row) => ({
      ...row,
      revenue: Number.isFinite(Number(row.revenue)) ? Number(row.revenue) * 3 : String(row.revenue),
    }));
    await writeBrands(changed, { ...tables, tracking_data });
    const report = await withSlices(
      { dataDir: changed, config, asOf: '2025-06-30' },
      quietEffects(),
      (slices) => slices.compute({ ...slice, previous: previous(earlier) }),
    );
    expect(report.comparison?.with.asOf).toBe('2025-06-15');
    expect(report.comparison?.restated?.length).toBeGreaterThan(0);
    expect(report.comparison?.moved.campaigns?.length).toBeGreaterThan(0);
    for (const { campaign } of report.comparison?.moved.campaigns ?? [])
      expect([...own.campaigns, 'Unattributed']).toContain(campaign);
    expect(found(await editionFiles(report, null), foreignWords(tables))).toEqual([]);
  });

  it('refuses one that was made for other eyes or of another part', async () => {
    const open = await compute('2025-06-15', { ...slice, isolated: false });
    const whole = await compute('2025-06-15', { filters: noFilters, isolated: false });
    await expect(compute('2025-06-30', { ...slice, previous: previous(open) })).rejects.toThrow(
      'it was not made for readers who may see nothing outside its filters',
    );
    await expect(compute('2025-06-30', { ...slice, previous: previous(whole) })).rejects.toThrow(
      'its filters are not',
    );
    await expect(compute('2025-06-15', { ...slice, previous: previous(earlier) })).rejects.toThrow(
      'is not before',
    );
  });

  it('is the same report as ever without one', async () => {
    expect(await compute('2025-06-15', { ...slice, previous: null })).toEqual(earlier);
    expect(earlier).not.toHaveProperty('comparison');
  });
});

it('a section that compares comes after the others, and fails alone', async () => {
  const failing: SectionDefinition = {
    id: 'since-last-edition',
    title: 'Since',
    compares: true,
    compute: ({ comparison }) => Promise.reject(new Error(`as of ${comparison?.with.asOf}`)),
  };
  const chosen = [failing, ...sections.filter(({ compares }) => !compares)];
  const open = { filters: slice.filters, isolated: false };
  const report = await withSlices(
    { dataDir, config, asOf: '2025-06-30', sections: chosen },
    quietEffects(),
    (slices) => slices.compute({ ...open, previous: previous(earlier) }),
  );
  expect(report.sections[0]).toMatchObject({ id: failing.id, error: 'as of 2025-06-15' });
  expect(report).toMatchObject({ status: 'degraded', comparison: { with: { asOf: '2025-06-15' } } });
  expect(report.sections.filter(({ error }) => error !== undefined)).toHaveLength(1);
});

it('what an edition could not compute is not compared', async () => {
  const broken = sections.map((section) =>
    section.id === 'trend' ? { ...section, compute: () => Promise.reject(new Error('no weeks')) } : section,
  );
  const report = await compute('2025-06-30', { ...slice, previous: previous(earlier) }, broken);
  expect(report.comparison).toMatchObject({ restated: null, reallocated: null });
  expect(report.sections.find(({ id }) => id === 'since-last-edition')?.notes.join(' ')).toContain(
    'lacks its weeks',
  );
});

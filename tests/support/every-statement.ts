import fc from 'fast-check';
import { trackedDays } from '../../src/checks/days.js';
import { measureCases } from '../../src/checks/measure-cases.js';
import { caseChecks } from '../../src/checks/registry.js';
import { dataCoverage } from '../../src/model/coverage.js';
import { createFigures } from '../../src/model/figures.js';
import { filterValues } from '../../src/model/filter-values.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import { prepareModel } from '../../src/model/prepare.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { randomTables } from './random-tables.js';
import { type Recorded, recording } from './recording.js';
import { day, fillTables, settings, type Tables } from './tables.js';

const each: Partial<Filters>[] = [
  {},
  { campaigns: ["O'Brien", 'DIWALI'] },
  { categories: ['beauty'] },
  { platforms: ['INSTAGRAM'] },
  { minFollowers: 10_000 },
  { maxFollowers: 700_000 },
  { from: day(3) },
  { to: day(20) },
];

/** No filter, each kind of filter alone, and all together. */
export const everyFilter: readonly Filters[] = [...each, Object.assign({}, ...each)].map((filters) => ({
  ...noFilters,
  ...filters,
}));

/** Random tables with many rows of each kind, the same on every run. */
export function manyRows(): Required<Tables> {
  const samples = fc.sample(randomTables, { numRuns: 12, seed: 7 });
  return {
    influencers: samples.reduce<Required<Tables>['influencers']>(
      (most, { influencers }) => (influencers.length > most.length ? influencers : most),
      [],
    ),
    posts: samples.flatMap(({ posts }) => posts).map((post, index) => ({ ...post, post_id: `P${index}` })),
    tracking: samples.flatMap(({ tracking }) => tracking),
    payouts: samples.flatMap(({ payouts }) => payouts),
  };
}

/** Prepares the model and asks for every figure under every filter; returns each statement once, in the order they ran. */
export async function everyStatement(warehouse: Warehouse, tables: Tables): Promise<Recorded[]> {
  await fillTables(warehouse, tables);
  const recorder = recording(warehouse);
  await prepareModel(recorder);
  await dataCoverage(recorder);
  await trackedDays(recorder);
  await measureCases(recorder, caseChecks, settings.asOf);
  for (const filters of everyFilter) {
    await filterValues(recorder);
    await askForEverything(recorder, filters);
    await askForEverything(recorder, filters, true);
  }
  return recorder.statements();
}

/** The figures in their smallest parts; calls that take an argument with each of its values. */
export async function askForEverything(
  warehouse: Warehouse,
  filters: Filters,
  isolated = false,
): Promise<unknown[]> {
  const {
    settings: _settings,
    parts,
    topPosts,
    close,
    ...plain
  } = createFigures(warehouse, { ...settings, filters, isolated });
  const breakdowns = ['platform', 'product', 'category', 'tier', 'basis'] as const;
  const rankings = ['revenue', 'likes', 'engagement_rate'] as const;
  const figures = await Promise.all([
    ...Object.values(plain).map((figure) => figure()),
    ...breakdowns.map((breakdown) => parts(breakdown)),
    ...rankings.map((ranking) => topPosts(ranking)),
  ]);
  await close();
  return figures;
}

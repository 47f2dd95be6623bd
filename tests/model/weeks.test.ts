import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import { noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor, settings } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

it('the weeks compared are the last whole one, the one before and the four before', async () => {
  await figuresOf(warehouse, {
    tracking: Array.from({ length: 6 }, (_, week) => ({
      influencer_id: 'A',
      campaign: week < 5 ? 'C' : 'D',
      date: day(1 + 7 * week),
      orders: 1,
      revenue: 10 ** week,
    })),
    payouts: [{ influencer_id: 'A', basis: 'order', total_payout: 6 }],
  });
  const figures = (asOf: string, from: string | null = null) =>
    createFigures(warehouse, { ...settings, asOf, filters: { ...noFilters, from } });
  const last = figures(day(35));
  expect(await last.period()).toMatchObject({ week: day(29) });
  expect(await last.comparison()).toMatchObject({
    current: { revenue: minor(10_000) },
    previous: { revenue: minor(1_000) },
    fourWeeks: { revenue: minor(1_111) },
  });
  expect(await last.segments()).toEqual([
    {
      segment: 'C',
      before: { revenue: minor(1_000), payout: 100 },
      after: { revenue: minor(10_000), payout: 100 },
    },
  ]);
  expect(await figures(day(35), day(2)).comparison()).toMatchObject({ fourWeeks: null });
  expect(await figures(day(7)).comparison()).toMatchObject({ current: { revenue: 100 }, previous: null });
  expect(await figures(day(7)).segments()).toEqual([]);
});

it('weeks are partial at the ends of the data and of the date filters, and go on where nothing happened', async () => {
  await figuresOf(warehouse, {
    tracking: [3, 24].map((number) => ({ influencer_id: 'A', date: day(number), orders: 1, revenue: 10 })),
    payouts: [{ influencer_id: 'A', basis: 'order', total_payout: 10 }],
  });
  const weeks = (from: string | null, to: string | null) =>
    createFigures(warehouse, { ...settings, filters: { ...noFilters, from, to } }).weeks();
  expect(await weeks(null, null)).toMatchObject([
    { week: day(1), partial: true, revenue: 1_000, cumulative_roas: 2 },
    { week: day(8), partial: false, revenue: 0, roas: null, cumulative_roas: 2 },
    { week: day(15), partial: false, revenue: 0 },
    { week: day(22), partial: true, revenue: 1_000, cumulative_roas: 2 },
  ]);
  expect(await weeks(day(8), day(24))).toMatchObject([
    { week: day(8), partial: false, revenue: 0, cumulative_roas: null },
    { week: day(15), partial: false },
    { week: day(22), partial: true, revenue: 1_000, payout: 500, cumulative_roas: 2 },
  ]);
});

it('there is no week and no comparison where the filters leave nothing', async () => {
  const order = { influencer_id: 'A', campaign: 'C', orders: 1, revenue: 10 };
  await figuresOf(warehouse, { tracking: [1, 14].map((number) => ({ ...order, date: day(number) })) });
  for (const filters of [
    { campaigns: ['D'] },
    { from: day(2), to: day(13) },
    { from: day(14), to: day(1) },
  ]) {
    const figures = createFigures(warehouse, { ...settings, filters: { ...noFilters, ...filters } });
    expect([await figures.weeks(), await figures.comparison()]).toEqual([[], null]);
  }
});

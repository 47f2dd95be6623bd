import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFigures, type Figures } from '../../src/model/figures.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { expectClose } from '../support/close.js';
import { openTinyDuckDb } from '../support/engines.js';
import { askForEverything } from '../support/every-statement.js';
import { randomFilters, randomTables } from '../support/random-tables.js';
import { day, figuresOf, minor, settings } from '../support/tables.js';

const RUNS = { numRuns: 12 };
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const inAnyOrder = <Row>(rows: readonly Row[]) => fc.shuffledSubarray([...rows], { minLength: rows.length });
const payoutOf = async (filters: Partial<Filters>) => {
  const totals = await createFigures(warehouse, {
    ...settings,
    filters: { ...noFilters, ...filters },
  }).totals();
  return totals.payout ?? 0;
};

it('every control holds, and campaigns with Unattributed are the total, whatever the filters', () =>
  fc.assert(
    fc.asyncProperty(randomTables, randomFilters, async (tables, filters) => {
      const figures = await figuresOf(warehouse, tables, { filters });
      expect((await figures.controls()).filter(({ ok }) => !ok)).toEqual([]);
      const whole = sum(tables.payouts.map(({ total_payout }) => minor(total_payout)));
      expect(await payoutOf({})).toBe(whole);
      const { revenue, payout, orders } = await figures.totals();
      const campaigns = await figures.campaigns();
      expect(sum(campaigns.map((row) => row.payout))).toBe(payout ?? 0);
      expect(sum(campaigns.map((row) => row.revenue))).toBe(revenue);
      expect(sum(campaigns.map((row) => row.orders))).toBe(orders);
      expect(sum((await figures.rules()).map(({ amount }) => amount))).toBe(payout ?? 0);
    }),
    RUNS,
  ));

it('the order of rows changes nothing', () => {
  const shuffled = randomTables.chain((tables) =>
    fc.record({
      tables: fc.constant(tables),
      other: fc.record({
        influencers: inAnyOrder(tables.influencers),
        posts: inAnyOrder(tables.posts),
        tracking: inAnyOrder(tables.tracking),
        payouts: inAnyOrder(tables.payouts),
      }),
    }),
  );
  return fc.assert(
    fc.asyncProperty(shuffled, async ({ tables, other }) => {
      await figuresOf(warehouse, tables);
      const figures = await askForEverything(warehouse, noFilters);
      await figuresOf(warehouse, other);
      expect(await askForEverything(warehouse, noFilters)).toEqual(figures);
    }),
    { numRuns: 6 },
  );
});

it('revenue times c makes every ROAS times c', () =>
  fc.assert(
    fc.asyncProperty(randomTables, fc.integer({ min: 2, max: 50 }), async (tables, factor) => {
      const roasOf = async (figures: Figures) => ({
        total: (await figures.totals()).roas,
        campaigns: byName(await figures.campaigns(), ({ campaign }) => campaign),
        influencers: byName(await figures.influencers(), ({ influencer_id }) => influencer_id),
        platforms: byName(await figures.parts('platform'), ({ part }) => part),
      });
      const byName = <Row extends { roas: number | null }>(
        rows: readonly Row[],
        name: (row: Row) => string | null,
      ) => new Map(rows.map((row) => [name(row), row.roas]));
      const times = (roas: number | null) => (roas === null ? null : roas * factor);
      const timesEach = (rows: Map<string | null, number | null>) =>
        new Map([...rows].map(([name, roas]) => [name, times(roas)]));

      const single = await roasOf(await figuresOf(warehouse, tables));
      const tracking = tables.tracking.map((row) => ({ ...row, revenue: row.revenue * factor }));
      expectClose(await roasOf(await figuresOf(warehouse, { ...tables, tracking })), {
        total: times(single.total),
        campaigns: timesEach(single.campaigns),
        influencers: timesEach(single.influencers),
        platforms: timesEach(single.platforms),
      });
    }),
    RUNS,
  ));

it('filters take the payout apart and never allocate it anew', () =>
  fc.assert(
    fc.asyncProperty(randomTables, fc.integer({ min: 0, max: 25 }), async (tables, cut) => {
      const figures = await figuresOf(warehouse, tables);
      const { payout, unattributed_payout } = await figures.totals();
      const partsOf = async (kind: 'campaigns' | 'platforms', names: readonly (string | null)[]) => {
        const distinct = new Set(names.flatMap((name) => (name === null ? [] : [name.toLowerCase()])));
        return sum(await Promise.all([...distinct].map((name) => payoutOf({ [kind]: [name] }))));
      };

      const campaigns = (await figures.campaigns()).map(({ campaign }) => campaign);
      expect((await partsOf('campaigns', campaigns)) + (unattributed_payout ?? 0)).toBe(payout ?? 0);

      const platforms = await figures.parts('platform');
      const elsewhere = platforms.find(({ part }) => part === null)?.payout ?? 0;
      const named = await partsOf(
        'platforms',
        platforms.map(({ part }) => part),
      );
      expect(named + elsewhere).toBe(payout ?? 0);

      const undated = (payout ?? 0) - sum((await figures.weeks()).map((week) => week.payout));
      const before = await payoutOf({ to: day(cut) });
      const after = await payoutOf({ from: day(cut + 1) });
      expect(before + after + undated).toBe(payout ?? 0);
    }),
    RUNS,
  ));

it('loaded campaigns bear the whole payout where any campaign bears some', () =>
  fc.assert(
    fc.asyncProperty(randomTables, async (tables) => {
      const payouts = tables.payouts.map((row) => ({ ...row, total_payout: Math.abs(row.total_payout) }));
      const tracking = tables.tracking.map((row) => ({ ...row, revenue: Math.abs(row.revenue) + 1 }));
      const figures = await figuresOf(warehouse, { ...tables, tracking, payouts });
      const { payout, unattributed_payout } = await figures.totals();
      const campaigns = await figures.campaigns();
      const loaded = campaigns.map(({ revenue, loaded_roas }) =>
        loaded_roas === null || loaded_roas === 0 ? 0 : revenue / loaded_roas,
      );
      const borne = (payout ?? 0) > (unattributed_payout ?? 0);
      expect(sum(loaded)).toBeCloseTo(borne ? (payout ?? 0) : 0, 4);
    }),
    RUNS,
  ));

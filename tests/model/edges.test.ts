import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataCoverage } from '../../src/model/coverage.js';
import { noMeasures } from '../../src/model/no-measures.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { askForEverything, everyFilter } from '../support/every-statement.js';
import { day, figuresOf, minor } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

describe('tables', () => {
  it('may be empty: sums are 0, ratios undefined, payout not supplied', async () => {
    const figures = await figuresOf(warehouse, {});
    expect(await figures.totals()).toMatchObject({
      ...noMeasures,
      payout: null,
      unattributed_payout: null,
      costed_only_roas: null,
      influencers: 0,
    });
    expect(await figures.period()).toBeNull();
    expect(await figures.comparison()).toBeNull();
    expect(await figures.baseline()).toBeNull();
    for (const rows of [
      figures.campaigns,
      figures.influencers,
      figures.weeks,
      figures.payouts,
      figures.segments,
    ]) {
      expect(await rows()).toEqual([]);
    }
    expect((await figures.controls()).every(({ ok }) => ok)).toBe(true);
    for (const filters of everyFilter) await askForEverything(warehouse, filters);
  });

  it('may hold one row each', async () => {
    const figures = await figuresOf(warehouse, {
      influencers: [{ influencer_id: 'A', follower_count: 10_000 }],
      posts: [{ post_id: 'P', influencer_id: 'A', date: day(1) }],
      tracking: [{ influencer_id: 'A', source: 'P', campaign: 'C', date: day(7), orders: 1, revenue: 3 }],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 2 }],
    });
    expect(await figures.campaigns()).toMatchObject([{ campaign: 'C', roas: 1.5, iroas: 0, influencers: 1 }]);
    expect(await figures.influencers()).toMatchObject([{ influencer_id: 'A', tier: 'micro', payout: 200 }]);
    expect(await figures.weeks()).toMatchObject([{ week: day(1), partial: false, roas: 1.5 }]);
    expect(await figures.comparison()).toMatchObject({ previous: null, fourWeeks: null });
  });

  it('may hold nothing but what they must', async () => {
    const figures = await figuresOf(warehouse, {
      influencers: [{ influencer_id: 'A' }],
      posts: [{ post_id: 'P', influencer_id: 'A', date: day(1) }],
      tracking: [
        { date: day(1), orders: 0, revenue: 0 },
        { influencer_id: 'B', date: day(1), orders: 0, revenue: 5 },
      ],
      payouts: [{ influencer_id: 'A', total_payout: 1 }],
    });
    expect(await figures.campaigns()).toMatchObject([{ campaign: null, revenue: 500, payout: 100, roas: 5 }]);
    expect(await figures.influencers()).toMatchObject([
      { influencer_id: 'B', payout: null, roas: null, platform: null, name: null, tier: null },
      { influencer_id: 'A', payout: 100, roas: 0, basis: null },
    ]);
    expect(await dataCoverage(warehouse)).toMatchObject({ influencers: 1, payout: 100, unattributed: 100 });
    for (const filters of everyFilter) await askForEverything(warehouse, filters);
  });

  it('may hold ₹10,00,00,00,000 many times over', async () => {
    const much = 10_000_000_000;
    const figures = await figuresOf(warehouse, {
      tracking: Array.from({ length: 40 }, (_, index) => ({
        influencer_id: 'A',
        campaign: `C${index % 3}`,
        date: day(index),
        orders: 1,
        revenue: much,
      })),
      payouts: [
        { influencer_id: 'A', basis: 'order', total_payout: much },
        { influencer_id: 'A', basis: 'order', total_payout: 0.01 },
      ],
    });
    expect(await figures.totals()).toMatchObject({ revenue: minor(40 * much), payout: minor(much) + 1 });
    expect((await figures.campaigns()).map(({ payout }) => payout)).toEqual([35e10 + 1, 325e9, 325e9]);
    expect((await figures.controls()).filter(({ ok }) => !ok)).toEqual([]);
  });
});

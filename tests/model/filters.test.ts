import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import { cutsLedgerRows, type Filters, isFiltered, noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor, settings, type Tables } from '../support/tables.js';

const tables: Tables = {
  influencers: [
    { influencer_id: 'A', category: "Kids' toys", follower_count: 9_999, platform: 'Instagram' },
    { influencer_id: 'B', category: 'Tech', follower_count: 10_000, platform: 'YouTube' },
    { influencer_id: 'C' },
  ],
  tracking: [
    { influencer_id: 'A', campaign: "O'Brien", date: day(1), orders: 1, revenue: 1 },
    { influencer_id: 'B', campaign: 'ΟΔΟΣ', date: day(2), orders: 1, revenue: 10 },
    { influencer_id: 'C', date: day(3), orders: 1, revenue: 100 },
    { campaign: "O'Brien", date: day(3), orders: 1, revenue: 1_000 },
  ],
  payouts: [
    { influencer_id: 'A', basis: 'order', total_payout: 1 },
    { influencer_id: 'B', basis: 'order', total_payout: 10 },
    { influencer_id: 'C', basis: 'order', total_payout: 100 },
  ],
};

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
  await figuresOf(warehouse, tables);
});
afterAll(() => warehouse.close());

function totalsOf(filters: Partial<Filters>) {
  return createFigures(warehouse, { ...settings, filters: { ...noFilters, ...filters } }).totals();
}

describe('filters', () => {
  it.each<[string, Partial<Filters>, number]>([
    ['nothing', {}, 111],
    ['a campaign with a quote, whatever its case', { campaigns: ["o'BRIEN"] }, 1],
    ['a campaign whose case the engine folds its own way', { campaigns: ['ΟΔΟΣ'] }, 10],
    ['two campaigns', { campaigns: ["O'Brien", 'ΟΔΟΣ', 'unknown'] }, 11],
    ['a category', { categories: ["KIDS' TOYS"] }, 1],
    ['a platform, that of the profile', { platforms: ['youtube'] }, 10],
    ['followers from a limit', { minFollowers: 10_000 }, 10],
    ['followers up to a limit', { maxFollowers: 9_999 }, 1],
    ['no followers at least: unknown is left out', { minFollowers: 0 }, 11],
    ['the first day', { from: day(2) }, 110],
    ['the last day', { to: day(2) }, 11],
    ['one day', { from: day(2), to: day(2) }, 10],
    ['several at once', { platforms: ['Instagram', 'YouTube'], to: day(1) }, 1],
  ])('by %s keep sales and payout of the same rows', async (_name, filters, kept) => {
    expect(await totalsOf(filters)).toMatchObject({ revenue: minor(kept), payout: minor(kept) });
  });

  it('keep organic orders that fit, and none where influencers are chosen', async () => {
    expect((await totalsOf({ campaigns: ["O'Brien"] })).organic_revenue).toBe(minor(1_000));
    expect((await totalsOf({ to: day(2) })).organic_revenue).toBe(0);
    expect((await totalsOf({ categories: ['Tech'] })).organic_revenue).toBe(0);
  });

  it('tell how much Unattributed payout they cut away', async () => {
    expect(await totalsOf({})).toMatchObject({ unattributed_payout: minor(100), unattributed_outside: 0 });
    expect(await totalsOf({ campaigns: ["O'Brien"] })).toMatchObject({
      unattributed_payout: 0,
      unattributed_outside: minor(100),
    });
    expect(await totalsOf({ categories: ['Tech'] })).toMatchObject({
      unattributed_payout: 0,
      unattributed_outside: 0,
    });
  });

  it.each(["'; DROP TABLE sales; --", "' OR '1' = '1", '\\', "\\' OR 1 = 1 --", '%', '--', ''])(
    'take %j as a name and nothing else',
    async (name) => {
      for (const filters of [{ campaigns: [name] }, { categories: [name] }, { platforms: [name] }]) {
        expect(await totalsOf(filters)).toMatchObject({ revenue: 0 });
      }
      expect(await warehouse.query('SELECT COUNT(*) AS sales FROM sales')).toEqual([{ sales: 4 }]);
    },
  );

  it('know whether they narrow anything and whether they cut rows', () => {
    const kinds: [Partial<Filters>, boolean, boolean][] = [
      [{}, false, false],
      [{ categories: ['x'] }, true, false],
      [{ minFollowers: 0 }, true, false],
      [{ maxFollowers: 0 }, true, false],
      [{ campaigns: ['x'] }, true, true],
      [{ platforms: ['x'] }, true, true],
      [{ from: day(1) }, true, true],
      [{ to: day(1) }, true, true],
    ];
    for (const [change, filtered, cuts] of kinds) {
      const filters = { ...noFilters, ...change };
      expect([isFiltered(filters), cutsLedgerRows(filters)]).toEqual([filtered, cuts]);
    }
  });

  it('by a campaign keep the posts that its orders link to or that carry its payout', async () => {
    const order = { influencer_id: 'A', date: day(1), orders: 1, revenue: 1 };
    await figuresOf(warehouse, {
      posts: [
        { post_id: 'P', influencer_id: 'A', platform: 'TikTok', date: day(1), reach: 10 },
        { post_id: 'Q', influencer_id: 'A', platform: 'YouTube', date: day(1), reach: 100 },
        { post_id: 'R', influencer_id: 'A', platform: 'Instagram', date: day(1), reach: 1_000 },
      ],
      tracking: [
        { ...order, source: 'P', campaign: 'linked' },
        { ...order, source: 'youtube', campaign: 'channel' },
      ],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 3 }],
    });
    expect(await totalsOf({ campaigns: ['linked'] })).toMatchObject({ posts: 1, reach: 10 });
    expect(await totalsOf({ campaigns: ['channel'] })).toMatchObject({ posts: 1, reach: 100 });
    expect(await totalsOf({})).toMatchObject({ posts: 3, reach: 1_110 });
  });
});

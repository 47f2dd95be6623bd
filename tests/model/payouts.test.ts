import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor, settings } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const order = (influencer_id: string, campaign: string) => ({
  influencer_id,
  campaign,
  date: day(1),
  orders: 2,
  revenue: 1,
});

it('payouts stand beside the tracked orders and posts, each basis on its own', async () => {
  const figures = await figuresOf(warehouse, {
    influencers: [{ influencer_id: 'A', name: 'Asha' }],
    posts: [{ post_id: 'P', influencer_id: 'A', date: day(1) }],
    tracking: [order('A', 'C'), order('A', 'D')],
    payouts: [
      { influencer_id: 'A', basis: 'order', rate: 2, orders: 3, total_payout: 6 },
      { influencer_id: 'A', basis: 'order', rate: 3, total_payout: 9 },
      { influencer_id: 'A', basis: 'post', rate: 4, total_payout: 4 },
      { influencer_id: 'B', basis: 'post', total_payout: 0 },
    ],
  });
  expect(await figures.payouts()).toEqual([
    {
      influencer_id: 'A',
      name: 'Asha',
      basis: 'order',
      rate: null,
      payout: 1_500,
      payout_supplied: 1_500,
      orders_paid: 3,
      orders_tracked: 4,
      posts: 1,
    },
    {
      influencer_id: 'A',
      name: 'Asha',
      basis: 'post',
      rate: 400,
      payout: 400,
      payout_supplied: 400,
      orders_paid: null,
      orders_tracked: 4,
      posts: 1,
    },
    {
      influencer_id: 'B',
      name: null,
      basis: 'post',
      rate: null,
      payout: 0,
      payout_supplied: 0,
      orders_paid: null,
      orders_tracked: 0,
      posts: 0,
    },
  ]);
});

it('payouts are listed by what the filters leave of them', async () => {
  await figuresOf(warehouse, {
    influencers: [{ influencer_id: 'A', category: 'Tech' }],
    tracking: [order('A', 'C'), order('A', 'D'), order('B', 'D')],
    payouts: ['A', 'B', 'E'].map((influencer_id) => ({
      influencer_id,
      basis: 'order' as const,
      total_payout: 4,
    })),
  });
  const listed = async (filters: Partial<Filters>) => {
    const figures = createFigures(warehouse, { ...settings, filters: { ...noFilters, ...filters } });
    return (await figures.payouts()).map(({ influencer_id, payout }) => [influencer_id, payout]);
  };
  expect(await listed({})).toHaveLength(3);
  expect(await listed({ campaigns: ['C'] })).toEqual([['A', minor(2)]]);
  expect(await listed({ categories: ['Tech'] })).toEqual([['A', minor(4)]]);
  expect(await listed({ campaigns: ['D'], from: day(2) })).toEqual([]);
});

it('rules tell what they placed, and what of it on another basis than the one paid', async () => {
  const figures = await figuresOf(warehouse, {
    posts: [{ post_id: 'P', influencer_id: 'D', date: day(1) }],
    tracking: [order('A', 'C'), order('B', 'C'), order('C', 'C')],
    payouts: [
      { influencer_id: 'A', basis: 'order', total_payout: 1 },
      { influencer_id: 'B', basis: 'post', total_payout: 2 },
      { influencer_id: 'C', basis: null, total_payout: 4 },
      { influencer_id: 'D', basis: 'post', total_payout: 8 },
      { influencer_id: 'E', basis: 'order', total_payout: 16 },
    ],
  });
  expect(await figures.rules()).toEqual([
    { rule: 'no_activity', by_other_basis: false, amount: minor(16), rows: 1 },
    { rule: 'order', by_other_basis: false, amount: minor(5), rows: 2 },
    { rule: 'order', by_other_basis: true, amount: minor(2), rows: 1 },
    { rule: 'unlinked_post', by_other_basis: false, amount: minor(8), rows: 1 },
  ]);
});

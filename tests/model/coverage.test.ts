import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataCoverage, unattributedShare } from '../../src/model/coverage.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

it('counts how much there is of each thing, whatever the filters', async () => {
  const order = { date: day(1), orders: 1 };
  await figuresOf(warehouse, {
    influencers: [
      { influencer_id: 'A', category: 'Food', follower_count: 9 },
      { influencer_id: 'B', category: 'Food' },
    ],
    posts: [
      { post_id: 'P', influencer_id: 'A', date: day(1), reach: 10, likes: 0 },
      { post_id: 'Q', influencer_id: 'A', date: day(1), reach: 0, comments: 3 },
      { post_id: 'R', influencer_id: 'B', date: day(1) },
    ],
    tracking: [
      { ...order, influencer_id: 'A', source: 'P', campaign: 'C', product: 'Tea', revenue: 1, rows: 2 },
      { ...order, influencer_id: 'B', source: 'P', campaign: 'C', revenue: 2, orders: 3 },
      { ...order, influencer_id: 'B', revenue: 4 },
      { ...order, influencer_id: null, source: 'P', revenue: 8, rows: 5 },
    ],
    payouts: [
      { influencer_id: 'A', basis: 'order', rate: 1, orders: 1, total_payout: 16 },
      { influencer_id: 'A', basis: 'post', rate: 8, total_payout: 16 },
      { influencer_id: 'idle', basis: 'post', total_payout: 8 },
    ],
  });
  const coverage = await dataCoverage(warehouse);
  expect(coverage).toEqual({
    influencers: 2,
    with_followers: 1,
    with_category: 2,
    posts: 3,
    with_reach: 1,
    with_engagement: 2,
    tracked_rows: 9,
    orders: 5,
    revenue: minor(7),
    organic_rows: 5,
    organic_revenue: minor(8),
    with_source: 3,
    with_post: 1,
    with_campaign: 2,
    with_product: 1,
    payout_rows: 3,
    with_rate: 2,
    with_orders: 1,
    payout: minor(40),
    unattributed: minor(16),
  });
  expect(unattributedShare(coverage)).toBe(0.4);
});

it('is all zero for empty tables', async () => {
  await figuresOf(warehouse, {});
  const coverage = await dataCoverage(warehouse);
  expect(new Set(Object.values(coverage))).toEqual(new Set([0]));
  expect(unattributedShare(coverage)).toBe(0);
  expect(unattributedShare({ payout: -100, unattributed: 50 })).toBe(0);
});

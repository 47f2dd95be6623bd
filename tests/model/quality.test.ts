import { afterAll, beforeAll, expect, it } from 'vitest';
import { qualityCounts } from '../../src/model/quality.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

it('quality counts what a reader has to know', async () => {
  const order = { campaign: 'C', date: day(1), orders: 1 };
  await figuresOf(warehouse, {
    influencers: [{ influencer_id: 'A' }, { influencer_id: 'B' }],
    posts: [
      { post_id: 'P', influencer_id: 'A', date: day(1), reach: 10, likes: 6, comments: 5 },
      { post_id: 'Q', influencer_id: 'stranger', date: day(9), reach: 10, likes: 10 },
      { post_id: 'R', influencer_id: 'A', date: day(1), reach: 0, likes: 5 },
    ],
    tracking: [
      { ...order, influencer_id: 'A', revenue: 1 },
      { ...order, influencer_id: 'B', revenue: 2, campaign: null, orders: 3 },
      { ...order, influencer_id: 'B', revenue: 0, date: day(8) },
      { ...order, influencer_id: 'unknown', revenue: 4 },
      { ...order, influencer_id: null, revenue: 8, campaign: null },
    ],
    payouts: [
      { influencer_id: 'A', basis: 'order', total_payout: 16 },
      { influencer_id: 'A', basis: 'post', total_payout: 0 },
      { influencer_id: 'idle', basis: 'post', total_payout: 4 },
    ],
  });
  expect(await qualityCounts(warehouse, day(7))).toEqual({
    orders: 5,
    posts: 3,
    payout_rows: expect.any(Number),
    unknown_influencers: 3,
    unknown_revenue: minor(4),
    sales_without_payout: 2,
    revenue_without_payout: minor(6),
    idle_payouts: 1,
    idle_amount: minor(4),
    zero_payouts: 1,
    blank_campaign_orders: 3,
    future_rows: 2,
    impossible_engagement: 1,
    payout: minor(20),
    unattributed: minor(4),
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFigures, type Figures } from '../../src/model/figures.js';
import { noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { apportioned } from '../support/apportioned.js';
import { engines } from '../support/engines.js';
import { day, figuresOf, minor, settings, type Tables } from '../support/tables.js';

const campaignsOf = async (figures: Figures) =>
  Object.fromEntries((await figures.campaigns()).map((row) => [row.campaign ?? 'Unattributed', row]));
const influencersOf = async (figures: Figures) =>
  Object.fromEntries((await figures.influencers()).map((row) => [row.influencer_id, row]));

/** A post of influencer A, on day 1 unless told. */
const post = (post_id: string, date = day(1)) => ({ post_id, influencer_id: 'A', date });
const sale = (influencer_id: string, campaign: string, orders: number, revenue: number) => ({
  influencer_id,
  campaign,
  orders,
  revenue,
  date: day(1),
});

const twoCampaigns: Tables = {
  tracking: [sale('A', 'X', 1, 1_000), sale('B', 'Y', 1, 9_000)],
  payouts: [
    { influencer_id: 'A', basis: 'order', total_payout: 100 },
    { influencer_id: 'B', basis: 'order', total_payout: 4_500 },
  ],
};

describe.each(engines)('golden cases on %s', (_name, open) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  it('1: a payout is not counted once a post', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [post('P1'), post('P2'), post('P3')],
      tracking: [
        { ...sale('A', 'C1', 1, 8_000), source: 'P1' },
        { ...sale('A', 'C1', 1, 4_000), source: 'P2' },
        { ...sale('A', 'C1', 1, 3_000), source: 'P3' },
      ],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 10_000 }],
    });
    expect(await figures.totals()).toMatchObject({ payout: minor(10_000), roas: 1.5, roi: 0.5 });
    expect(await campaignsOf(figures)).toMatchObject({ C1: { payout: minor(10_000), roas: 1.5 } });
    expect(
      await warehouse.query(
        'SELECT post_id, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger GROUP BY post_id ORDER BY post_id',
      ),
    ).toEqual([
      { post_id: 'P1', amount: 333_334 },
      { post_id: 'P2', amount: 333_333 },
      { post_id: 'P3', amount: 333_333 },
    ]);
  });

  it('2: shares are rounded so that they sum exactly', async () => {
    const shares = await apportioned(warehouse, [
      { amount: minor(100), weights: [1, 1, 1, 1, 1, 1, 1] },
      { amount: minor(99.99), weights: [7, 2, 1] },
      { amount: minor(0.05), weights: [1, 1, 1] },
      { amount: minor(0.01), weights: [1, 1, 1] },
    ]);
    expect(shares).toEqual([
      [1429, 1429, 1429, 1429, 1428, 1428, 1428],
      [6999, 2000, 1000],
      [2, 2, 1],
      [1, 0, 0],
    ]);
  });

  it('3: the baseline is the mean of campaigns, or pooled, or fixed', async () => {
    const mean = await figuresOf(warehouse, twoCampaigns);
    expect(await mean.baseline()).toBe(6);
    expect(await campaignsOf(mean)).toMatchObject({ X: { iroas: 4 }, Y: { iroas: -4 } });
    expect(await influencersOf(mean)).toMatchObject({ A: { iroas: 4 }, B: { iroas: -4 } });

    const pooled = createFigures(warehouse, { ...settings, baseline: 'pooled' });
    expect(await pooled.baseline()).toBeCloseTo(2.1739, 4);
    const { X, Y } = await campaignsOf(pooled);
    expect(X?.iroas).toBeCloseTo(7.8261, 4);
    expect(Y?.iroas).toBeCloseTo(-0.1739, 4);

    const fixed = createFigures(warehouse, { ...settings, baseline: 3 });
    expect(await campaignsOf(fixed)).toMatchObject({ X: { iroas: 7 }, Y: { iroas: -1 } });
  });

  it('4: zero or missing cost leaves ROAS undefined', async () => {
    const figures = await figuresOf(warehouse, {
      tracking: [
        sale('A', 'C1', 1, 10_000),
        sale('B', 'C1', 1, 5_000),
        sale('C', 'C1', 1, 0),
        sale('D', 'C1', 1, 2_000),
      ],
      payouts: [
        { influencer_id: 'A', basis: 'order', total_payout: 5_000 },
        { influencer_id: 'B', basis: 'order', total_payout: 0 },
        { influencer_id: 'C', basis: 'order', total_payout: 1_000 },
      ],
    });
    expect(await influencersOf(figures)).toMatchObject({
      A: { payout: minor(5_000), roas: 2 },
      B: { payout: 0, roas: null, roi: null },
      C: { payout: minor(1_000), roas: 0, roi: -1 },
      D: { payout: null, roas: null, roi: null },
    });
    const totals = await figures.totals();
    expect(totals.roas).toBeCloseTo(2.8333, 4);
    expect(totals.costed_only_roas).toBeCloseTo(1.6667, 4);
    expect(totals.uncosted_influencers).toBe(2);
  });

  it('5: posts without orders are Unattributed', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [post('P1'), post('P2'), post('P3')],
      tracking: [{ ...sale('A', 'C1', 3, 12_000), source: 'P1' }],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 9_000 }],
    });
    const { C1, Unattributed } = await campaignsOf(figures);
    expect(C1).toMatchObject({ payout: minor(3_000), roas: 4 });
    expect(C1?.loaded_roas).toBeCloseTo(1.3333, 4);
    expect(Unattributed).toMatchObject({ payout: minor(6_000), loaded_roas: null, iroas: null });
    const totals = await figures.totals();
    expect(totals.unattributed_payout).toBe(minor(6_000));
    expect((totals.unattributed_payout ?? 0) / (totals.payout ?? 0)).toBeCloseTo(0.667, 3);
    expect(totals.roas).toBeCloseTo(1.3333, 4);
  });

  it('6: one payout over several platforms', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [
        { ...post('P1'), platform: 'Instagram' },
        { ...post('P2'), platform: 'Instagram' },
        { ...post('P3'), platform: 'YouTube' },
      ],
      tracking: [
        { ...sale('A', 'C1', 1, 6_000), source: 'P1' },
        { ...sale('A', 'C1', 1, 6_000), source: 'P3' },
      ],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 6_000 }],
    });
    expect(await figures.parts('platform')).toMatchObject([
      { part: 'Instagram', payout: minor(4_000), roas: 1.5 },
      { part: 'YouTube', payout: minor(2_000), roas: 3 },
    ]);
    expect(await figures.totals()).toMatchObject({ payout: minor(6_000), roas: 2 });
  });

  it('7: order basis goes over campaigns by orders', async () => {
    const figures = await figuresOf(warehouse, {
      tracking: [sale('A', 'C1', 4, 2_000), sale('A', 'C2', 3, 900)],
      payouts: [{ influencer_id: 'A', basis: 'order', rate: 50, orders: 10, total_payout: 500 }],
    });
    const { C1, C2 } = await campaignsOf(figures);
    expect([C1?.payout, C2?.payout]).toEqual([minor(285.71), minor(214.29)]);
    expect(C1?.roas).toBeCloseTo(7.0001, 4);
    expect(C2?.roas).toBeCloseTo(4.1999, 4);
    expect(Math.round((await figures.totals()).cpa ?? 0)).toBe(minor(71.43));
    const [paid] = await figures.payouts();
    expect(paid).toMatchObject({ rate: minor(50), orders_paid: 10, orders_tracked: 7 });
    expect(((paid?.orders_paid ?? 0) - (paid?.orders_tracked ?? 0)) * (paid?.rate ?? 0)).toBe(minor(150));
  });

  it('8: a filter never allocates anew', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [post('P1'), post('P2')],
      tracking: [
        { ...sale('A', 'C1', 2, 20), source: 'P1' },
        { ...sale('A', 'C2', 1, 10), source: 'P1' },
        { ...sale('A', 'C2', 0, 0), source: 'P2' },
      ],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 1_000 }],
    });
    expect(await campaignsOf(figures)).toMatchObject({
      C1: { payout: minor(333.33) },
      C2: { payout: minor(666.67) },
    });
    const filtered = createFigures(warehouse, { ...settings, filters: { ...noFilters, campaigns: ['C1'] } });
    expect((await filtered.totals()).payout).toBe(minor(333.33));
    expect((await filtered.campaigns()).map(({ campaign }) => campaign)).toEqual(['C1']);
  });

  it('9: weeks carry the orders of their days', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [{ ...post('P1', day(21)), influencer_id: 'B' }],
      tracking: [sale('A', 'C1', 1, 500), { ...sale('A', 'C1', 2, 400), date: day(8) }],
      payouts: [{ influencer_id: 'A', basis: 'order', total_payout: 300 }],
    });
    expect(await figures.weeks()).toMatchObject([
      { week: day(1), payout: minor(100), roas: 5, cumulative_roas: 5, partial: false },
      { week: day(8), payout: minor(200), roas: 2, cumulative_roas: 3, partial: false },
      { week: day(15), payout: 0, roas: null, cumulative_roas: 3, partial: false },
    ]);
  });

  it('10: engagement is a ratio of sums', async () => {
    const figures = await figuresOf(warehouse, {
      posts: [
        { ...post('P1'), reach: 1_000, likes: 60, comments: 40 },
        { ...post('P2'), reach: 9_000, likes: 180 },
        { ...post('P3'), reach: 0, likes: 5 },
      ],
    });
    expect((await figures.totals()).engagement_rate).toBe(0.028);
    expect(await figures.topPosts('engagement_rate')).toMatchObject([
      { post_id: 'P1', engagement_rate: 0.1 },
      { post_id: 'P2', engagement_rate: 0.02 },
    ]);
    expect(await figures.topPosts('likes')).toMatchObject([
      { post_id: 'P2' },
      { post_id: 'P1' },
      { post_id: 'P3', engagement_rate: null },
    ]);
  });
});

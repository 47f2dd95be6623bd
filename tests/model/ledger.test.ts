import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

/** Rules of the ledger with what each placed, in major units. */
async function ledger() {
  return warehouse.query(`
    SELECT rule, campaign, post_id AS post, platform, date, amount / 100 AS amount
    FROM ledger
    ORDER BY amount DESC, campaign`);
}

describe('a payout without its own driver', () => {
  const sale = (campaign: string | null, orders: number) => ({
    influencer_id: 'A',
    campaign,
    date: day(1),
    orders,
    revenue: 1,
  });
  const profile = { influencer_id: 'A', platform: 'TikTok' };
  const payouts = (basis: 'post' | 'order' | null) => [{ influencer_id: 'A', basis, total_payout: 3 }];

  it('takes orders where it is paid by posts and there is none', async () => {
    await figuresOf(warehouse, { tracking: [sale('C', 2), sale('D', 1)], payouts: payouts('post') });
    expect(await ledger()).toMatchObject([
      { rule: 'order', campaign: 'C', date: day(1), amount: 2 },
      { rule: 'order', campaign: 'D', amount: 1 },
    ]);
  });

  it.each(['order', null] as const)(
    'takes posts where its basis is %s and no order is above zero',
    async (basis) => {
      await figuresOf(warehouse, {
        posts: [{ post_id: 'P', influencer_id: 'A', date: day(2) }],
        tracking: [sale('C', 0), sale('D', -1)],
        payouts: payouts(basis),
      });
      expect(await ledger()).toMatchObject([
        { rule: 'unlinked_post', post: 'P', campaign: null, date: day(2), amount: 3 },
      ]);
    },
  );

  it('goes equally over its campaigns where there is neither', async () => {
    await figuresOf(warehouse, {
      influencers: [profile],
      tracking: [sale('C', 0), sale('D', 0), sale('D', 0), sale(null, 0)],
      payouts: payouts('order'),
    });
    expect(await ledger()).toEqual([
      { rule: 'equal_campaigns', campaign: 'C', post: null, platform: 'TikTok', date: null, amount: 1.5 },
      { rule: 'equal_campaigns', campaign: 'D', post: null, platform: 'TikTok', date: null, amount: 1.5 },
    ]);
  });

  it('is Unattributed where there is nothing at all', async () => {
    const figures = await figuresOf(warehouse, { influencers: [profile], payouts: payouts('order') });
    expect(await ledger()).toMatchObject([
      { rule: 'no_activity', campaign: null, platform: 'TikTok', amount: 3 },
    ]);
    expect(await figures.weeks()).toEqual([]);
    expect((await figures.controls()).every(({ ok }) => ok)).toBe(true);
  });
});

it('a post takes the channel orders of its platform, whatever the case of the source', async () => {
  await figuresOf(warehouse, {
    posts: [
      { post_id: 'P', influencer_id: 'A', platform: 'Instagram', date: day(1) },
      { post_id: 'Q', influencer_id: 'A', platform: 'YouTube', date: day(1) },
    ],
    tracking: [
      { influencer_id: 'A', source: 'INSTAGRAM', campaign: 'C', date: day(9), orders: 0, revenue: 1 },
    ],
    payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 3 }],
  });
  expect(await ledger()).toEqual([
    { rule: 'channel', campaign: 'C', post: 'P', platform: 'Instagram', date: day(1), amount: 1.5 },
    { rule: 'unlinked_post', campaign: null, post: 'Q', platform: 'YouTube', date: day(1), amount: 1.5 },
  ]);
});

it('a negative total is placed like its absolute value', async () => {
  await figuresOf(warehouse, {
    tracking: ['C', 'D', 'E'].map((campaign) => ({
      influencer_id: 'A',
      campaign,
      date: day(1),
      orders: 1,
      revenue: 1,
    })),
    payouts: [{ influencer_id: 'A', basis: 'order', total_payout: -0.05 }],
  });
  expect(await warehouse.query('SELECT campaign, amount FROM ledger ORDER BY campaign')).toEqual([
    { campaign: 'C', amount: -2 },
    { campaign: 'D', amount: -2 },
    { campaign: 'E', amount: -1 },
  ]);
});

it('units left over of an order payout go by post, then platform, then day, nothing last', async () => {
  const posts = ['P', 'Q'].map((post_id) => ({ post_id, influencer_id: 'A', date: day(1) }));
  const order = { influencer_id: 'A', campaign: 'C', orders: 1, revenue: 1 };
  const tracking = [
    { ...order, date: day(1) },
    { ...order, source: 'Q', date: day(2) },
    { ...order, source: 'P', date: day(4) },
    { ...order, source: 'P', date: day(3) },
  ];
  const cells: (readonly [string | null, string])[] = [
    ['P', day(3)],
    ['P', day(4)],
    ['Q', day(2)],
    [null, day(1)],
  ];
  for (const units of [1, 2, 3, 4]) {
    const payouts = [{ influencer_id: 'A', basis: 'order' as const, total_payout: units / 100 }];
    await figuresOf(warehouse, { posts, tracking, payouts });
    expect(await warehouse.query('SELECT post_id, date, amount FROM ledger ORDER BY post_id, date')).toEqual(
      cells.slice(0, units).map(([post_id, date]) => ({ post_id, date, amount: 1 })),
    );
  }
});

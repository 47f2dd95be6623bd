import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFilters } from '../../src/model/filters.js';
import type { FigureSettings } from '../../src/model/settings.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor, type Tables } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const isolated = { filters: { ...noFilters, campaigns: ['Own'] }, isolated: true };
const figures = (tables: Tables, changes: Partial<FigureSettings> = isolated) =>
  figuresOf(warehouse, tables, changes);

/** One influencer and one payout a campaign: 10 of revenue on 5 of payout, Own first. */
function campaigns(count: number): Tables {
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? 'Own' : `Other ${index}`));
  return {
    influencers: names.map((name) => ({ influencer_id: name })),
    tracking: names.map((campaign) => ({
      influencer_id: campaign,
      campaign,
      date: day(1),
      orders: 1,
      revenue: 10,
    })),
    payouts: names.map((name) => ({ influencer_id: name, basis: 'order', total_payout: 5 })),
  };
}

describe('the baseline of an isolated report', () => {
  it.each([
    [1, null],
    [3, null],
    [4, 2],
    [6, 2],
  ])('of %d campaigns, one of them shown, is %s', async (count, baseline) => {
    const asked = await figures(campaigns(count));
    expect(await asked.baseline()).toBe(baseline);
    expect((await asked.campaigns()).map(({ iroas }) => iroas)).toEqual([baseline === null ? null : 0]);
  });

  it('counts a campaign that is shown in part among the others', async () => {
    const tables = campaigns(3);
    const people = (tables.influencers ?? []).map(({ influencer_id }) => ({
      influencer_id,
      category: influencer_id === 'Own' ? 'Yoga' : 'Running',
    }));
    const yoga = { filters: { ...noFilters, categories: ['Yoga'] }, isolated: true };
    expect(await (await figures({ ...tables, influencers: people }, yoga)).baseline()).toBeNull();
    const second = { influencer_id: 'Other 1', campaign: 'Own', date: day(2), orders: 1, revenue: 10 };
    const tracking = [...(tables.tracking ?? []), second];
    expect(await (await figures({ ...tables, influencers: people, tracking }, yoga)).baseline()).toBeCloseTo(
      (20 / 7.5 + 10 / 2.5 + 2) / 3,
      9,
    );
  });

  it('is told where it is a number of the configuration', async () => {
    expect(await (await figures(campaigns(1), { ...isolated, baseline: 1.5 })).baseline()).toBe(1.5);
  });
});

describe('what the filters leave out', () => {
  const idle: Tables = {
    ...campaigns(4),
    payouts: [...(campaigns(4).payouts ?? []), { influencer_id: 'Idle', basis: 'post', total_payout: 1_000 }],
  };

  it('is in neither loaded ROAS nor in what campaigns are ranked by', async () => {
    const hidden = await figures(idle);
    expect((await hidden.campaigns()).map(({ loaded_roas }) => loaded_roas)).toEqual([null]);
    expect(await hidden.campaignRanking()).toBe('roas');
    expect(await hidden.totals()).toMatchObject({ unattributed_outside: 0 });
    const told = await figures(idle, { ...isolated, isolated: false });
    expect((await told.campaigns()).map(({ loaded_roas }) => loaded_roas)).toEqual([
      expect.closeTo(10 / (5 + 250), 9),
    ]);
    expect(await told.campaignRanking()).toBe('loaded_roas');
    expect(await told.totals()).toMatchObject({ unattributed_outside: minor(1_000) });
  });

  it('is not in the way of loaded ROAS where no campaign is chosen', async () => {
    const everybody = await figures(idle, { filters: noFilters, isolated: true });
    const loaded = (await everybody.campaigns()).flatMap((row) =>
      row.campaign === null ? [] : row.loaded_roas,
    );
    expect(loaded).toEqual([1, 2, 3, 4].map(() => expect.closeTo(10 / (5 + 250), 9)));
    expect(await everybody.campaignRanking()).toBe('loaded_roas');
  });

  const order = (campaign: string, source: string, orders: number) => ({
    influencer_id: 'Both',
    campaign,
    source,
    date: day(1),
    orders,
    revenue: orders * 10,
  });
  const post = (post_id: string) => ({
    post_id,
    influencer_id: 'Both',
    platform: 'X',
    date: day(1),
    likes: 5,
  });
  const shared: Tables = {
    influencers: [{ influencer_id: 'Both' }],
    posts: ['own', 'other', 'open'].map(post),
    tracking: [
      order('Own', 'own', 2),
      order('Other', 'other', 3),
      order('Own', 'X', 1),
      order('Other', 'X', 1),
    ],
    payouts: [{ influencer_id: 'Both', basis: 'post', rate: 100, total_payout: 300 }],
  };

  it('is not among the posts, payouts and orders of people who also work for others', async () => {
    const hidden = await figures(shared);
    expect((await hidden.topPosts('likes')).map(({ post_id }) => post_id)).toEqual(['own']);
    expect(await hidden.payouts()).toMatchObject([
      { payout: minor(150), rate: null, orders_paid: null, orders_tracked: null },
    ]);
    const told = await figures(shared, { ...isolated, isolated: false });
    expect((await told.topPosts('likes')).map(({ post_id }) => post_id)).toEqual(['open', 'own']);
    expect(await told.payouts()).toMatchObject([{ payout: minor(150), rate: minor(100), orders_tracked: 7 }]);
    expect(await hidden.influencers()).toEqual(
      (await told.influencers()).map((row) => ({ ...row, iroas: null })),
    );
  });

  it('hides nothing of people who work for nobody else', async () => {
    const own = { ...shared, tracking: shared.tracking?.filter(({ campaign }) => campaign === 'Own') ?? [] };
    const hidden = await figures({ ...own, posts: ['own', 'open'].map(post) });
    expect((await hidden.topPosts('likes')).map(({ post_id }) => post_id)).toEqual(['open', 'own']);
    expect(await hidden.payouts()).toMatchObject([
      { payout: minor(300), rate: minor(100), orders_tracked: 3 },
    ]);
  });
});

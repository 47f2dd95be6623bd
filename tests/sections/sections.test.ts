import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noFilters } from '../../src/model/filters.js';
import type { FigureSettings } from '../../src/model/settings.js';
import { sections } from '../../src/sections/registry.js';
import { capitalised, inWords, type SectionResult } from '../../src/sections/section.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { contextOf } from '../support/section-context.js';
import { day, type Tables } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

async function sectionOf(
  id: string,
  tables: Tables,
  changes: Partial<FigureSettings> = {},
): Promise<SectionResult> {
  const section = sections.find((candidate) => candidate.id === id);
  if (!section) throw new Error(`No section ${id}.`);
  return section.compute(await contextOf(warehouse, tables, changes));
}

const rowsOf = (result: SectionResult, id: string) =>
  result.tables.find((table) => table.id === id)?.rows ?? [];
const sale = (campaign: string, revenue: number, changes = {}) => ({
  influencer_id: 'A',
  campaign,
  date: day(1),
  orders: 1,
  revenue,
  ...changes,
});

/** North: revenue 900 on 300. South: 300 on 600. Both on influencer A, paid 300 an order. */
const winAndLoss: Tables = {
  tracking: [sale('North', 900), sale('South', 300, { orders: 2 })],
  payouts: [{ influencer_id: 'A', basis: 'order', rate: 300, orders: 3, total_payout: 900 }],
};

describe('executive overview', () => {
  const headlineOf = async (tables: Tables, changes: Partial<FigureSettings> = {}) =>
    (await sectionOf('executive-overview', tables, changes)).headline;

  it('tells revenue against payout, and how many campaigns earn their cost', async () => {
    expect(await headlineOf(winAndLoss)).toBe(
      'Revenue is 1.33× the payout; one of two campaigns brings in more than its payout',
    );
    const losing = { ...winAndLoss, tracking: [sale('North', 10), sale('South', 10)] };
    expect(await headlineOf(losing)).toContain('; none of two campaigns bring in more than their payout');
    const one = { ...winAndLoss, tracking: [sale('North', 900)] };
    expect(await headlineOf(one)).toBe('Revenue is 1.00× the payout');
  });

  it('does not speak of a return where nothing is paid', async () => {
    const { tracking = [] } = winAndLoss;
    expect(await headlineOf({ tracking })).toMatch(/^No payout is supplied/);
    expect(await headlineOf({ tracking, payouts: [{ influencer_id: 'A', total_payout: 0 }] })).toMatch(
      /^The payouts are zero/,
    );
    expect(await headlineOf({})).toBe('The data hold no orders, posts or payouts of an influencer');
    const filters = { ...noFilters, campaigns: ['East'] };
    expect(await headlineOf(winAndLoss, { filters })).toBe('No orders, posts or payouts match these filters');
  });

  it('ranks campaigns by ROAS, n/a left out, and influencers by revenue, those without left out', async () => {
    const result = await sectionOf('executive-overview', {
      tracking: [...(winAndLoss.tracking ?? []), { influencer_id: 'B', date: day(1), orders: 1, revenue: 0 }],
      payouts: winAndLoss.payouts ?? [],
    });
    expect(rowsOf(result, 'top-campaigns')).toEqual([
      { campaign: 'North', revenue: 900, roas: 3 },
      { campaign: 'South', revenue: 300, roas: 0.5 },
    ]);
    expect(rowsOf(result, 'top-influencers').map((row) => row.influencer_id)).toEqual(['A']);
  });

  it('ranks by loaded ROAS where more than a tenth of the payout has no campaign', async () => {
    const result = await sectionOf('executive-overview', {
      ...winAndLoss,
      payouts: [...(winAndLoss.payouts ?? []), { influencer_id: 'B', total_payout: 200 }],
    });
    expect(result.tables[0]?.title).toBe('Top 5 campaigns by loaded ROAS');
    expect(Object.keys(rowsOf(result, 'top-campaigns')[0] ?? {})).toContain('loaded_roas');
  });
});

describe('campaign deep dive', () => {
  it('names the best campaign, and how many lose', async () => {
    const result = await sectionOf('campaign-deep-dive', winAndLoss);
    expect(result.headline).toBe(
      'North brings in 3.00× its payout; one of two campaigns brings in less than its payout',
    );
    expect(result.findings.map(({ id, text }) => [id, text])).toEqual([
      ['best-campaign', 'North brings ₹600 more than its payout.'],
      ['worst-campaign', 'South brings ₹300 less than its payout.'],
    ]);
    expect(rowsOf(result, 'campaigns').map((row) => [row.campaign, row.iroas])).toEqual([
      ['North', 1.25],
      ['South', -1.25],
    ]);
  });

  it('keeps Unattributed as the last row', async () => {
    const result = await sectionOf('campaign-deep-dive', {
      ...winAndLoss,
      payouts: [...(winAndLoss.payouts ?? []), { influencer_id: 'B', total_payout: 50 }],
    });
    expect(rowsOf(result, 'campaigns').at(-1)).toMatchObject({
      campaign: 'Unattributed',
      payout: 50,
      iroas: null,
    });
  });

  it('says so when every campaign loses, or none can be judged', async () => {
    const losing = { ...winAndLoss, tracking: [sale('North', 10), sale('South', 5)] };
    expect((await sectionOf('campaign-deep-dive', losing)).headline).toBe(
      'No campaign brings in more than its payout; North comes closest at 0.02×',
    );
    expect((await sectionOf('campaign-deep-dive', {})).charts).toEqual([]);
  });
});

it('influencer analysis counts who falls short, and by how much', async () => {
  const result = await sectionOf('influencer-analysis', {
    tracking: [sale('North', 900), sale('North', 100, { influencer_id: 'B' })],
    payouts: [
      { influencer_id: 'A', total_payout: 300 },
      { influencer_id: 'B', total_payout: 400 },
    ],
  });
  expect(result.findings).toMatchObject([
    {
      id: 'influencers-short',
      text: '1 influencer brings in ₹300 less than its payout.',
      detail: 'The largest gap is B: ₹300 at 0.25×.',
      evidence: { impact: 300, values: { influencers: 1, short: 300, worst: 'B' } },
    },
  ]);
});

it('content and engagement compares platforms, and ranks posts of enough reach', async () => {
  const post = (post_id: string, platform: string, reach: number) => ({
    post_id,
    influencer_id: 'A',
    platform,
    date: day(1),
    reach,
    likes: 100,
    comments: 0,
  });
  const result = await sectionOf(
    'content-engagement',
    {
      posts: [post('P1', 'Instagram', 1_000), post('P2', 'YouTube', 500)],
      tracking: [sale('North', 900, { source: 'P1' }), sale('North', 300, { source: 'P2' })],
      payouts: [{ influencer_id: 'A', basis: 'post', total_payout: 600 }],
    },
    { minReach: 1_000 },
  );
  expect(result.headline).toBe('Instagram brings in 3.00× its payout, against 1.00× on YouTube');
  expect(rowsOf(result, 'top-posts-engagement').map((row) => [row.post_id, row.engagement_rate])).toEqual([
    ['P1', 0.1],
  ]);
  expect(rowsOf(result, 'top-posts-revenue').map((row) => [row.post_id, row.revenue])).toEqual([
    ['P1', 900],
    ['P2', 300],
  ]);
});

it('financial review lists who is below the threshold, and paid orders that were not tracked', async () => {
  const result = await sectionOf('financial-review', {
    tracking: [sale('North', 100, { orders: 1 })],
    payouts: [
      { influencer_id: 'A', basis: 'order', rate: 50, orders: 3, total_payout: 150 },
      { influencer_id: 'B', basis: 'post', total_payout: 0 },
    ],
  });
  expect(rowsOf(result, 'underperformers')).toEqual([
    expect.objectContaining({ influencer_id: 'A', roas: 100 / 150, revenue: 100, payout: 150 }),
  ]);
  expect(result.findings.find(({ id }) => id === 'paid-not-tracked')).toMatchObject({
    text: '2 orders were paid for but never tracked, ₹100 in all.',
    evidence: { impact: 100 },
  });
  expect(result.notes.at(-1)).toContain('Paid, not tracked: 2 orders of 1 influencer.');
});

describe('trend', () => {
  const weeks = (first: number, second: number): Tables => ({
    tracking: [
      sale('North', first, { date: day(1) }),
      sale('North', second, { date: day(8) }),
      sale('North', 0, { date: day(14), orders: 0 }),
    ],
    payouts: [{ influencer_id: 'A', basis: 'order', rate: 100, orders: 2, total_payout: 200 }],
  });

  it.each([
    [100, 300, 'Revenue rose 200.0% to ₹300 in the week of 9–15 Jun 2025'],
    [300, 100, 'Revenue fell 66.7% to ₹100 in the week of 9–15 Jun 2025'],
    [300, 300, 'Revenue held at ₹300 in the week'],
  ])('from %d to %d: %s', async (first, second, headline) => {
    const result = await sectionOf('trend', weeks(first, second));
    expect(result.headline).toBe(headline);
    expect(rowsOf(result, 'weeks').map((row) => row.week)).toEqual([day(8), day(1)]);
    const change = rowsOf(result, 'revenue-drivers').reduce((sum, row) => sum + Number(row.change), 0);
    expect(change).toBeCloseTo(second - first, 6);
  });

  it('says when there is nothing to compare', async () => {
    expect((await sectionOf('trend', {})).headline).toBe('The data hold no whole week to compare yet');
  });
});

it('appendix lists the filters in force, and the metrics of a margin only with a margin', async () => {
  const filters = { ...noFilters, campaigns: ['North', 'South'], minFollowers: 1_00_000, to: '2025-06-30' };
  const result = await sectionOf('appendix', winAndLoss, { filters });
  expect(rowsOf(result, 'filters')).toEqual([
    { filter: 'Campaign', value: 'North, South' },
    { filter: 'Followers', value: 'from 1,00,000' },
    { filter: 'Days', value: 'up to 30 Jun 2025' },
    { filter: 'Baseline', value: 'always over all campaigns, unfiltered' },
  ]);
  const metrics = rowsOf(result, 'definitions').map((row) => row.metric);
  expect(metrics).toContain('ROAS');
  expect(metrics).not.toContain('Break-even ROAS');
  const withMargin = await sectionOf('appendix', winAndLoss, { grossMargin: 0.35 });
  expect(rowsOf(withMargin, 'definitions').map((row) => row.metric)).toContain('Break-even ROAS');
});

it('says small numbers in words', () => {
  expect([0, 1, 12, 13].map(inWords)).toEqual(['no', 'one', 'twelve', '13']);
  expect(capitalised('tezbal')).toBe('Tezbal');
});

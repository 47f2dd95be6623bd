import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costsOf } from '../../src/sections/missing.js';
import { sections } from '../../src/sections/registry.js';
import type { SectionResult } from '../../src/sections/section.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { contextOf } from '../support/section-context.js';
import { day, type Tables } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const whole: Required<Tables> = {
  influencers: [
    { influencer_id: 'A', name: 'Asha', category: 'Food', follower_count: 5_000, platform: 'Instagram' },
    { influencer_id: 'B', name: 'Bina', category: 'Yoga', follower_count: 9_000, platform: 'YouTube' },
  ],
  posts: ['A', 'B'].map((id) => ({
    post_id: `P${id}`,
    influencer_id: id,
    date: day(1),
    reach: 900,
    likes: 80,
    comments: 9,
  })),
  tracking: [1, 8].flatMap((number) =>
    ['A', 'B'].map((id) => ({
      influencer_id: id,
      source: `P${id}`,
      campaign: `For ${id}`,
      product: 'Tea',
      date: day(number),
      orders: 2,
      revenue: number * 100,
    })),
  ),
  payouts: ['A', 'B'].map((id) => ({
    influencer_id: id,
    basis: 'order' as const,
    rate: 50,
    orders: 4,
    total_payout: 200,
  })),
};

async function resultsOf(changes: Partial<Tables>): Promise<Record<string, SectionResult>> {
  const context = await contextOf(warehouse, { ...whole, ...changes });
  return Object.fromEntries(
    await Promise.all(sections.map(async (section) => [section.id, await section.compute(context)] as const)),
  );
}

/** Everything that a section says in words. */
const wordsOf = (result: SectionResult | undefined) =>
  JSON.stringify([result?.headline, result?.notes, result?.tables.map(({ empty }) => empty)]);
const tableOf = (result: SectionResult | undefined, id: string) =>
  result?.tables.find((table) => table.id === id);
const chartsOf = (result: SectionResult | undefined) => result?.charts.map(({ id }) => id);

/** The tables with these columns of every row blank. */
function blank<Row extends object>(rows: readonly Row[], ...columns: (keyof Row)[]): Row[] {
  return rows.map((row) => ({ ...row, ...Object.fromEntries(columns.map((column) => [column, null])) }));
}

const SAYS_LACK = /The data hold no|No (?:order|post|influencer|payout) (?:names|has|gives)/;

it('says nothing of the kind where the data are whole', async () => {
  for (const [id, result] of Object.entries(await resultsOf({}))) {
    expect(wordsOf(result), id).not.toMatch(SAYS_LACK);
  }
});

describe('what the data cannot tell is said in its place', () => {
  it('where no order names a post', async () => {
    const results = await resultsOf({
      tracking: whole.tracking.map((row) => ({ ...row, source: 'WELCOME10' })),
    });
    const table = tableOf(results['content-engagement'], 'top-posts-revenue');
    expect(table?.rows).toEqual([]);
    expect(table?.empty).toMatch(
      /^No order names a post \(its source is something else\), so revenue by post/,
    );
    const unsourced = await resultsOf({ tracking: blank(whole.tracking, 'source') });
    expect(tableOf(unsourced['content-engagement'], 'top-posts-revenue')?.empty).toMatch(
      /^No order names a post, so/,
    );
  });

  it('where there are no posts', async () => {
    const results = await resultsOf({ posts: [] });
    for (const id of ['top-posts-revenue', 'top-posts-likes', 'top-posts-engagement']) {
      expect(tableOf(results['content-engagement'], id)?.empty).toMatch(/^The data hold no posts, so/);
    }
    expect(chartsOf(results['content-engagement'])).toEqual(['platform-roas', 'product-revenue']);
    expect(wordsOf(results['executive-overview'])).toContain('The data hold no posts');
  });

  it('where no order names a campaign or a product', async () => {
    const results = await resultsOf({ tracking: blank(whole.tracking, 'campaign', 'product') });
    expect(results['campaign-deep-dive']?.headline).toBe('Campaigns cannot be compared');
    for (const id of ['executive-overview', 'campaign-deep-dive', 'trend']) {
      expect(wordsOf(results[id]), id).toContain(
        'No order names a campaign, so campaigns cannot be compared.',
      );
    }
    expect(tableOf(results['content-engagement'], 'products')).toMatchObject({
      rows: [],
      empty: 'No order names a product, so products cannot be compared.',
    });
  });

  it('where posts lack reach, likes and comments', async () => {
    const results = await resultsOf({ posts: blank(whole.posts, 'reach', 'likes', 'comments') });
    expect(tableOf(results['content-engagement'], 'top-posts-engagement')?.empty).toMatch(
      /^No post has a reach/,
    );
    expect(tableOf(results['content-engagement'], 'top-posts-likes')?.empty).toMatch(/^No post has likes/);
    expect(wordsOf(results['content-engagement'])).not.toContain('are not ranked by engagement rate');
  });

  it('where profiles lack followers and categories, for all or for some', async () => {
    const results = await resultsOf({
      influencers: blank(whole.influencers, 'follower_count', 'category'),
    });
    expect(tableOf(results['influencer-analysis'], 'tiers')).toMatchObject({
      rows: [],
      empty: expect.stringMatching(/^No influencer has a follower count/),
    });
    expect(tableOf(results['influencer-analysis'], 'categories')?.empty).toMatch(
      /^No influencer has a category/,
    );
    expect(chartsOf(results['influencer-analysis'])).toEqual([]);
    const some = await resultsOf({
      influencers: whole.influencers.map((row, index) =>
        index === 0 ? { ...row, follower_count: null } : row,
      ),
    });
    expect(some['influencer-analysis']?.notes).toContain(
      '1 influencer without a follower count is not in the chart, and in no tier.',
    );
    expect(chartsOf(some['influencer-analysis'])).toEqual(['roas-followers']);
  });

  it('where payouts lack rates and orders', async () => {
    const results = await resultsOf({ payouts: blank(whole.payouts, 'rate', 'orders') });
    expect(results['financial-review']?.notes).toEqual([
      'No payout names the orders it pays for, so paid and tracked orders are not compared.',
      'No payout has a rate, so totals are not compared with rate × units.',
    ]);
  });

  it('where there are no payouts: costs are n/a rather than zero', async () => {
    const results = await resultsOf({ payouts: [] });
    expect(tableOf(results.trend, 'weeks')?.rows[0]).toMatchObject({ payout: null, roas: null });
    expect(tableOf(results['content-engagement'], 'platforms')?.rows[0]).toMatchObject({
      payout: null,
      cpm: null,
      cpe: null,
    });
    const kpis = [
      ...(results['content-engagement']?.kpis ?? []),
      ...(results['financial-review']?.kpis ?? []),
    ];
    expect(kpis.filter(({ value }) => value === 0)).toEqual([]);
    expect(results['executive-overview']?.notes.join(' ')).not.toContain('pays back at a gross margin');
    expect(chartsOf(results.trend)).toEqual(['weekly-revenue']);
    expect(chartsOf(results['campaign-deep-dive'])).toEqual([]);
  });

  it('where there are no tracked orders: no return is claimed, and nothing found in it', async () => {
    const results = await resultsOf({ tracking: [] });
    expect(results['executive-overview']?.headline).toBe(
      'No orders are tracked, so there is no return to show',
    );
    const findings = Object.values(results).flatMap((result) => result.findings.map(({ id }) => id));
    expect(findings).toEqual(['unattributed']);
    expect(Object.values(results).flatMap((result) => chartsOf(result) ?? [])).toEqual(['payout-by-rule']);
  });
});

it('leaves costs as they are where there are payouts', () => {
  const row = { payout: 0, cpm: 0, revenue: 5 };
  expect(costsOf(row, null)).toEqual(row);
  expect(costsOf(row, 'There are none.')).toEqual({ payout: null, cpm: null, revenue: 5 });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareEditions } from '../../src/comparison/compare.js';
import type { SectionContext, SectionResult } from '../../src/sections/section.js';
import { sinceLastEdition } from '../../src/sections/since-last-edition.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { edition, type Told } from '../comparison/editions.js';
import { openTinyDuckDb } from '../support/engines.js';
import { contextOf } from '../support/section-context.js';

let warehouse: Warehouse;
let context: SectionContext;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
  context = await contextOf(warehouse, {});
});
afterAll(() => warehouse.close());

const meta = {
  asOf: '2025-06-22',
  period: { from: '2025-06-02', to: '2025-06-22', label: 'the first weeks', week: null },
};
const section = (before: Told, now: Told): Promise<SectionResult> =>
  sinceLastEdition.compute({
    ...context,
    comparison: compareEditions(
      edition({ ...before, meta: { ...meta, ...before.meta } }),
      edition(now),
      'abcdef0123456789',
    ),
  });
const rowsOf = (result: SectionResult, id: string) => result.tables.find((table) => table.id === id)?.rows;

describe('since the last edition', () => {
  it.each<[string, Told, Told]>([
    [
      'Revenue grew ₹200 since 22 Jun 2025; no past weeks were restated',
      { kpis: { revenue: 100 } },
      { kpis: { revenue: 300 } },
    ],
    [
      'Revenue fell ₹1.20 L since 22 Jun 2025; one past week was restated',
      { kpis: { revenue: 130_000 }, weeks: { '2025-06-02': { posts: 1, orders: 4 } } },
      { kpis: { revenue: 10_000 }, weeks: { '2025-06-02': { posts: 2, orders: 5 } } },
    ],
    [
      'Revenue is the same as on 22 Jun 2025; two past weeks were restated',
      { kpis: { revenue: 10 }, weeks: { '2025-06-02': { revenue: 4 }, '2025-06-09': { revenue: 6 } } },
      { kpis: { revenue: 10 }, weeks: { '2025-06-02': { revenue: 5 }, '2025-06-09': { revenue: 5 } } },
    ],
    [
      'Revenue grew ₹200 since 22 Jun 2025',
      { kpis: { revenue: 100 }, weeks: null },
      { kpis: { revenue: 300 } },
    ],
    [
      'One past week was restated since 22 Jun 2025',
      { kpis: null, weeks: { '2025-06-02': { posts: 1 } } },
      { kpis: { revenue: 300 }, weeks: { '2025-06-02': { posts: 2 } } },
    ],
    ['No past weeks were restated since 22 Jun 2025', { kpis: { revenue: 100 } }, { kpis: null }],
    [
      'Revenue fell ₹90 since 22 Jun 2025, as the data now begin on 16 Jun 2025; no past weeks were restated',
      { kpis: { revenue: 100 }, meta: { period: { ...meta.period, from: '2025-05-05' } } },
      { kpis: { revenue: 10 }, meta: { period: { ...meta.period, from: '2025-06-16' } } },
    ],
    ['Little is known of what moved since 22 Jun 2025', { kpis: null, weeks: null }, {}],
  ])('says: %s', async (headline, before, now) => {
    expect((await section(before, now)).headline).toBe(headline);
  });

  it('shows what moved, each figure with what it was', async () => {
    const result = await section(
      {
        kpis: { revenue: 100, roas: 2 },
        campaigns: { North: [60, 3], Old: [40, 1] },
        influencers: { A: [50, 10] },
        weeks: { '2025-06-02': { revenue: 60, orders: 3 } },
      },
      {
        kpis: { revenue: 90, roas: 2 },
        campaigns: { North: [70, 2], New: [20, 4] },
        influencers: { A: [5, 10] },
        weeks: { '2025-06-02': { revenue: 50.5, orders: 2 } },
      },
    );
    expect(result.kpis).toEqual([
      expect.objectContaining({
        id: 'revenue',
        value: 90,
        delta: expect.objectContaining({
          period: 'since 22 Jun 2025',
          previous: 100,
          change: -0.1,
          kind: 'relative',
        }),
      }),
    ]);
    expect(rowsOf(result, 'campaign-moves')?.map((row) => Object.values(row))).toEqual([
      ['Old', 'gone', -40, 40, null, null, 1, null],
      ['New', 'new', 20, null, 20, null, null, 4],
      ['North', null, 10, 60, 70, -1, 3, 2],
    ]);
    expect(rowsOf(result, 'threshold-crossings')).toEqual([
      {
        influencer_id: 'A',
        name: 'Name of A',
        state: 'fell below',
        roas_before: 5,
        roas: 0.5,
        revenue: 5,
        payout: 10,
      },
    ]);
    expect(rowsOf(result, 'restated-money')).toEqual([
      { week: '2025-06-02', figure: 'Revenue', before: 60, now: 50.5, change: -9.5 },
    ]);
    expect(rowsOf(result, 'restated-counts')).toEqual([
      { week: '2025-06-02', figure: 'Orders', before: 3, now: 2, change: -1 },
    ]);
    expect(result.notes).toHaveLength(1);
    expect(result.notes[0]).toContain('as of 22 Jun 2025, which covers the first weeks; the SHA-256');
    expect(result.notes[0]).toContain('begins abcdef012345.');
  });

  it('leaves out what moved by less than is written', async () => {
    const result = await section(
      {
        kpis: { revenue: 100_000, engagement_rate: 0.041, roas: 2, baseline_roas: null },
        campaigns: { North: [60, 3], South: [60, 3], East: [60, 3], West: [60, null] },
      },
      {
        kpis: { revenue: 100_010, engagement_rate: 0.0411, roas: 2.01, baseline_roas: 1 },
        campaigns: { North: [60.3, 3.001], South: [60.3, 3.01], East: [61, 3], West: [60, 0.001] },
      },
    );
    expect(result.kpis.map(({ id }) => id)).toEqual(['roas', 'baseline_roas']);
    expect(rowsOf(result, 'campaign-moves')?.map(({ campaign }) => campaign)).toEqual([
      'East',
      'South',
      'West',
    ]);
  });

  it('tells who fell below the threshold, who came below it, and who is back', async () => {
    const result = await section(
      { influencers: { Fell: [50, 10], Back: [5, 10], Unpaid: [5, null] } },
      { influencers: { Fell: [5, 10], Back: [50, 10], Unpaid: [5, 10], Came: [5, 10] } },
    );
    const table = result.tables.find(({ id }) => id === 'threshold-crossings');
    expect(table?.title).toMatch(/^Influencers newly below, or back above, a ROAS of 1\.00×, most/);
    expect(table?.rows.map(({ influencer_id, state }) => [influencer_id, state])).toEqual([
      ['Back', 'back above'],
      ['Came', 'new, below'],
      ['Fell', 'fell below'],
      ['Unpaid', 'new, below'],
    ]);
  });

  it('says of campaigns that an edition lacks that they are not known', async () => {
    const emptyOf = async (before: Told) =>
      (await section(before, {})).tables.find(({ id }) => id === 'campaign-moves')?.empty;
    expect(await emptyOf({ campaigns: null })).toBe('It is not known which campaigns moved.');
    expect(await emptyOf({})).toBeUndefined();
  });

  it('notes what else a reader has to know', async () => {
    const weeks = { '2025-06-02': { payout: 10, revenue: 1 }, '2025-06-09': { payout: 30 } };
    const moved = { '2025-06-02': { payout: 15, revenue: 1 }, '2025-06-09': { payout: 28 } };
    const all = async (before: Told, now: Told) => (await section(before, now)).notes.slice(1).join(' ');
    expect(await all({ kpis: { payout: 40 }, weeks }, { kpis: { payout: 50 }, weeks: moved })).toBe(
      'The payout of past weeks moves by itself when new posts or orders share a total, or the total changes: together they hold ₹3 more than in the last edition.',
    );
    expect(await all({ kpis: { payout: 50 }, weeks: moved }, { kpis: { payout: 40 }, weeks })).toContain(
      'together they hold ₹3 less than in the last edition.',
    );
    const level = { '2025-06-02': { payout: 15, revenue: 1 }, '2025-06-09': { payout: 25 } };
    expect(await all({ kpis: { payout: 40 }, weeks }, { kpis: { payout: 50 }, weeks: level })).toContain(
      'together they hold as much as in the last edition.',
    );
    expect(await all({ kpis: null, campaigns: null }, {})).toBe(
      'One of the two editions lacks its headline figures and its campaigns, so it is not known what moved there.',
    );
    expect(await all({ kpis: { payout: 40 }, weeks }, { kpis: { payout: 40 }, weeks: moved })).toBe(
      'Total payout, orders and posts are as before; past weeks carry another part of the payout.',
    );
    expect(await all({ weeks }, {})).toBe(
      'Where a week is in one of the two editions only, the other has n/a.',
    );
    expect(await all({ weeks: null }, {})).toContain('it is not known what was restated');
    const later = { meta: { period: { ...meta.period, from: '2025-06-16' } } };
    expect(await all({}, later)).toBe(
      'This edition begins on 16 Jun 2025, the last one on 2 Jun 2025: the weeks between left the totals, and are neither compared nor counted as restated.',
    );
    expect(await all({ meta: { version: '0.0.9' } }, {})).toContain(
      'made by roi-report 0.0.9, this one by 0.1.0',
    );
  });
});

describe('the finding of restated weeks', () => {
  const findings = async (before: Told['weeks'] & object, now: Told['weeks'] & object) =>
    (await section({ weeks: before }, { weeks: now })).findings;

  it('tells the money that moved, exactly, and the week that moved most', async () => {
    expect(
      await findings(
        { '2025-06-02': { revenue: 0.1 }, '2025-06-09': { revenue: 500.2 } },
        { '2025-06-02': { revenue: 0.3 }, '2025-06-09': { revenue: 100.3, posts: 1 } },
      ),
    ).toEqual([
      {
        id: 'restated-weeks',
        severity: 'bad',
        text: '2 past weeks were restated since 22 Jun 2025: they hold ₹400 less revenue.',
        detail: 'The week from 9 Jun 2025 changed most: from ₹500 to ₹100.',
        evidence: { section: 'since-last-edition', impact: 400.1, values: { weeks: 2, revenue: -399.7 } },
      },
    ]);
  });

  it('is bad only where revenue is lost', async () => {
    const week = '2025-06-02';
    expect(await findings({ [week]: { revenue: 1 } }, { [week]: { revenue: 2 } })).toMatchObject([
      { severity: 'neutral', text: '1 past week was restated since 22 Jun 2025: it holds ₹1 more revenue.' },
    ]);
    expect(await findings({ [week]: { posts: 1 } }, { [week]: { posts: 2 } })).toMatchObject([
      {
        severity: 'neutral',
        text: '1 past week was restated since 22 Jun 2025: its revenue is the same.',
        evidence: { impact: 0 },
      },
    ]);
    expect(await findings({ [week]: { revenue: 8 } }, {})).toMatchObject([
      { severity: 'bad', detail: 'The week from 2 Jun 2025, which held ₹8, is no longer in the data.' },
    ]);
    expect(await findings({ '2025-06-09': {} }, { '2025-06-09': {}, [week]: { revenue: 8 } })).toMatchObject([
      { severity: 'neutral', detail: 'The week from 2 Jun 2025 is new in the data, with ₹8.' },
    ]);
    expect(await findings({ [week]: { revenue: 1 } }, { [week]: { revenue: 1 } })).toEqual([]);
  });
});

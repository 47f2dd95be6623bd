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
      ['Old', 'gone', 40, null, -40, 1, null, null, 2, null],
      ['New', 'new', null, 20, 20, null, 4, null, null, 1],
      ['North', null, 60, 70, 10, 3, 2, -1, 1, 2],
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

  it('notes what else a reader has to know', async () => {
    const weeks = { '2025-06-02': { payout: 10, revenue: 1 }, '2025-06-09': { payout: 30 } };
    const moved = { '2025-06-02': { payout: 15, revenue: 1 }, '2025-06-09': { payout: 28 } };
    const all = async (before: Told, now: Told) => (await section(before, now)).notes.slice(1).join(' ');
    expect(await all({ kpis: { payout: 40 }, weeks }, { kpis: { payout: 50 }, weeks: moved })).toBe(
      'Every payout total is allocated over all posts and orders, so that new ones, or a new total, move it between weeks: ₹5 came to past weeks and ₹2 left them, 2 weeks in all. That is no restatement.',
    );
    expect(await all({ kpis: { payout: 40 }, weeks }, { kpis: { payout: 40 }, weeks: moved })).toBe(
      'Total payout, orders and posts are as before; past weeks carry another part of the payout.',
    );
    expect(await all({ weeks }, {})).toBe(
      'Where a week is in one of the two editions only, the other has n/a.',
    );
    expect(await all({ weeks: null }, {})).toContain('it is not known what was restated');
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

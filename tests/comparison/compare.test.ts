import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEditions } from '../../src/comparison/compare.js';
import type { Comparison } from '../../src/report/comparison-schema.js';
import { comparisonSchema } from '../../src/report/comparison-schema.js';
import { edition, type Told } from './editions.js';

function compared(before: Told, now: Told): Comparison {
  return compareEditions(edition(before), edition(now), 'abc');
}

describe('headline figures', () => {
  it('moved: money and counts by a share of what they were, ratios and shares by their difference', () => {
    const { kpis } = compared(
      { kpis: { revenue: 1_000.1, payout: 500, orders: 10, roas: 2, roi: 1, engagement_rate: 0.04 } },
      { kpis: { revenue: 1_000.3, payout: 400, orders: 15, roas: 2.5, roi: 1.5, engagement_rate: 0.04 } },
    ).moved;
    expect(kpis.map(({ id, difference, change, kind }) => [id, difference, change, kind])).toEqual([
      ['revenue', 0.2, 0.2 / 1_000.1, 'relative'],
      ['payout', -100, -0.2, 'relative'],
      ['orders', 5, 0.5, 'relative'],
      ['roas', 0.5, 0.5, 'absolute'],
      ['roi', 0.5, 0.5, 'absolute'],
    ]);
  });

  it('that come or go have no change, and those that were zero no share', () => {
    const { kpis } = compared(
      { kpis: { revenue: 0, roas: null, baseline_roas: 1.2, payout: -50 } },
      { kpis: { revenue: 80, roas: 1, baseline_roas: null, payout: 50 } },
    ).moved;
    expect(
      kpis.map(({ id, before, now, difference, change }) => [id, before, now, difference, change]),
    ).toEqual([
      ['revenue', 0, 80, 80, null],
      ['payout', -50, 50, 100, 2],
      ['roas', null, 1, null, null],
      ['baseline_roas', 1.2, null, null, null],
    ]);
  });
});

describe('campaigns', () => {
  it('moved, came and went, the largest change of revenue first, each with its rank by ROAS', () => {
    const { campaigns } = compared(
      { campaigns: { North: [100.1, 2], South: [50, 1], West: [10, null], Gone: [30, 0.5] } },
      {
        campaigns: {
          North: [100.3, 2],
          South: [50, 3],
          West: [10, null],
          New: [40, 2],
          Unattributed: [0, 9],
        },
      },
    ).moved;
    expect(
      campaigns.map(({ campaign, state, before, now, revenueChange, roasChange }) => [
        campaign,
        state,
        before?.rank ?? null,
        now?.rank ?? null,
        revenueChange,
        roasChange,
      ]),
    ).toEqual([
      ['New', 'new', null, 2, 40, null],
      ['Gone', 'gone', 3, null, -30, null],
      ['North', 'moved', 1, 2, 0.2, 0],
      ['South', 'moved', 2, 1, 0, 2],
      ['Unattributed', 'new', null, null, 0, null],
    ]);
  });
});

describe('influencers', () => {
  const meta = (roasBelow: number) => ({ thresholds: { roasBelow } });

  it('crossed the threshold of the present report, most money at stake first', () => {
    const { influencers } = compared(
      {
        influencers: {
          Fell: [200, 100],
          Rose: [50, 100],
          Low: [1, 100],
          Unpaid: [5, null],
          Left: [1, 9],
          Lost: [1, 9],
        },
        meta: meta(5),
      },
      {
        influencers: {
          Fell: [90, 100],
          Rose: [900, 100],
          Low: [2, 100],
          Unpaid: [5, 50],
          Came: [0, 30],
          Left: [1, 0],
        },
        meta: meta(1),
      },
    ).moved;
    expect(
      influencers.map(({ influencer_id, state, before }) => [influencer_id, state, before?.roas]),
    ).toEqual([
      ['Rose', 'recovered', 0.5],
      ['Unpaid', 'below', null],
      ['Came', 'below', undefined],
      ['Fell', 'below', 2],
    ]);
  });

  it('at the threshold are not below it', () => {
    const at = { influencers: { A: [100, 100] as const }, meta: meta(1) };
    const below = { influencers: { A: [99.99, 100] as const }, meta: meta(1) };
    expect(compared(at, below).moved.influencers).toMatchObject([{ state: 'below' }]);
    expect(compared(below, at).moved.influencers).toMatchObject([{ state: 'recovered' }]);
  });
});

describe('past weeks', () => {
  const covered = { period: { from: '2025-06-04', to: '2025-06-22', label: '', week: null } };
  const first = '2025-06-02';
  const second = '2025-06-09';
  const third = '2025-06-16';

  it('that were whole are restated where a figure differs, to the minor unit', () => {
    const { restated } = compared(
      {
        weeks: {
          [first]: { revenue: 5, partial: true },
          [second]: { revenue: 0.1, orders: 3, posts: 2 },
          [third]: { revenue: 0.3 },
        },
        meta: covered,
      },
      {
        weeks: {
          [first]: { revenue: 9, partial: true },
          [second]: { revenue: 0.3, orders: 2, posts: 2 },
          [third]: { revenue: 0.1 + 0.2 },
          '2025-06-23': { revenue: 70, partial: true },
        },
      },
    );
    expect(restated).toEqual([
      { week: second, figure: 'revenue', before: 0.1, now: 0.3, change: 0.2 },
      { week: second, figure: 'orders', before: 3, now: 2, change: -1 },
    ]);
  });

  it('that came or went are restated with all they hold, but not weeks that the earlier edition had not reached', () => {
    const { restated } = compared(
      { weeks: { [second]: { revenue: 40, posts: 1 }, [third]: {} }, meta: covered },
      { weeks: { '2025-05-26': { orders: 2 }, '2025-06-23': { revenue: 8 } } },
    );
    expect(restated).toEqual([
      { week: second, figure: 'revenue', before: 40, now: null, change: -40 },
      { week: second, figure: 'posts', before: 1, now: null, change: -1 },
      { week: '2025-05-26', figure: 'orders', before: null, now: 2, change: 2 },
    ]);
  });

  it('whose payout moves with its total, new orders or new posts are allocated anew, which is told apart', () => {
    const weeks = { [first]: { payout: 60.1, orders: 1, posts: 1 }, [second]: { payout: 39.9 } };
    const later = { [first]: { payout: 55, orders: 1, posts: 1 }, [second]: { payout: 75 } };
    const before = { kpis: { payout: 100 }, weeks, meta: covered };
    const anew = { restated: [], reallocated: { weeks: 2, added: 35.1, removed: 5.1 } };
    expect(compared(before, { kpis: { payout: 130 }, weeks: later })).toMatchObject(anew);
    for (const more of [{ orders: 1 }, { posts: 1 }])
      expect(
        compared(before, { kpis: { payout: 100 }, weeks: { ...later, '2025-06-23': more } }),
      ).toMatchObject(anew);
    expect(compared(before, { kpis: { payout: 100 }, weeks: later })).toMatchObject({
      restated: [
        { week: second, figure: 'payout', change: 35.1 },
        { week: first, figure: 'payout', change: -5.1 },
      ],
      reallocated: null,
    });
  });

  it('whose payout is not supplied do not move', () => {
    const weeks = { [first]: { payout: null } };
    const later = { [first]: { payout: 50 } };
    expect(
      compared({ kpis: { payout: null }, weeks, meta: covered }, { kpis: { payout: 50 }, weeks: later }),
    ).toMatchObject({
      restated: [],
      reallocated: null,
    });
  });

  it('are not known where an edition lacks them', () => {
    const known = { weeks: { [first]: { revenue: 1 } }, meta: covered };
    for (const [before, now] of [
      [known, { weeks: null }],
      [{ weeks: null }, known],
    ] as const)
      expect(compared(before, now)).toMatchObject({ restated: null, reallocated: null });
    expect(compared({ campaigns: null, influencers: null }, { campaigns: { A: [1, 1] } }).moved).toEqual({
      kpis: [],
      campaigns: [],
      influencers: [],
    });
  });
});

describe('any two editions', () => {
  const money = fc.integer({ min: -1e12, max: 1e12 }).map((minor) => minor / 100);
  const count = fc.integer({ min: 0, max: 1e6 });
  const maybeMoney: fc.Arbitrary<number | null> = fc.option(money, { nil: null });
  const ratio: fc.Arbitrary<number | null> = fc.option(fc.double({ min: 0, max: 1e3, noNaN: true }));
  const weekNames = ['2025-06-02', '2025-06-09', '2025-06-16'];
  const name = fc.constantFrom('A', 'B', 'C', 'constructor');
  const told: fc.Arbitrary<Told> = fc.record({
    kpis: fc.record({ revenue: money, payout: maybeMoney, orders: count, roas: ratio, roi: ratio }),
    campaigns: fc.dictionary(name, fc.tuple(money, ratio)),
    influencers: fc.dictionary(name, fc.tuple(money, maybeMoney)),
    weeks: fc
      .tuple(
        ...weekNames.map(() => fc.record({ revenue: money, orders: count, posts: count, payout: money })),
      )
      .map((weeks) => Object.fromEntries(weeks.map((week, index) => [weekNames[index] ?? '', week]))),
  });

  it('are the same as themselves', () => {
    fc.assert(
      fc.property(told, (one) => {
        expect(compared(one, one)).toMatchObject({
          moved: { kpis: [], campaigns: [], influencers: [] },
          restated: [],
          reallocated: null,
        });
      }),
    );
  });

  it('differ the other way round by the opposite, and are as the schema says', () => {
    const opposite = (value: number | null) => (value === null ? null : 0 - value);
    fc.assert(
      fc.property(told, told, (one, other) => {
        const there = compared(one, other);
        const back = compared(other, one);
        expect(comparisonSchema.parse(there)).toEqual(there);
        expect(
          back.moved.kpis.map(({ id, before, now, difference }) => [id, now, before, opposite(difference)]),
        ).toEqual(there.moved.kpis.map(({ id, before, now, difference }) => [id, before, now, difference]));
        expect(
          back.moved.campaigns.map((row) => [row.campaign, row.now, row.before, opposite(row.revenueChange)]),
        ).toEqual(there.moved.campaigns.map((row) => [row.campaign, row.before, row.now, row.revenueChange]));
        expect(
          back.restated?.map((row) => [row.week, row.figure, row.now, row.before, opposite(row.change)]),
        ).toEqual(there.restated?.map((row) => [row.week, row.figure, row.before, row.now, row.change]));
        expect(back.reallocated).toEqual(
          there.reallocated && {
            weeks: there.reallocated.weeks,
            added: there.reallocated.removed,
            removed: there.reallocated.added,
          },
        );
      }),
    );
  });
});

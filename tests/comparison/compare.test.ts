import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEditions } from '../../src/comparison/compare.js';
import { noFilters } from '../../src/model/filters.js';
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
    expect(kpis?.map(({ id, difference, change, kind }) => [id, difference, change, kind])).toEqual([
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
      kpis?.map(({ id, before, now, difference, change }) => [id, before, now, difference, change]),
    ).toEqual([
      ['revenue', 0, 80, 80, null],
      ['payout', -50, 50, 100, 2],
      ['roas', null, 1, null, null],
      ['baseline_roas', 1.2, null, null, null],
    ]);
  });
});

describe('campaigns', () => {
  it('moved, came and went, the largest change of revenue first', () => {
    const { campaigns } = compared(
      { campaigns: { North: [100.1, 2], South: [50, 1], West: [10, null], Gone: [30, 0.5] } },
      {
        campaigns: { North: [100.3, 2], South: [50, 3], West: [10, null], New: [40, 2] },
        unattributed: [0, 9],
      },
    ).moved;
    expect(
      campaigns?.map(({ campaign, state, revenueChange, roasChange }) => [
        campaign,
        state,
        revenueChange,
        roasChange,
      ]),
    ).toEqual([
      ['New', 'new', 40, null],
      ['Gone', 'gone', -30, null],
      ['North', 'moved', 0.2, 0],
      ['South', 'moved', 0, 2],
      ['Unattributed', 'new', 0, null],
    ]);
  });

  it('of the name Unattributed are not what has no campaign', () => {
    const named = { campaigns: { North: [1, 1], Unattributed: [10, 2] } } as const;
    const movesOf = (before: Told, now: Told) =>
      compared(before, now).moved.campaigns?.map(({ state, before, now }) => [
        state,
        before?.revenue,
        now?.revenue,
      ]);
    expect(
      movesOf(
        { ...named, unattributed: [5, 0] },
        { campaigns: { North: [1, 1], Unattributed: [14, 2] }, unattributed: [6, 0] },
      ),
    ).toEqual([
      ['moved', 10, 14],
      ['moved', 5, 6],
    ]);
    expect(movesOf(named, { ...named, unattributed: [5, 0] })).toEqual([['new', undefined, 5]]);
    expect(movesOf({ campaigns: { North: [1, 1] }, unattributed: [5, 0] }, named)).toEqual([
      ['new', undefined, 10],
      ['gone', 5, undefined],
    ]);
    const filters = { ...noFilters, campaigns: ['North', 'Unattributed'] };
    const unpaid = { campaigns: { North: [1, 1], Unattributed: [10, null] }, meta: { filters } } as const;
    expect(
      movesOf(unpaid, { campaigns: { North: [1, 1], Unattributed: [10, 3] }, meta: { filters } }),
    ).toEqual([['moved', 10, 10]]);
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
      influencers?.map(({ influencer_id, state, before }) => [influencer_id, state, before?.roas]),
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
    const lacking = { kpis: null, campaigns: null, influencers: null };
    const full: Told = { kpis: { revenue: 1 }, campaigns: { A: [1, 1] }, influencers: { A: [1, 1] } };
    for (const [before, now] of [
      [lacking, full],
      [full, lacking],
    ] as const)
      expect(compared(before, now).moved).toEqual(lacking);
  });

  const window = {
    [first]: { revenue: 10, orders: 1, posts: 1, payout: 3 },
    [second]: { revenue: 20, orders: 2, posts: 1, payout: 3 },
    [third]: { revenue: 30, orders: 3, posts: 1, payout: 3 },
  };
  const whole: Told = { kpis: { payout: 9 }, weeks: window, meta: covered };

  it('are not restated where only the orders of a moving window begin later, nor is the week that is cut', () => {
    const empty = { posts: 1, payout: 3 };
    const cut = { ...window, [first]: empty, [second]: { ...empty, revenue: 8, orders: 1 } };
    expect(compared(whole, { kpis: { payout: 9 }, weeks: cut }).restated).toEqual([]);
    const changed = { ...cut, [first]: { payout: 3 }, [third]: { revenue: 31, orders: 3, posts: 1 } };
    expect(compared(whole, { kpis: { payout: 9 }, weeks: changed }).restated).toEqual([
      { week: third, figure: 'revenue', before: 30, now: 31, change: 1 },
    ]);
    const fewerPosts = { ...window, [second]: { revenue: 20, orders: 2, posts: 0, payout: 3 } };
    expect(compared(whole, { kpis: { payout: 9 }, weeks: fewerPosts }).restated).toEqual([
      { week: second, figure: 'posts', before: 1, now: 0, change: -1 },
    ]);
  });

  it('have no payout that moved before the orders of a moving window begin', () => {
    const cut = {
      [third]: { ...window[third], payout: 5 },
      '2025-06-23': { posts: 2, orders: 1, payout: 4 },
    };
    expect(compared(whole, { kpis: { payout: 9 }, weeks: cut })).toMatchObject({
      restated: [],
      reallocated: null,
    });
    expect(
      compared(whole, {
        kpis: { payout: 10 },
        weeks: { ...cut, [second]: { ...window[second], payout: 9 } },
      }),
    ).toMatchObject({ restated: [], reallocated: { weeks: 1, added: 2, removed: 0 } });
  });

  it('are restated where the first of both differs, history is added, or all is gone', () => {
    const firstOnly = (revenue: number): Told => ({ weeks: { [first]: { revenue } }, meta: covered });
    expect(compared(firstOnly(1), firstOnly(2)).restated).toMatchObject([{ week: first, change: 1 }]);
    expect(
      compared({ weeks: { [first]: {}, [second]: { revenue: 1 } }, meta: covered }, firstOnly(2)).restated,
    ).toMatchObject([
      { week: second, change: -1 },
      { week: first, change: 2 },
    ]);
    expect(compared(firstOnly(1), { weeks: {} }).restated).toMatchObject([{ week: first, change: -1 }]);
  });
});

describe('any two editions', () => {
  const money = fc.integer({ min: -1e12, max: 1e12 }).map((minor) => minor / 100);
  const count = fc.integer({ min: 0, max: 1e6 });
  const some = fc.integer({ min: 1, max: 1e6 });
  const maybeMoney: fc.Arbitrary<number | null> = fc.option(money, { nil: null });
  const ratio: fc.Arbitrary<number | null> = fc.option(fc.double({ min: 0, max: 1e3, noNaN: true }));
  const weekNames = ['2025-06-02', '2025-06-09', '2025-06-16'];
  const name = fc.constantFrom('A', 'B', 'C', 'constructor');
  const told: fc.Arbitrary<Told> = fc.record({
    kpis: fc.record({ revenue: money, payout: maybeMoney, orders: count, roas: ratio, roi: ratio }),
    campaigns: fc.dictionary(name, fc.tuple(money, ratio)),
    influencers: fc.dictionary(name, fc.tuple(money, maybeMoney)),
    weeks: fc
      .tuple(...weekNames.map(() => fc.record({ revenue: money, orders: some, posts: some, payout: money })))
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

  it('restate nothing where the data of the later one only begin later', () => {
    const days = fc.array(fc.record({ revenue: money, orders: count, posts: count, payout: money }), {
      minLength: 1,
      maxLength: 8,
    });
    const mondays = Array.from({ length: 8 }, (_, week) =>
      new Date(Date.UTC(2025, 4, 5 + 7 * week)).toISOString().slice(0, 10),
    );
    const period = { from: '2025-05-05', to: '2025-06-29', label: '', week: null };
    fc.assert(
      fc.property(days, fc.nat(7), fc.nat(7), (all, orders, posts) => {
        const weeksFrom = (firstOrders: number, firstPosts: number) =>
          Object.fromEntries(
            all.map((week, index) => [
              mondays[index] ?? '',
              {
                ...(index < firstOrders ? {} : { revenue: week.revenue, orders: week.orders + 1 }),
                posts: index < firstPosts ? 0 : week.posts + 1,
                payout: week.payout,
              },
            ]),
          );
        const last = all.length - 1;
        const later = weeksFrom(Math.min(orders, last), Math.min(posts, last));
        const { restated } = compared({ weeks: weeksFrom(0, 0), meta: { period } }, { weeks: later });
        expect(restated).toEqual([]);
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
          back.moved.kpis?.map(({ id, before, now, difference }) => [id, now, before, opposite(difference)]),
        ).toEqual(there.moved.kpis?.map(({ id, before, now, difference }) => [id, before, now, difference]));
        expect(
          back.moved.campaigns?.map((row) => [
            row.campaign,
            row.now,
            row.before,
            opposite(row.revenueChange),
          ]),
        ).toEqual(
          there.moved.campaigns?.map((row) => [row.campaign, row.before, row.now, row.revenueChange]),
        );
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

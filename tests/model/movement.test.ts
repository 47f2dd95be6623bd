import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revenueMovement, roasMovement, type Segment } from '../../src/model/movement.js';
import { expectClose } from '../support/close.js';

const none = { revenue: 0, payout: 0 };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('roasMovement', () => {
  it('splits the example of the definitions', () => {
    expect(
      roasMovement([
        { segment: 'A', before: { payout: 100, revenue: 400 }, after: { payout: 50, revenue: 200 } },
        { segment: 'B', before: { payout: 100, revenue: 100 }, after: { payout: 150, revenue: 150 } },
      ]),
    ).toEqual([
      { segment: 'A', mix: -0.46875, rate: 0 },
      { segment: 'B', mix: -0.28125, rate: 0 },
    ]);
  });

  it('is all rate where the shares of payout stay', () => {
    const movement = roasMovement([
      { segment: 'A', before: { payout: 100, revenue: 200 }, after: { payout: 300, revenue: 900 } },
      { segment: 'B', before: { payout: 100, revenue: 100 }, after: { payout: 300, revenue: 300 } },
    ]);
    expectClose(movement, [
      { segment: 'A', mix: 0, rate: 0.5 },
      { segment: 'B', mix: 0, rate: 0 },
    ]);
  });

  it('is all mix for a segment that enters or leaves', () => {
    // Total ROAS 2 → 3, their mean 2.5: B enters with ROAS 3, A leaves with ROAS 2.
    expect(
      roasMovement([
        { segment: 'A', before: { payout: 100, revenue: 200 }, after: none },
        { segment: 'B', before: none, after: { payout: 50, revenue: 150 } },
      ]),
    ).toEqual([
      { segment: 'A', mix: 0.5, rate: 0 },
      { segment: 'B', mix: 0.5, rate: 0 },
    ]);
  });

  it('is undefined where a period has no payout', () => {
    const paid = { payout: 1, revenue: 1 };
    expect(roasMovement([])).toBeNull();
    expect(roasMovement([{ segment: 'A', before: none, after: paid }])).toBeNull();
    expect(roasMovement([{ segment: null, before: paid, after: { payout: 0, revenue: 9 } }])).toBeNull();
  });

  it('sums to the change of ROAS, with segments that enter, leave or sell without payout', () => {
    const side = fc.record({
      payout: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })),
      revenue: fc.oneof(fc.constant(0), fc.integer({ min: -10_000, max: 10_000_000 })),
    });
    const segment: fc.Arbitrary<Segment> = fc.record({
      segment: fc.option(fc.string()),
      before: side,
      after: side,
    });
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
        const movement = roasMovement(segments);
        const total = (when: 'before' | 'after', what: 'payout' | 'revenue') =>
          sum(segments.map((row) => row[when][what]));
        if (total('before', 'payout') === 0 || total('after', 'payout') === 0) {
          expect(movement).toBeNull();
          return;
        }
        const was = total('before', 'revenue') / total('before', 'payout');
        const is = total('after', 'revenue') / total('after', 'payout');
        const parts = (movement ?? []).flatMap(({ mix, rate }) => [mix, rate]);
        const size = sum(parts.map(Math.abs)) + Math.abs(was) + Math.abs(is) + 1;
        expect(Math.abs(sum(parts) - (is - was))).toBeLessThan(1e-9 * size);
      }),
      { numRuns: 300 },
    );
  });
});

describe('revenueMovement', () => {
  it('gives the whole change to the one driver that changed', () => {
    expect(
      revenueMovement({ posts: 2, orders: 8, revenue: 80 }, { posts: 4, orders: 16, revenue: 160 }),
    ).toEqual([
      { driver: 'posts', change: 80 },
      { driver: 'orders per post', change: 0 },
      { driver: 'AOV', change: 0 },
    ]);
  });

  it('shares what two drivers did together equally', () => {
    // 2 orders at 10 become 4 at 15: 20 more orders at 10, 10 more AOV at 2, and 20 that took both.
    expect(
      revenueMovement({ posts: 0, orders: 2, revenue: 20 }, { posts: 3, orders: 4, revenue: 60 }),
    ).toEqual([
      { driver: 'orders', change: 25 },
      { driver: 'AOV', change: 15 },
    ]);
  });

  it('is undefined without orders in one of the periods', () => {
    const week = { posts: 1, orders: 1, revenue: 10 };
    expect(revenueMovement({ posts: 1, orders: 0, revenue: 0 }, week)).toBeNull();
    expect(revenueMovement(week, { posts: 0, orders: 0, revenue: -5 })).toBeNull();
  });

  it('sums to the change of revenue', () => {
    const drivers = fc.record({
      posts: fc.nat(500),
      orders: fc.oneof(fc.integer({ min: -5, max: -1 }), fc.integer({ min: 1, max: 100_000 })),
      revenue: fc.integer({ min: -10_000, max: 1_000_000_000 }),
    });
    fc.assert(
      fc.property(drivers, drivers, (before, after) => {
        const changes = (revenueMovement(before, after) ?? []).map(({ change }) => change);
        const size = sum(changes.map(Math.abs)) + Math.abs(before.revenue) + Math.abs(after.revenue) + 1;
        expect(Math.abs(sum(changes) - (after.revenue - before.revenue))).toBeLessThan(1e-9 * size);
      }),
      { numRuns: 300 },
    );
  });
});

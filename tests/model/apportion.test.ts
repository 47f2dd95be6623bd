import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { apportioned, type Division } from '../support/apportioned.js';
import { openTinyDuckDb } from '../support/engines.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const sum = (values: readonly number[]) => values.reduce((total, value) => total + BigInt(value), 0n);
const magnitude = (value: bigint) => (value < 0n ? -value : value);

const HUGE = 9_000_000_000_000_000;
const divisions = fc.array(
  fc.record({
    amount: fc.oneof(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -HUGE, max: HUGE })),
    weights: fc
      .array(fc.oneof(fc.nat(5), fc.nat(1_000_000_000)), { minLength: 1, maxLength: 9 })
      .filter((weights) => weights.some((weight) => weight > 0)),
  }),
  { minLength: 1, maxLength: 40 },
);

async function property(check: (division: Division, shares: number[]) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(divisions, async (random) => {
      const shares = await apportioned(warehouse, random);
      random.forEach((division, index) => {
        check(division, shares[index] ?? []);
      });
    }),
    { numRuns: 30 },
  );
}

describe('apportion', () => {
  it('sums to the amount exactly', () =>
    property(({ amount }, shares) => expect(sum(shares)).toBe(BigInt(amount))));

  it('keeps every share within one minor unit of its exact part, and gives nothing to weight 0', () =>
    property(({ amount, weights }, shares) => {
      const total = sum(weights);
      weights.forEach((weight, index) => {
        const share = BigInt(shares[index] ?? 0);
        const difference = share * total - BigInt(amount) * BigInt(weight);
        expect(magnitude(difference) < total).toBe(true);
        if (weight === 0) expect(share).toBe(0n);
      });
    }));

  it('divides a negative amount as it divides its absolute value', async () => {
    await fc.assert(
      fc.asyncProperty(divisions, async (random) => {
        const mirrored = random.map(({ amount, weights }) => ({ amount: -amount, weights }));
        const shares = await apportioned(warehouse, random);
        const negated = (await apportioned(warehouse, mirrored)).map((group) =>
          group.map((share) => 0 - share),
        );
        expect(negated).toEqual(shares);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the units left over to the largest remainders, ties by ascending key', async () => {
    expect(
      await apportioned(warehouse, [
        { amount: 10, weights: [1, 1, 1] },
        { amount: 11, weights: [1, 1, 1] },
        { amount: 10, weights: [1, 3, 3] },
        { amount: 0, weights: [2, 1] },
        { amount: 7, weights: [0, 5] },
      ]),
    ).toEqual([
      [4, 3, 3],
      [4, 4, 3],
      [2, 4, 4],
      [0, 0],
      [0, 7],
    ]);
  });

  it('divides a huge amount by huge weights', async () => {
    expect(
      await apportioned(warehouse, [
        { amount: HUGE, weights: [1_000_000_000, 1_000_000_000, 1_000_000_000] },
      ]),
    ).toEqual([[HUGE / 3, HUGE / 3, HUGE / 3]]);
  });
});

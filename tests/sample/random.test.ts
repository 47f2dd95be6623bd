import { describe, expect, it } from 'vitest';
import { pick, pickWeighted, seededRandom, shuffled, tailedFactor } from '../../src/sample/random.js';

const take = (count: number, seed = 1, stream = 1) => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('repeats with the seed and differs between seeds and between streams', () => {
    expect(take(5)).toEqual(take(5));
    expect(take(5)).not.toEqual(take(5, 2));
    expect(take(5)).not.toEqual(take(5, 1, 2));
  });

  it.each([0, 1, 2 ** 32 - 1])('spreads evenly over [0, 1) with seed %d', (seed) => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of take(20_000, seed))
      tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});

describe('choices', () => {
  it('picks every item of a list, and the only one of a short list', () => {
    const random = seededRandom(1, 1);
    expect(new Set(Array.from({ length: 50 }, () => pick(random, ['a', 'b', 'c'])))).toEqual(
      new Set(['a', 'b', 'c']),
    );
    expect(pick(random, ['only'])).toBe('only');
  });

  it('picks in proportion to the weight, never an item of weight 0', () => {
    const random = seededRandom(1, 1);
    const picked = Array.from({ length: 4_000 }, () => pickWeighted(random, [0, 1, 3], (weight) => weight));
    expect(picked).not.toContain(0);
    expect(picked.filter((weight) => weight === 3).length / 4_000).toBeCloseTo(0.75, 1);
    expect(pickWeighted(random, ['first', 'second'], () => 0)).toBe('first');
  });

  it('shuffles a copy', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const mixed = shuffled(seededRandom(1, 1), items);
    expect(mixed).not.toEqual(items);
    expect(mixed.toSorted()).toEqual(items);
  });

  it('gives factors around 1 with a longer upper tail', () => {
    const random = seededRandom(1, 1);
    const factors = Array.from({ length: 4_001 }, () => tailedFactor(random, 0.5)).sort((a, b) => a - b);
    expect(factors[2_000]).toBeCloseTo(1, 1);
    expect((factors.at(-1) ?? 0) - 1).toBeGreaterThan(2 * (1 - (factors[0] ?? 0)));
  });
});

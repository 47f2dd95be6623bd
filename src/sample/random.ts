/** A list that has at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Gives the next number of a seeded sequence, in [0, 1). */
export type Random = () => number;

/**
 * A seeded sequence of numbers: a 32-bit counter whose every value is scrambled.
 * @param seed whole number, 0 to 2³² − 1
 * @param stream which of the seed's independent sequences, so that a change in one table leaves the others alone
 */
export function seededRandom(seed: number, stream: number): Random {
  let counter = scramble(seed ^ scramble(stream + 1));
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    return scramble(counter) / 0x1_0000_0000;
  };
}

function scramble(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}

/** One item, each with the same chance. */
export function pick<T>(random: Random, items: NonEmpty<T>): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** One item, each with a chance in proportion to its weight (≥ 0; the first item when all are 0). */
export function pickWeighted<T>(random: Random, items: NonEmpty<T>, weightOf: (item: T) => number): T {
  let rest = random() * items.reduce((sum, item) => sum + weightOf(item), 0);
  for (const item of items) {
    rest -= weightOf(item);
    if (rest < 0) return item;
  }
  return items[0];
}

/**
 * A factor around 1 (its median) with a long upper tail: e to a bell-shaped exponent.
 * Uses only `Math.exp`, which gives the same bits on every machine.
 * @param spread standard deviation of the exponent; 0.5 puts two thirds of the values in 0.6–1.65
 */
export function tailedFactor(random: Random, spread: number): number {
  let sum = 0;
  for (let draw = 0; draw < 12; draw += 1) sum += random();
  return Math.exp(spread * (sum - 6));
}

/** A copy of the list in random order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

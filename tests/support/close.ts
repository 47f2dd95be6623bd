import { expect } from 'vitest';

/** Relative difference up to which two doubles count as equal. */
const TOLERANCE = 1e-12;

/** Expects equal values, doubles to a relative 1e-12; anything with fields, rows or entries is compared all the way down. */
export function expectClose(actual: unknown, expected: unknown): void {
  expect(rounded(actual, expected)).toEqual(expected);
}

/** `actual`, with every number that is close enough to the one expected in its place replaced by that one. */
function rounded(actual: unknown, expected: unknown): unknown {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const size = Math.max(Math.abs(actual), Math.abs(expected));
    return Math.abs(actual - expected) <= TOLERANCE * size ? expected : actual;
  }
  if (actual instanceof Map && expected instanceof Map) {
    return new Map([...actual].map(([key, value]) => [key, rounded(value, expected.get(key))]));
  }
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((value, index) => rounded(value, expected[index]));
  }
  if (isRecord(actual) && isRecord(expected)) {
    return Object.fromEntries(
      Object.entries(actual).map(([key, value]) => [key, rounded(value, expected[key])]),
    );
  }
  return actual;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

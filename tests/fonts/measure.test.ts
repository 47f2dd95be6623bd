import { describe, expect, test } from 'vitest';
import { createMeasure } from '../../src/fonts/measure.js';

describe('createMeasure', () => {
  const measure = createMeasure();

  test('an empty text has no width', () => {
    expect(measure('', 12)).toBe(0);
  });

  test('grows with the size', () => {
    expect(measure('Revenue', 24)).toBeCloseTo(2 * measure('Revenue', 12), 9);
    expect(measure('Revenue', 0)).toBe(0);
  });

  test('knows wide letters from narrow ones', () => {
    expect(measure('iiii', 12)).toBeLessThan(measure('WWWW', 12) / 3);
  });

  test('heavier text is wider', () => {
    expect(measure('Revenue', 12, 600)).toBeGreaterThan(measure('Revenue', 12, 400));
    expect(measure('Revenue', 12)).toBe(measure('Revenue', 12, 400));
  });

  test('figures are tabular', () => {
    expect(measure('₹11,11,111', 12)).toBeCloseTo(measure('₹88,88,888', 12), 9);
  });

  test('adds up stretches from several fonts', () => {
    const parts = ['Day 1 ', 'योग', ' ', '🙏🏽'].map((text) => measure(text, 12));
    expect(measure('Day 1 योग 🙏🏽', 12)).toBeCloseTo(
      parts.reduce((sum, width) => sum + width),
      9,
    );
  });

  test('a name of 80 characters is wider than its first half', () => {
    const name =
      'Dr. Venkatanarasimharajuvaripeta Chandrasekharan-Balasubramaniam of Thiruvananthapuram'.slice(0, 80);
    expect(name).toHaveLength(80);
    expect(measure(name, 11)).toBeGreaterThan(measure(name.slice(0, 40), 11));
    expect(measure(name, 11)).toBeLessThan(80 * 11);
  });

  test('a character that no font has counts one em', () => {
    expect(measure('ไ', 12)).toBe(12);
    expect(measure('aไ', 12)).toBeCloseTo(measure('a', 12) + 12, 9);
  });

  test('accents typed apart are as wide as typed together', () => {
    expect(measure('cafe\u0301', 12)).toBe(measure('café', 12));
  });

  test('gives the same width again, from memory and from a new measure', () => {
    const first = measure('प्रिया शर्मा', 12);
    expect(measure('प्रिया शर्मा', 12)).toBe(first);
    expect(createMeasure()('प्रिया शर्मा', 12)).toBe(first);
  });
});

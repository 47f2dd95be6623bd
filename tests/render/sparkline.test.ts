import { describe, expect, it } from 'vitest';
import { sparkline } from '../../src/render/sparkline.js';

describe('a sparkline', () => {
  it('runs from the first value to the last, high values above, and marks the last', () => {
    const svg = sparkline([0, 10, 5]);
    expect(svg).toContain('d="M3.0 23.0L75.0 3.0L147.0 13.0"');
    expect(svg).toContain('<circle cx="147.0" cy="13.0"');
    expect(svg).toContain('aria-hidden="true"');
  });

  it('breaks where a value is undefined', () => {
    expect(sparkline([1, null, 2, 3])).toMatch(/d="M3\.0 [\d.]+M[\d.]+ [\d.]+L147\.0 3\.0"/);
  });

  it('marks the last defined value', () => {
    expect(sparkline([1, 2, null])).toContain('<circle cx="75.0" cy="3.0"');
  });

  it('is level in the middle for equal values, and nothing for less than two', () => {
    expect(sparkline([7, 7])).toContain('d="M3.0 13.0L147.0 13.0"');
    expect(sparkline([])).toBe('');
    expect(sparkline([null, 4, null])).toBe('');
  });

  it('stays inside its box for huge and negative values', () => {
    const numbers = [...sparkline([-1e15, 1e15, 0]).matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
    expect(numbers).toHaveLength(3);
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeLessThanOrEqual(147);
      expect(Number(y)).toBeLessThanOrEqual(23);
    }
  });
});

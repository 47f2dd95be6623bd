import { describe, expect, it } from 'vitest';
import { labelled, roomAtEnds, roughWidth, roundAxis } from '../../src/charts/axis.js';

describe('a round axis', () => {
  it('starts at zero, ends above the highest value and labels round ones', () => {
    const { domain, axis } = roundAxis([30, null, 95], (value) => `₹${value}`);
    expect(domain).toEqual([0, 100]);
    expect(axis.values).toEqual([0, 20, 40, 60, 80, 100]);
    expect(axis.labelExpr).toBe(
      '{"0":"₹0","20":"₹20","40":"₹40","60":"₹60","80":"₹80","100":"₹100"}[datum.value]',
    );
  });

  it('keeps zero in sight of negative values, and has a length without any', () => {
    expect(roundAxis([-40, -10], String).domain).toEqual([-40, 0]);
    expect(roundAxis([], String)).toEqual({ domain: [0, 1], axis: labelled([0], String) });
    expect(roundAxis([0, null], String).domain).toEqual([0, 1]);
    expect(roundAxis([1e12], String).axis.values.length).toBeLessThan(8);
  });

  it('writes labels that cannot leave their expression', () => {
    expect(labelled([1], () => '"}; alert(1)').labelExpr).toBe('{"1":"\\"}; alert(1)"}[datum.value]');
  });
});

it('leaves room at the ends that bars reach', () => {
  expect(roomAtEnds([0, 100], 240, 40)).toEqual([0, 120]);
  expect(roomAtEnds([-100, 100], 280, 40)).toEqual([-140, 140]);
  expect(roomAtEnds([-100, 0], 240, 40)).toEqual([-120, 0]);
});

it('reckons a text rather too wide than too narrow', () => {
  expect(roughWidth('')).toBe(0);
  expect(roughWidth('₹24.17 L')).toBeCloseTo(8 * 6.2);
  expect(roughWidth('张小红')).toBeCloseTo(3 * 10.5);
  expect(roughWidth('💪')).toBeCloseTo(10.5);
});

import { expect, it } from 'vitest';
import { daysFrom, median } from '../../src/checks/days.js';

it('counts the days between two days, over months, leap days and years', () => {
  expect(daysFrom('2025-06-01', '2025-06-01')).toBe(0);
  expect(daysFrom('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysFrom('2025-12-31', '2026-01-01')).toBe(1);
  expect(daysFrom('2026-01-01', '2025-12-31')).toBe(-1);
});

it('finds the middle of a list', () => {
  expect(median([])).toBe(0);
  expect(median([7])).toBe(7);
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 100, 2])).toBe(3);
});

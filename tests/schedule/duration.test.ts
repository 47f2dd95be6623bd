import { expect, it } from 'vitest';
import { durationText } from '../../src/schedule/duration.js';

const MINUTE = 60_000;

it.each([
  [0, 'less than a minute'],
  [MINUTE - 1, 'less than a minute'],
  [MINUTE, '1 minute'],
  [59.9 * MINUTE, '59 minutes'],
  [60 * MINUTE, '1 hour'],
  [125 * MINUTE, '2 hours 5 minutes'],
  [1440 * MINUTE, '1 day'],
  [1445 * MINUTE, '1 day'],
  [(3 * 1440 + 61) * MINUTE, '3 days 1 hour'],
])('%d ms is "%s"', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

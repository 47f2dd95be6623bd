import { describe, expect, it } from 'vitest';
import { isPlausible } from '../../../src/sources/recognise/plausible.js';

describe('values that could be', () => {
  it.each([
    '2026-05-01',
    '2026-5-1T10:20:30.123Z',
    '01/05/2026',
    '1.5.26',
    '5/1/2026 2:30 PM',
    '5 May 2026',
    '05-May-2026',
    'May 5, 2026',
    'Fri, 1 May 2026',
    '46143',
    '46143.5',
  ])('a date: %j', (value) => {
    expect(isPlausible('date', [value])).toBe(true);
  });

  it.each(['I001', '437.50', '12', 'Monday', 'Mayo', '2026', 'P-2026-05-01'])('no date: %j', (value) => {
    expect(isPlausible('date', [value])).toBe(false);
  });

  it.each([
    '437.50',
    '-5',
    '1,23,456.50',
    '1.234,50',
    '₹437,947',
    'Rs. 1,200',
    'INR 500',
    '€ 12',
    '12 EUR',
    '(1,234.50)',
    '−₹5',
    '1e3',
    '12.3%',
    '12,5o'.replace('o', '0'),
  ])('a number: %j', (value) => {
    expect(isPlausible('money', [value])).toBe(true);
  });

  it.each(['I001', 'paid', '2026-05-01', '#1001', 'Asha', 'TX 12 b'])('no number: %j', (value) => {
    expect(isPlausible('count', [value])).toBe(false);
  });

  it('is judged by most of them; blank ones say nothing', () => {
    expect(isPlausible('money', ['1', '2', 'x'])).toBe(true);
    expect(isPlausible('money', ['1', 'x', 'y'])).toBe(false);
    expect(isPlausible('money', ['1', '', 'N/A', '-'])).toBe(true);
    expect(isPlausible('money', [])).toBe(true);
    expect(isPlausible('text', ['anything'])).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { createFormat, currencyDigits } from '../../src/format/format.js';

const rupees = createFormat('en-IN', 'INR');
const dollars = createFormat('en-US', 'USD');

describe('compact money', () => {
  it.each([
    [0, '₹0'],
    [-0, '₹0'],
    [-0.4, '₹0'],
    [0.5, '₹1'],
    [61_866.4, '₹61,866'],
    [99_999.4, '₹99,999'],
    [99_999.5, '₹1.00 L'],
    [2_417_112, '₹24.17 L'],
    [9_999_499, '₹99.99 L'],
    [9_999_500, '₹1.00 Cr'],
    [33_600_000, '₹3.36 Cr'],
    [10_000_000_000, '₹1,000.00 Cr'],
    [-250_000, '−₹2.50 L'],
    [-99_999.5, '−₹1.00 L'],
    [null, 'n/a'],
  ])('rounds %d first and promotes then: %s', (amount, written) => {
    expect(rupees.compact(amount)).toBe(written);
  });

  it.each([
    [99_999, '$99,999'],
    [100_000, '$100.00 K'],
    [999_994, '$999.99 K'],
    [999_995, '$1.00 M'],
    [2_417_112, '$2.42 M'],
    [999_995_000, '$1.00 B'],
    [-1_500_000, '−$1.50 M'],
  ])('elsewhere counts in thousands: %d is %s', (amount, written) => {
    expect(dollars.compact(amount)).toBe(written);
  });

  it('leaves out decimals that say nothing on an axis', () => {
    expect([0, 50_000, 200_000, 250_000, 30_000_000].map(rupees.tick)).toEqual([
      '₹0',
      '₹50,000',
      '₹2 L',
      '₹2.5 L',
      '₹3 Cr',
    ]);
  });
});

it('writes a value by its unit', () => {
  expect(rupees.value(2_417_112, 'money')).toBe('24,17,112');
  expect(rupees.value(71.428, 'price')).toBe('71.43');
  expect(rupees.value(10_000_000_000, 'count')).toBe('10,00,00,00,000');
  expect(rupees.value(0.7249, 'ratio')).toBe('0.72×');
  expect(rupees.value(-0.128, 'ratio')).toBe('−0.13×');
  expect(rupees.value(0.1234, 'share')).toBe('12.3%');
  expect(rupees.value(12.34, 'number')).toBe('12.3');
  expect(rupees.value('<b>', 'text')).toBe('<b>');
  expect(rupees.value('2025-07-14', 'date')).toBe('14 Jul 2025');
  expect(rupees.value(-0, 'money')).toBe('0');
  expect(rupees.value(-0.001, 'ratio')).toBe('0.00×');
  expect(rupees.value(null, 'ratio')).toBe('n/a');
  expect(rupees.value(0, 'ratio')).toBe('0.00×');
});

it('writes a sign where asked, and none where nothing is left of the value', () => {
  expect(rupees.signed(0.19, 'ratio')).toBe('+0.19×');
  expect(rupees.signed(-0.13, 'share')).toBe('−13.0%');
  expect(rupees.signed(0.001, 'ratio')).toBe('0.00×');
  expect(rupees.signed(-0.001, 'ratio')).toBe('0.00×');
  expect(rupees.signed(0.4, 'money')).toBe('0');
  expect(rupees.signed(12_345, 'money')).toBe('+12,345');
  expect(rupees.signed(null, 'ratio')).toBe('n/a');
});

it('writes money in full with its sign, and prices with the decimals of the currency', () => {
  expect(rupees.money(-2_417_112)).toBe('−₹24,17,112');
  expect(rupees.money(-0.2)).toBe('₹0');
  expect(rupees.price(71.4)).toBe('₹71.40');
  expect(createFormat('ja-JP', 'JPY').price(1_234.4)).toMatch(/^[¥￥]1,234$/);
  expect(createFormat('en-US', 'KWD').value(1.2345, 'price')).toBe('1.235');
  expect(createFormat('de-DE', 'EUR').value(1_234.5, 'price')).toBe('1.234,50');
  expect(['INR', 'JPY', 'KWD'].map(currencyDigits)).toEqual([2, 0, 3]);
});

it('names month and year of a range once where they are the same', () => {
  expect(rupees.range('2025-07-14', '2025-07-20')).toBe('14–20 Jul 2025');
  expect(rupees.range('2025-07-28', '2025-08-03')).toBe('28 Jul – 3 Aug 2025');
  expect(rupees.range('2025-12-29', '2026-01-04')).toBe('29 Dec 2025 – 4 Jan 2026');
  expect(rupees.range('2025-07-14', '2025-07-14')).toBe('14 Jul 2025');
  expect(rupees.shortDate('2025-07-14')).toBe('14 Jul');
});

it('writes digits that everybody reads, whatever the locale', () => {
  expect(createFormat('ar-EG', 'EGP').value(1_234, 'count')).toMatch(/^1.234$/);
  expect(createFormat('hi-IN', 'INR').compact(250_000)).toBe('₹2.50 L');
});

it('refuses a locale or currency that does not exist', () => {
  expect(() => createFormat('no_such', 'INR')).toThrow(RangeError);
  expect(() => createFormat('en-IN', 'RUPEE')).toThrow(RangeError);
});

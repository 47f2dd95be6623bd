import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellText, numberText } from '../../../src/sources/files/cell-text.js';

it.each([
  ['4.5999999999999996', '4.6'],
  ['1E-3', '0.001'],
  ['-2.5E-10', '-0.00000000025'],
  ['1.2345E+25', '12345000000000000000000000'],
  ['-1E21', '-1000000000000000000000'],
  ['42.0', '42'],
  ['-0', '0'],
  ['123456789012345', '123456789012345'],
  ['1e999', '1e999'],
  ['abc', 'abc'],
  [' ', ' '],
])('a stored number %s is written as %s', (stored, text) => {
  expect(numberText(stored)).toBe(text);
});

it('writes every number without exponent, and exactly', () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (number) => {
      const text = numberText(number.toExponential());
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text) + 0).toBe(number + 0);
    }),
  );
});

it('writes dates as ISO, with the time unless it is midnight', () => {
  expect(cellText(new Date('2025-01-31T00:00:00Z'))).toBe('2025-01-31');
  expect(cellText(new Date('2025-01-31T12:30:00Z'))).toBe('2025-01-31T12:30:00');
  expect(cellText(new Date('2025-01-31T11:59:59.999Z'))).toBe('2025-01-31T12:00:00');
  expect(cellText(new Date('2025-01-31T23:59:59.600Z'))).toBe('2025-01-31T23:59:59');
  expect(cellText(new Date(Number.NaN))).toBe('not a date');
});

it('writes other values as a person reads them', () => {
  expect([null, undefined, true, false, ' a ', '12.5'].map(cellText)).toEqual([
    '',
    '',
    'TRUE',
    'FALSE',
    ' a ',
    '12.5',
  ]);
});

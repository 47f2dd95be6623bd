import { describe, expect, it } from 'vitest';
import { spelling } from '../../../src/sources/recognise/spelling.js';

describe('the spelling of a header name', () => {
  it.each([
    'total_payout',
    'Total Payout',
    'TOTAL-PAYOUT',
    'total.payout',
    ' Total  Payout ',
    'totalPayout',
    'Total\nPayout',
    '\ufeffTotal Payout',
    '“Total Payout”',
    'Tótal Päyout',
    'Ｔｏｔａｌ Payout',
    'Total Payout:',
    'Total Payout (INR)',
    'Total Payout [₹]',
    'Total Payout ₹',
    'Total Payout (in INR)',
    'Total payout in Rs.',
    'INR Total Payout',
    'Total Payout $',
    'Total Payout (required)',
    'Total Payout*',
  ])('%j is total payout', (name) => {
    expect(spelling(name)).toBe('totalpayout');
  });

  it.each(['Date (DD/MM/YYYY)', 'date [yyyy-mm-dd]', 'Date (IST)'])('%j is date', (name) => {
    expect(spelling(name)).toBe('date');
  });

  it.each([
    'Revenue (in lakhs)',
    "Revenue ('000)",
    'Revenue (INR mm)',
    'Revenue (m)',
    'Revenue K',
    'Revenue %',
    'Revenue (last year)',
    '# Revenue',
    'Revenue 2025',
  ])('%j is not revenue', (name) => {
    expect(spelling(name)).not.toBe('revenue');
  });

  it('keeps apart names that differ in their vowel signs only', () => {
    expect(spelling('बिक्री')).not.toBe(spelling('बिक्रा'));
  });

  it.each(['', ' ', '₹', '—', '()'])('%j says nothing', (name) => {
    expect(spelling(name)).toBe('');
  });

  it('keeps a currency that stands alone', () => {
    expect(spelling('INR')).toBe('inr');
  });
});

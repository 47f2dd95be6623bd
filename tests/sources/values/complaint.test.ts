import { describe, expect, it } from 'vitest';
import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';
import { complaint } from '../../../src/sources/values/complaint.js';
import { PLAIN_STYLE } from './read-values.js';

const date: Column = { name: 'date', type: 'date', required: 'value' };
const count: Column = { name: 'reach', type: 'count' };
const money: Column = { name: 'revenue', type: 'money', required: 'value' };
const rate: Column = { name: 'rate', type: 'money' };
const id: Column = { name: 'influencer_id', type: 'id', required: 'value' };

function words(value: string, column: Column, style: Partial<ValueStyle> = {}, currencyDigits = 2): string[] {
  const { reason, fix } = complaint(value, column, { ...PLAIN_STYLE, ...style }, currencyDigits, 'payouts');
  return [reason, fix];
}

describe('a blank cell', () => {
  it.each([
    ['', 'the cell is blank'],
    [' \t\u00a0', 'the cell is blank'],
    ['NULL', '"NULL" is no value'],
    [' nan ', '"nan" is no value'],
  ])('%j', (value, reason) => {
    for (const column of [id, date, money]) {
      expect(words(value, column)).toEqual([reason, 'Fill in the cell.']);
    }
  });

  it('of dates and numbers may be written in more ways', () => {
    expect(words('N/A', date)).toEqual(['"N/A" is no value', 'Fill in the cell.']);
    expect(words('-', money)).toEqual(['"-" is no value', 'Fill in the cell.']);
  });
});

describe('a number', () => {
  it.each([
    ['12,5o', money, {}, '"12,5o" is not a number', 'Fix the cell.'],
    ['many', count, {}, '"many" is not a number', 'Fix the cell.'],
    ['', count, {}, 'the cell is blank', 'Fill in the cell.'],
    ['12.7', count, {}, '"12.7" is not a whole number', 'Fix the cell.'],
    [
      '1.234',
      count,
      {},
      '"1.234" is not a whole number',
      'Set sources.payouts.decimal: "," if the file has a decimal comma.',
    ],
    [
      '12,50',
      money,
      {},
      '"12,50" is not a number with a decimal point',
      'Set sources.payouts.decimal: "," if the file has a decimal comma.',
    ],
    [
      '€ 1.234,50',
      money,
      {},
      '"€ 1.234,50" is not a number with a decimal point',
      'Set sources.payouts.decimal: "," if the file has a decimal comma.',
    ],
    [
      '1,234.50',
      money,
      { decimal: ',' },
      '"1,234.50" is not a number with a decimal comma',
      'Set sources.payouts.decimal: "." if the file has a decimal point.',
    ],
    [
      '12.5K',
      count,
      {},
      '"12.5K" is not a number written in full',
      'Write the full number, such as 12500 for 12.5K.',
    ],
    [
      '₹ 3.2 lakh',
      money,
      {},
      '"₹ 3.2 lakh" is not a number written in full',
      'Write the full number, such as 12500 for 12.5K.',
    ],
    ['₹500', count, {}, '"₹500" is an amount, not a count', 'Write the bare number.'],
    ['12%', money, {}, '"12%" is a percentage', 'Write the number itself, without a percent sign.'],
    ['1e400', money, {}, '"1e400" is beyond ±900,000,000,000', 'Fix the cell.'],
    ['900000000000.01', money, {}, '"900000000000.01" is beyond ±900,000,000,000', 'Fix the cell.'],
    ['90000000000001', count, {}, '"90000000000001" is beyond ±90,000,000,000,000', 'Fix the cell.'],
    ['9e15%', rate, {}, '"9e15%" is not a number', 'Fix the cell.'],
    ['90,000,000,000,000%', rate, {}, '"90,000,000,000,000%" is beyond ±900,000,000,000', 'Fix the cell.'],
    ['a\nb', money, {}, '"a\\nb" is not a number', 'Fix the cell.'],
  ] as const)('%j', (value, column, style, reason, fix) => {
    expect(words(value, column, style)).toEqual([reason, fix]);
  });

  it('has its limit in the currency', () => {
    expect(words('99999999999999', money, {}, 0)[0]).toBe('"99999999999999" is beyond ±90,000,000,000,000');
    expect(words('99999999999999', money, {}, 3)[0]).toBe('"99999999999999" is beyond ±90,000,000,000');
  });

  it('is shown in part where it is long', () => {
    expect(words(`x${'1'.repeat(200)}`, money)[0]).toBe(`"x${'1'.repeat(59)}…" is not a number`);
  });
});

describe('a date', () => {
  const iso = 'Write the date as YYYY-MM-DD.';

  it.each([
    ['soon', {}, '"soon" is not a date', iso],
    ['31/02/2026', { dateOrder: 'dmy' }, '"31/02/2026" is not a date', iso],
    ['2026-02-31', {}, '"2026-02-31" is not a date', iso],
    ['31 Feb 2026', {}, '"31 Feb 2026" is not a date', iso],
    ['99/99/2026', {}, '"99/99/2026" is not a date', iso],
    ['05/13/2026', { dateOrder: 'dmy' }, '"05/13/2026" is not a date with the day first', iso],
    ['13/05/2026', { dateOrder: 'mdy' }, '"13/05/2026" is not a date with the month first', iso],
    [
      '13/05/2026',
      {},
      '"13/05/2026" is not a date with the year first',
      'Write the date as YYYY-MM-DD, or set sources.payouts.dateOrder.',
    ],
    ['1850-01-01', {}, '"1850-01-01" is not a date from 1900 to 2199', iso],
    ['1/1/2200', { dateOrder: 'mdy' }, '"1/1/2200" is not a date from 1900 to 2199', iso],
    ['5 May 1899', {}, '"5 May 1899" is not a date from 1900 to 2199', iso],
    ['2026-05-01 25:00', {}, '"2026-05-01 25:00" is not a date', iso],
    [
      '46143',
      {},
      '"46143" is not a date, but looks like a spreadsheet\'s number of one',
      'Format the column as a date in the spreadsheet and export it again.',
    ],
    ['7', {}, '"7" is not a date', iso],
    ['999999', { serialDates: 1900 }, '"999999" is not a date from 1900 to 2199', iso],
  ] as const)('%j', (value, style, reason, fix) => {
    expect(words(value, date, style)).toEqual([reason, fix]);
  });
});

import { describe, expect, it } from 'vitest';
import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';
import { useValueReader } from './read-values.js';

const reader = useValueReader();
const count: Column = { name: 'reach', type: 'count' };
const money: Column = { name: 'revenue', type: 'money', required: 'value' };
const rate: Column = { name: 'rate', type: 'money' };

type Cases = readonly [string, number | null][];

/** Spellings by the value that they must give, in minor units for money; null: they are refused. */
function values(column: Column, cases: Cases, style: Partial<ValueStyle> = {}, currencyDigits = 2): void {
  it.each(cases)('%j', async (cell, value) => {
    const [read] = await reader.read([cell], column, style, currencyDigits);
    expect(read).toMatchObject({ value, fault: value === null });
  });
}

describe('counts', () => {
  values(count, [
    ['0', 0],
    ['7', 7],
    ['42', 42],
    ['-3', -3],
    ['−3', -3],
    ['+5', 5],
    [' 12 ', 12],
    ['007', 7],
    ['42.0', 42],
    ['42.000', 42],
    ['.0', 0],
    ['1e3', 1000],
    ['1.2E+3', 1200],
    ['1,234', 1234],
    ['12,34,567', 1234567],
    ['1,23,45,678', 12345678],
    ['1,234,567.00', 1234567],
    ['1 234', 1234],
    ['1\u00a0234\u00a0567', 1234567],
    ['1\u202f234', 1234],
    ['3000000000', 3000000000],
    ['90000000000000', 90000000000000],
    ['-90,000,000,000,000', -90000000000000],
    ['90000000000001', null],
    ['99999999999999.9', null],
    ['999999999999999999.9', null],
    ['9'.repeat(60), null],
    ['1e400', null],
    ['12.7', null],
    ['.5', null],
    ['5.00000000000000000001', null],
    ['1e-1', null],
    ['1.234', null],
    ["1'234", null],
    ['1,23', null],
    ['1,2345', null],
    ['1234,567', null],
    ['1,,234', null],
    [',234', null],
    ['1,234,', null],
    ['1 23', null],
    ['1  234', null],
    ['12.5K', null],
    ['1.2M', null],
    ['3L', null],
    ['2Cr', null],
    ['₹500', null],
    ['12%', null],
    ['(5)', null],
    ['5-', null],
    ['--5', null],
    ['0x10', null],
    ['1_000', null],
    ['5.', null],
    ['5 posts', null],
    ['one', null],
    ['inf', null],
    ['true', null],
    ['१२', null],
    ['１２', null],
  ]);

  describe('with a decimal comma', () => {
    values(
      count,
      [
        ['1234', 1234],
        ['1.234', 1234],
        ['1.234.567', 1234567],
        ['42,0', 42],
        ['1 234', 1234],
        ['1,234', null],
        ['1.23', null],
        ['42.0', null],
      ],
      { decimal: ',' },
    );
  });
});

describe('money', () => {
  values(money, [
    ['0.10', 10],
    ['0.3', 30],
    ['7', 700],
    ['1166', 116600],
    ['1166.5', 116650],
    ['-12.34', -1234],
    ['−12.34', -1234],
    ['+5.5', 550],
    ['-0', 0],
    ['007.10', 710],
    ['.5', 50],
    ['\t9\u00a0', 900],
    ['1e3', 100000],
    ['1.25E-1', 13],
    ['1.1102230246251565E-16', 0],
    ['1e-300', 0],
    ['12.5e+2', 125000],
    ['1,234.50', 123450],
    ['12,34,567', 123456700],
    ['12,34,567.89', 123456789],
    ['1 234.50', 123450],
    ['₹437,947', 43794700],
    ['₹ 1,200', 120000],
    ['Rs. 1,200', 120000],
    ['rs 1200', 120000],
    ['Rs.1200/-', 120000],
    ['INR 500', 50000],
    ['inr500', 50000],
    ['$1,234.50', 123450],
    ['US$ 12', 1200],
    ['€ 12', 1200],
    ['€\u202f12', 1200],
    ['12 EUR', 1200],
    ['12\u00a0€', 1200],
    ['12 Rs.', 1200],
    ['-₹5', -500],
    ['₹-5', -500],
    ['- ₹ 5', -500],
    ['-5 EUR', -500],
    ['(1,234.50)', -123450],
    ['(₹5)', -500],
    ['(5 EUR)', -500],
    ['1,234.50-', -123450],
    ['₹5-', -500],
    ['900000000000.00', 90000000000000],
    ['-900,000,000,000', -90000000000000],
    ['900000000000.01', null],
    ['-900000000000.005', null],
    ['99999999999999.99', null],
    ['1e12', null],
    ['0.008e14', 80000000000000],
    ['123456789012345678e-9', 12345678901],
    ['1e400', null],
    ['9'.repeat(60), null],
    ['12,5o', null],
    ['12,50', null],
    ['1,23', null],
    ['1.234,50', null],
    ['1.234.567', null],
    ['1_000', null],
    ['5.', null],
    ['.', null],
    ['-', null],
    ['₹', null],
    ['INR', null],
    ['()', null],
    ['(5', null],
    ['5)', null],
    ['(-5)', null],
    ['(5-)', null],
    ['-5-', null],
    ['--5', null],
    ['-₹-5', null],
    ['+-5', null],
    ['5 mio €', null],
    ['5k€', null],
    ['5 XYZ', null],
    ['12.5K', null],
    ['₹2 Cr', null],
    ['12.3%', null],
    ['1e3%', null],
    ['5 5', null],
    ['0x1F', null],
    ['inf', null],
    ['=1+1', null],
    ['#REF!', null],
    ['१२', null],
    ['', null],
  ]);

  describe('with a decimal comma', () => {
    values(
      money,
      [
        ['1166,98', 116698],
        ['1166,5', 116650],
        ['1166', 116600],
        ['1.234,50', 123450],
        ['1.234.567,89', 123456789],
        ['1.234', 123400],
        ['1 234,5', 123450],
        ['€ 1.234,50', 123450],
        ['(1,5)', -150],
        [',5', 50],
        ['1,5e2', 15000],
        ['1,234', 123],
        ['12.34', null],
        ['1,234.50', null],
        ['1.23', null],
        ['5.5e1', null],
      ],
      { decimal: ',' },
    );
  });

  describe('of a rate may be a percentage', () => {
    values(rate, [
      ['12.3%', 12],
      ['50 %', 50],
      ['-250%', -250],
      ['1,200%', 1200],
      ['12.3', 1230],
      ['₹12', 1200],
      ['%', null],
      ['12%%', null],
      ['(12%)', null],
      ['1e3%', null],
    ]);
    values(rate, [['12,5 %', 125]], { decimal: ',' }, 3);
  });

  describe('without decimals', () => {
    values(
      money,
      [
        ['12', 12],
        ['¥1,200', 1200],
        ['12.0', 12],
        ['90000000000000', 90000000000000],
        ['90000000000001', null],
      ],
      {},
      0,
    );
  });

  describe('with three decimals', () => {
    values(
      money,
      [
        ['1.234', 1234],
        ['90000000000', 90000000000000],
        ['90000000000.001', null],
      ],
      {},
      3,
    );
  });
});

describe('amounts with more decimals than the currency has', () => {
  const rounded = async (cells: string[], currencyDigits: number, decimal: '.' | ',' = '.') => {
    const read = await reader.read(cells, money, { decimal }, currencyDigits);
    return read.map(({ value, rounded }) => [value, rounded]);
  };

  it('are rounded, halves away from zero', async () => {
    const cells = ['0.005', '-0.005', '0.0049', '2.675', '1.005e0', '0.5e-3', '(0.015)', '₹1.001'];
    expect(await rounded(cells, 2)).toEqual([
      [1, true],
      [-1, true],
      [0, true],
      [268, true],
      [101, true],
      [0, true],
      [-2, true],
      [100, true],
    ]);
    expect(await rounded(['12.5', '-0.4'], 0)).toEqual([
      [13, true],
      [0, true],
    ]);
    expect(await rounded(['1.2345', '1,2345'], 3)).toEqual([
      [1235, true],
      [null, false],
    ]);
    expect(await rounded(['1,005', '1.234,567'], 2, ',')).toEqual([
      [101, true],
      [123457, true],
    ]);
  });

  it('are not rounded where the rest is zeros', async () => {
    const cells = ['3.100', '4.5', '1,234.50000', '1.5e2', '12.3450e1', '1,234,567', 'x'];
    expect((await rounded(cells, 2)).map(([, isRounded]) => isRounded)).toEqual(Array(7).fill(false));
  });

  it('are known in a percentage', async () => {
    const read = await reader.read(['12%', '12.3%'], rate);
    expect(read.map(({ rounded }) => rounded)).toEqual([false, true]);
  });
});

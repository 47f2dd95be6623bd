import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/sources/tables.js';
import { useValueReader } from './read-values.js';

const reader = useValueReader();

async function values(column: Column, cells: (string | null)[]): Promise<unknown[]> {
  return (await reader.read(cells, column)).map(({ value }) => value);
}

describe('text', () => {
  const text: Column = { name: 'caption', type: 'text' };

  it.each([
    ['plain', 'plain'],
    [' lead', 'lead'],
    ['trail ', 'trail'],
    ['\ttab\t', 'tab'],
    ['\u00a0nbsp\u00a0', 'nbsp'],
    ['a  b', 'a  b'],
    ['à', 'à'],
    ['~', '~'],
    ['😀 ', '😀'],
    ['हिन्दी', 'हिन्दी'],
    ['"quoted"', '"quoted"'],
    ['line\n', 'line\n'],
    ['42.0', '42.0'],
    ['None', 'None'],
    ['-', '-'],
    ['N/A', 'N/A'],
    ['Null', 'Null'],
    ['NULLS', 'NULLS'],
    ['', null],
    ['  ', null],
    ['NULL', null],
    ['null', null],
    ['#N/A', null],
    ['NaN', null],
    ['nan', null],
    [' NULL ', null],
    [null, null],
  ])('%j', async (cell, value) => {
    expect(await reader.read([cell], text)).toEqual([{ value, fault: false, rounded: false }]);
  });

  it('is a fault only where it is required and blank', async () => {
    const read = await reader.read(['A', '', 'NULL', null], { ...text, required: 'value' });
    expect(read.map(({ fault }) => fault)).toEqual([false, true, true, true]);
  });
});

describe('ids', () => {
  it.each([
    ['A1', 'A1'],
    [' 17841 ', '17841'],
    ['42', '42'],
    ['42.0', '42'],
    [' 42.00', '42'],
    ['0042.0', '0042'],
    ['100.000', '100'],
    ['100', '100'],
    ['1000000000000000000000000.0', '1000000000000000000000000'],
    ['42.10', '42.10'],
    ['v1.0', 'v1.0'],
    ['-42.0', '-42.0'],
    ['1.0.0', '1.0.0'],
    ['.0', '.0'],
    ['42.', '42.'],
    ['1e3', '1e3'],
    ['-', '-'],
    ['none', 'none'],
    ['', null],
    ['NULL', null],
    ['#N/A', null],
    [null, null],
  ])('%j', async (cell, value) => {
    expect(await values({ name: 'post_id', type: 'id' }, [cell])).toEqual([value]);
  });
});

describe('the basis', () => {
  it.each([
    ['post', 'post'],
    ['Per Post', 'post'],
    ['per_post', 'post'],
    ['per-post', 'post'],
    ['posts', 'post'],
    [' POST ', 'post'],
    ['PerPost', 'post'],
    ['order', 'order'],
    ['Per Order', 'order'],
    ['per-order', 'order'],
    ['per\u00a0orders', 'order'],
    ['orders', 'order'],
    ['CPO', null],
    ['per', null],
    ['post order', null],
    ['', null],
    ['NULL', null],
    [null, null],
  ])('%j', async (cell, value) => {
    expect(await reader.read([cell], { name: 'basis', type: 'basis' })).toEqual([
      { value, fault: false, rounded: false },
    ]);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvField, csvLine, rupees, writeCsv } from '../../src/sample/csv.js';

describe('csvField and csvLine', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    [12, '12'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['सेहत 💪', 'सेहत 💪'],
  ])('writes %j as %j', (value, expected) => {
    expect(csvField(value)).toBe(expected);
  });

  it('ends a line with a line feed', () => {
    expect(csvLine(['a', '', 'b,c'])).toBe('a,,"b,c"\n');
  });
});

describe('rupees', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123_450, '1234.50'],
    [-149_900, '-1499.00'],
    [-1, '-0.01'],
    [9_007_199_254_740_991, '90071992547409.91'],
  ])('writes %d paise as %s', (paise, expected) => {
    expect(rupees(paise)).toBe(expected);
  });
});

describe('writeCsv', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sample-csv-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('joins many lines over several chunks without loss', async () => {
    const lines = Array.from({ length: 50_000 }, (_, row) => `${row},पंक्ति\n`);
    const file = path.join(folder, 'many.csv');
    await writeCsv(file, lines);
    expect((await readFile(file, 'utf8')) === lines.join('')).toBe(true);
  });

  it('writes an empty file for no lines', async () => {
    const file = path.join(folder, 'none.csv');
    await writeCsv(file, []);
    expect(await readFile(file, 'utf8')).toBe('');
  });
});

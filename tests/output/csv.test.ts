import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/output/csv.js';

const cellsOf = (text: string): string[][] =>
  parse(text, { bom: true, relax_column_count: false }) as string[][];
const cell = (value: string | number | null) => cellsOf(csvText(['a', 'b'], [[value, 'x']]))[1]?.[0];

describe('a CSV file for spreadsheets', () => {
  it('begins with a byte-order mark and ends its lines with CRLF', () => {
    expect(csvText(['a', 'b'], [['सेहत', 1.5]])).toBe('\uFEFF"a","b"\r\n"सेहत",1.5\r\n');
    expect(csvText(['a'], [])).toBe('\uFEFF"a"\r\n');
  });

  it('leaves numbers numbers, also negative ones, and null blank', () => {
    expect(csvText(['a'], [[-5], [1e6], [0], [null], ['']])).toBe(
      '\uFEFF"a"\r\n-5\r\n1000000\r\n0\r\n\r\n""\r\n',
    );
    expect(() => csvText(['a'], [[Number.NaN]])).toThrow(RangeError);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 123', "'+49 30 123"],
    ['-12,5o', "'-12,5o"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['  =1+1', "  '=1+1"],
    ['\t=1+1', "'\t'=1+1"],
    ['\rtext', "'\rtext"],
    ['\ntext', "'\ntext"],
    ['\uFEFF=1', "\uFEFF'=1"],
    ['a;=cmd|x', "a;'=cmd|x"],
    ['a\n=1', "a\n'=1"],
    ['a|-1', "a|'-1"],
    ['a\0=1', 'a\uFFFD=1'],
    ['1-2=3', '1-2=3'],
    ['say "hi", all', 'say "hi", all'],
  ])('%j becomes %j', (value, written) => {
    expect(cell(value)).toBe(written);
  });

  it('has the header made harmless too', () => {
    expect(cellsOf(csvText(['=a'], []))).toEqual([["'=a"]]);
  });
});

const TRIGGERS = '=+-@＝＋－＠';
const nasty = fc.string({
  unit: fc.constantFrom(...TRIGGERS, '"', ',', ';', '|', '\t', '\r', '\n', '\0', ' ', "'", 'a', '9', 'स'),
  maxLength: 12,
});

it('has no text cell that begins a formula, by whatever separator and line it is split', () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (texts) => {
      const written = csvText(
        texts.map(() => 'h'),
        [texts],
      );
      const [, cells] = cellsOf(written);
      expect(cells).toHaveLength(texts.length);
      for (const text of cells ?? []) {
        expect('\t\r\n').not.toContain(text.charAt(0) || 'x');
        for (const part of text.split(/[;|\t\r\n]/)) {
          expect(TRIGGERS).not.toContain(part.replace(/^[\s"]+/, '').charAt(0) || 'x');
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('keeps every text but for the apostrophes and the NULs', () => {
  const plain = (text: string) => text.replaceAll("'", '').replaceAll('\0', '\uFFFD');
  fc.assert(
    fc.property(fc.array(fc.oneof(nasty, fc.string()), { minLength: 1, maxLength: 4 }), (texts) => {
      const [, cells] = cellsOf(
        csvText(
          texts.map(() => 'h'),
          [texts],
        ),
      );
      expect(cells?.map(plain)).toEqual(texts.map(plain));
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_RECORDS, headRecords } from '../../../src/sources/files/head-records.js';

const read = (text: string, isComplete = true) => headRecords(text, isComplete, null);
const delimiterOf = (text: string) => read(text).delimiter;
const lines = (text: string, isComplete = true) => read(text, isComplete).records.map(({ line }) => line);

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('%j is seen', (delimiter) => {
    const text = [
      ['id', 'name', 'date'],
      ['1', 'Asha', '2025-01-01'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n');
    expect(read(text)).toEqual({
      delimiter,
      records: [
        { line: 1, fields: ['id', 'name', 'date'] },
        { line: 2, fields: ['1', 'Asha', '2025-01-01'] },
      ],
    });
  });

  it('is not a comma inside quotes', () => {
    expect(delimiterOf('id;"name, first";x\n1;"a, b, c";2\n2;"d, e";3\n')).toBe(';');
  });

  it('is not a decimal comma, however many there are', () => {
    const rows = Array.from({ length: 90 }, (_, i) => `${i},5;${i},25`).join('\n');
    expect(delimiterOf(`rate;total\n${rows}\n`)).toBe(';');
    expect(delimiterOf(`Export of May\n\nrate;total\n${rows}\n`)).toBe(';');
    expect(delimiterOf('id|total\na|1,5\nb|2,5\n')).toBe('|');
  });

  it('is not a character that stands once in every row of a wider table', () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},#a;#b,c,d${i % 5 ? '' : ',extra'}`).join('\n');
    expect(delimiterOf(`id,tags,x,y\n${rows}\n`)).toBe(',');
  });

  it('is a comma for one column, and where there is nothing to see', () => {
    expect(delimiterOf('id\nA\nB\n')).toBe(',');
    expect(delimiterOf('caption\nhello, you\nno\nyes\n')).toBe(',');
    expect(delimiterOf('')).toBe(',');
  });

  it('is found below title lines', () => {
    expect(delimiterOf('Report; all of it, really\n\nid,name,x\n1,a,b\n2,c,d\n')).toBe(',');
  });

  it('is the one declared in the first line, which is no record', () => {
    expect(read('sep=;\r\na,b;c\r\n1;2\r\n')).toEqual({
      delimiter: ';',
      records: [
        { line: 2, fields: ['a,b', 'c'] },
        { line: 3, fields: ['1', '2'] },
      ],
    });
    expect(read('"sep=|"\na|c\n').records).toEqual([{ line: 2, fields: ['a', 'c'] }]);
    expect(read('sep=\t\na\tc\n').records).toEqual([{ line: 2, fields: ['a', 'c'] }]);
    expect(read('sep=,id\n1,2\n').records).toHaveLength(2);
  });

  it('is the one that is given, before any other', () => {
    expect(headRecords('sep=;\na;b\n1;2\n', true, ',')).toEqual({
      delimiter: ',',
      records: [
        { line: 2, fields: ['a;b'] },
        { line: 3, fields: ['1;2'] },
      ],
    });
  });
});

describe('records', () => {
  it.each(['\n', '\r\n', '\r'])('are counted in lines that end in %j', (end) => {
    expect(lines(['', 'a,b', '"1', '2",3', '', ' , ', '4,5'].join(end))).toEqual([2, 3, 7]);
  });

  it('are trimmed; blank ones are left out', () => {
    expect(read(' a , "b "\n\n,\n 1,\t2\n').records).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 4, fields: ['1', '2'] },
    ]);
  });

  it('end before one that the end cuts off', () => {
    expect(lines('a,b\n1,2\n3,4', false)).toEqual([1, 2]);
    expect(lines('a,b\n1,"2\n3,4', false)).toEqual([1]);
    expect(lines('a,b\n1,2\n3,4')).toEqual([1, 2, 3]);
  });

  it('end before one that cannot be read', () => {
    expect(lines('a,b\n1,2\n"3" x,4\n5,6\n')).toContain(2);
    expect(lines('a,b\n1,"2\n')).toEqual([1]);
    expect(lines('"a,b\n1,2\n')).toEqual([]);
  });

  it('are at most a hundred', () => {
    const text = `a,b\n${'1,2\n'.repeat(3000)}`;
    expect(lines(text)).toHaveLength(HEAD_RECORDS);
    expect(lines(text, false)).toHaveLength(HEAD_RECORDS);
  });

  it('of random tables come back, with their lines', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', 'é', '😀', ' ') });
    const table = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        let line = 1;
        const expected = rows.flatMap((fields) => {
          const begin = line;
          line += fields.join('').split('\n').length;
          const trimmed = fields.map((text) => text.trim());
          return trimmed.every((text) => text === '') ? [] : [{ line: begin, fields: trimmed }];
        });
        const text = rows
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n');
        expect(headRecords(text, true, delimiter).records).toEqual(expected);
      }),
    );
  });
});

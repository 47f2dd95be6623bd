import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CsvRows } from '../../../src/sources/row-file.js';
import { inspectRows } from '../../../src/sources/rows/inspect.js';
import { readRowsSql } from '../../../src/sources/rows/read-sql.js';
import { openDuckDb } from '../../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../../src/warehouse/warehouse.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let warehouse: Warehouse;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  warehouse = await openDuckDb({ threads: 2 });
  ({ folder, remove } = await temporaryFolder());
});
afterAll(async () => {
  await warehouse.close();
  await remove();
});

async function csvRows(content: string | Buffer, changes: Partial<CsvRows> = {}): Promise<CsvRows> {
  const file = path.join(folder, 'rows.csv');
  await writeFile(file, content);
  return { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false, ...changes };
}

const read = (relation: string) => warehouse.query(`SELECT * FROM ${relation}`);

describe('CSV', () => {
  it('gives text, with NULL for what is empty, and nothing is guessed', async () => {
    const rows = await csvRows('day,n,note\n2026-01-05,007,"a, ""b"""\n ,NULL,""\n#1,\\N,5" fits');
    expect(await read(readRowsSql(rows, 3, 'any'))).toEqual([
      { c0: '2026-01-05', c1: '007', c2: 'a, "b"' },
      { c0: ' ', c1: 'NULL', c2: null },
      { c0: '#1', c1: '\\N', c2: '5" fits' },
    ]);
  });

  it('starts below the lines above the header', async () => {
    const rows = await csvRows('Report\n\na;b\n1;2,5\n', { delimiter: ';', linesAbove: 2 });
    expect(await read(readRowsSql(rows, 2, 'any'))).toEqual([{ c0: '1', c1: '2,5' }]);
  });

  it('numbers rows from 1, without the empty lines', async () => {
    const rows = await csvRows('a,b\n\n1,2\n\n,\n5,6\n');
    expect(await read(readRowsSql(rows, 2, 'numbered'))).toEqual([
      { c0: '1', c1: '2', record: 1 },
      { c0: null, c1: null, record: 2 },
      { c0: '5', c1: '6', record: 3 },
    ]);
  });

  it('counts an empty line as a row in a file of one column', async () => {
    const rows = await csvRows('a\n1\n\n2\n');
    expect(await read(readRowsSql(rows, 1, 'numbered'))).toEqual([
      { c0: '1', record: 1 },
      { c0: null, record: 2 },
      { c0: '2', record: 3 },
    ]);
  });

  it('gives the line that a row carries', async () => {
    const rows = await csvRows('"a",line\n"x",12\n"y",14\n', { hasLines: true });
    expect(await read(readRowsSql(rows, 1, 'numbered'))).toEqual([
      { c0: 'x', line: 12, record: 1 },
      { c0: 'y', line: 14, record: 2 },
    ]);
  });

  it('keeps the order of a file of several megabytes', async () => {
    const lines = Array.from({ length: 400_000 }, (_, index) => `${index + 1},some more text`);
    const rows = await csvRows(`n,text\n${lines.join('\n')}\n`);
    expect(
      await warehouse.query(`
        SELECT COUNT(*) AS rows, COUNT(*) FILTER (WHERE record = CAST(c0 AS BIGINT)) AS in_place
        FROM ${readRowsSql(rows, 2, 'numbered')}`),
    ).toEqual([{ rows: 400_000, in_place: 400_000 }]);
    expect(await read(`(SELECT COUNT(*) AS rows FROM ${readRowsSql(rows, 2, 'any')})`)).toEqual([
      { rows: 400_000 },
    ]);
  });

  it('loses rows that inspectRows has counted, where a part of 8 MB begins within CRLF', async () => {
    const row = 'some text,"more, text",12\r\n';
    const filled = `a,b,c\r\n${row.repeat(Math.floor(7_999_000 / row.length))}`;
    const filler = `x,y,${'z'.repeat(8_000_001 - filled.length - 'x,y,\r\n'.length)}\r\n`;
    const rows = await csvRows(`${filled}${filler}"text,",y,z\r\n${row.repeat(300)}`);
    const { reading, records } = await inspectRows(rows, 3, new AbortController().signal);
    const found = (order: 'any' | 'numbered') =>
      warehouse.query(`SELECT COUNT(*) AS rows FROM ${readRowsSql(rows, 3, order)}`);
    expect({ reading, found: await found('numbered') }).toEqual({
      reading: 'any',
      found: [{ rows: records }],
    });
    expect(await found('any')).toEqual([{ rows: records - 300 }]);
  });

  it.each([
    ['too few fields', '1\n'],
    ['too many fields', '1,2,3\n'],
    ['text that is not UTF-8', Buffer.from('1,caf\xe9\n', 'latin1')],
    ['text after a quote', '1,"2"x\n'],
  ])('refuses %s', async (_, row) => {
    const rows = await csvRows(Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.from(row)]));
    await expect(read(readRowsSql(rows, 2, 'any'))).rejects.toThrow(/CSV/);
  });

  it('takes a path as it stands', async () => {
    const odd = path.join(folder, "week [1-9] o'clock, {all} *?");
    await mkdir(odd);
    const file = path.join(odd, 'a*.csv');
    await writeFile(file, 'a\n1\n');
    await writeFile(path.join(odd, 'ab.csv'), 'a\n2\n');
    const rows: CsvRows = { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: false };
    expect(await read(readRowsSql(rows, 1, 'any'))).toEqual([{ c0: '1' }]);
  });
});

describe('Parquet', () => {
  it('gives every column as text by its place, and the number of the row', async () => {
    const file = path.join(folder, 'rows.parquet');
    await warehouse.query(`
      COPY (
        SELECT
          i AS "c1",
          CAST(i AS DECIMAL(10, 2)) / 4 AS "an amount",
          TIMESTAMP '2026-01-05' + INTERVAL (i) DAY AS "c0",
          CASE WHEN i = 1 THEN 'é, "x"' END AS text,
          [i, NULL] AS list
        FROM range(1, 3) AS r(i)
      )
      TO '${file}' (FORMAT parquet)`);
    expect(await read(readRowsSql({ kind: 'parquet', file }, 5, 'any'))).toEqual([
      { c0: '1', c1: '0.25', c2: '2026-01-06 00:00:00', c3: 'é, "x"', c4: '[1, NULL]' },
      { c0: '2', c1: '0.5', c2: '2026-01-07 00:00:00', c3: null, c4: '[2, NULL]' },
    ]);
    expect(
      await read(`(SELECT c0, record FROM ${readRowsSql({ kind: 'parquet', file }, 5, 'numbered')})`),
    ).toEqual([
      { c0: '1', record: 1 },
      { c0: '2', record: 2 },
    ]);
  });
});

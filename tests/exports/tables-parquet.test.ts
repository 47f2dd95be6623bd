import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parquetTables } from '../../src/exports/tables-parquet.js';
import type { Table } from '../../src/report/schema.js';
import { type DuckDb, openDuckDb } from '../../src/warehouse/duckdb.js';
import { literal } from '../../src/warehouse/literal.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { HOSTILE_TEXTS, influencers, reportOf, table } from './report-of-tables.js';

let folder: string;
let remove: () => Promise<void>;
let reader: DuckDb;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  reader = await openDuckDb();
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await reader.close();
  await remove();
});

async function read(one: Table) {
  const files = await parquetTables(reportOf([one]));
  // DuckDB remembers a file by its name and times, which are coarser than these tests are fast.
  const file = path.join(folder, `${randomUUID()}.parquet`);
  await writeFile(file, files.get(`section-1.${one.id}.parquet`) ?? '');
  const types = await reader.query<{ column_name: string; column_type: string }>(`-- columns
    DESCRIBE SELECT * FROM read_parquet(${literal(file)})`);
  const rows = await reader.query<Record<string, unknown>>(`-- rows
    SELECT * FROM read_parquet(${literal(file)})`);
  return {
    types: Object.fromEntries(types.map(({ column_name, column_type }) => [column_name, column_type])),
    rows,
  };
}

const EVERY: Table['columns'] = [
  { key: 'text', label: 'Text', unit: 'text' },
  { key: 'day', label: 'Day', unit: 'date' },
  { key: 'money', label: 'Money', unit: 'money' },
  { key: 'price', label: 'Price', unit: 'price' },
  { key: 'exact', label: 'Exact', unit: 'exact' },
  { key: 'count', label: 'Count', unit: 'count' },
  { key: 'number', label: 'Number', unit: 'number' },
  { key: 'ratio', label: 'Ratio', unit: 'ratio' },
  { key: 'share', label: 'Share', unit: 'share' },
];
const row = {
  text: '00123',
  day: '2025-06-30',
  money: 5_158_045.72,
  price: 74.1243988707188,
  exact: 0.1 + 0.2,
  count: 9_007_199_254_740_991,
  number: -5e-324,
  ratio: 1.41671859241274,
  share: 1.7976931348623157e308,
};
const nothing = Object.fromEntries(EVERY.map(({ key }) => [key, null]));
const TYPES = {
  text: 'VARCHAR',
  day: 'DATE',
  money: 'DOUBLE',
  price: 'DOUBLE',
  exact: 'DOUBLE',
  count: 'BIGINT',
  number: 'DOUBLE',
  ratio: 'DOUBLE',
  share: 'DOUBLE',
};

describe('a table as Parquet', () => {
  it('has a type for each unit, every value to the last digit, and nulls', async () => {
    expect(await read(table('every', EVERY, [row, nothing, {}]))).toEqual({
      types: TYPES,
      rows: [row, nothing, nothing],
    });
  });

  it('has the same types without a row, or with blanks alone', async () => {
    expect(await read(table('none', EVERY, []))).toEqual({ types: TYPES, rows: [] });
    expect((await read(table('blank', EVERY, [nothing]))).types).toEqual(TYPES);
  });

  it('has a wider type where a value needs it', async () => {
    const odd = { ...row, day: 'total', count: 2.5, money: 'n/a', text: 7 };
    const { types, rows } = await read(table('odd', EVERY, [row, odd]));
    expect(types).toMatchObject({ day: 'VARCHAR', count: 'DOUBLE', money: 'VARCHAR', text: 'VARCHAR' });
    expect(rows[1]).toMatchObject({ day: 'total', count: 2.5, money: 'n/a', text: '7' });
    expect(rows[0]).toMatchObject({ day: '2025-06-30', money: '5158045.72' });
    expect((await read(table('no-day', EVERY, [{ day: '2025-02-30' }]))).types.day).toBe('VARCHAR');
  });

  it('keeps texts as they are, a half of a pair of surrogates aside', async () => {
    const texts = [...HOSTILE_TEXTS, '', "it's '); DROP", 'a\0b', 'x'.repeat(100_000), '\\u0041', '🎉'];
    const { rows } = await read(
      table(
        'texts',
        EVERY.slice(0, 1),
        texts.map((text) => ({ text })),
      ),
    );
    expect(rows.map(({ text }) => text)).toEqual(texts);
    const half = await read(table('half', EVERY.slice(0, 1), [{ text: 'a\uD83Cb' }]));
    expect(half.rows).toEqual([{ text: 'a\uFFFDb' }]);
  });

  it('keeps names of columns, and tells apart those that differ in capitals alone', async () => {
    const columns = ['a "b"', "it's", '', 'Name', 'name'].map((key) => ({
      key,
      label: key,
      unit: 'text' as const,
    }));
    const { types } = await read(table('names', columns, [{ 'a "b"': 'x', '': 'y' }]));
    expect(Object.keys(types)).toEqual(['a "b"', "it's", 'column_3', 'Name', 'name_1']);
  });

  it('keeps any number', async () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(number), { minLength: 1, maxLength: 50 }), async (values) => {
        const { rows } = await read(
          table(
            'numbers',
            EVERY.slice(2, 3),
            values.map((money) => ({ money })),
          ),
        );
        expect(rows.map(({ money }) => money)).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the tables of a report as Parquet', () => {
  it('are named by section and table, in the order of the report; one without columns is left out', async () => {
    const files = await parquetTables(reportOf([influencers(2), table('bare', [], [])], [influencers(1)]));
    expect([...files.keys()]).toEqual(['section-1.influencers.parquet', 'section-2.influencers.parquet']);
    expect((await parquetTables(reportOf())).size).toBe(0);
  });

  it('are the same bytes whenever they are written, also with 20,000 rows', async () => {
    const report = reportOf([influencers(20_000)]);
    const [first, second] = [await parquetTables(report), await parquetTables(report)];
    expect(
      Buffer.compare([...first.values()][0] ?? Buffer.of(), [...second.values()][0] ?? Buffer.of(1)),
    ).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import { QueryError, type Warehouse } from '../../src/warehouse/warehouse.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openDuckDb({ threads: 2, memoryLimit: '500MB' });
});
afterAll(() => warehouse.close());

describe('openDuckDb', () => {
  it('names its engine', () => {
    expect(warehouse.engine).toMatch(/^DuckDB \d+\.\d+\.\d+$/);
  });

  it('returns rows of plain values', async () => {
    const rows = await warehouse.query(`
      SELECT
        'नमस्ते 😀' AS text,
        CAST(9007199254740991 AS BIGINT) AS big,
        CAST(-3 AS HUGEINT) AS huge,
        CAST(12 AS DECIMAL(30, 0)) AS whole,
        CAST(12.5 AS DECIMAL(10, 2)) AS fraction,
        CAST(0.1 AS DOUBLE) AS ratio,
        DATE '2024-02-29' AS day,
        true AS yes,
        NULL AS nothing`);
    expect(rows).toEqual([
      {
        text: 'नमस्ते 😀',
        big: Number.MAX_SAFE_INTEGER,
        huge: -3,
        whole: 12,
        fraction: 12.5,
        ratio: 0.1,
        day: '2024-02-29',
        yes: true,
        nothing: null,
      },
    ]);
  });

  it('returns all rows of a result larger than one chunk, in order', async () => {
    const rows = await warehouse.query<{ i: number }>('SELECT i FROM range(5000) t(i) ORDER BY i');
    expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
  });

  it('runs several statements, and returns no rows for a statement without a result', async () => {
    expect(
      await warehouse.query('CREATE OR REPLACE TABLE a (x INTEGER); CREATE OR REPLACE TABLE b (y INTEGER)'),
    ).toEqual([]);
    expect(await warehouse.query('CREATE OR REPLACE TABLE c AS SELECT 1 AS x')).toEqual([]);
    expect(await warehouse.query('UPDATE c SET x = 2')).toEqual([]);
    expect(await warehouse.query('INSERT INTO a VALUES (1); SELECT x FROM a')).toEqual([{ x: 1 }]);
    expect(await warehouse.query('SELECT y FROM b')).toEqual([]);
  });

  it('refuses integers that a number cannot hold', async () => {
    await expect(warehouse.query('SELECT CAST(9007199254740992 AS BIGINT) AS big')).rejects.toThrow(
      'column big holds 9007199254740992, which is too large for an exact number.',
    );
    await expect(
      warehouse.query("SELECT CAST('99999999999999999999' AS DECIMAL(30, 0)) AS whole"),
    ).rejects.toThrow('column whole holds 99999999999999999999');
  });

  it('refuses values that are not scalars', async () => {
    await expect(warehouse.query('SELECT [1, 2] AS pair')).rejects.toThrow(
      'column pair holds a DuckDBListValue',
    );
  });

  it('keeps the statement and the cause of a failure, and tells only the reason', async () => {
    const sql = '-- a question\nSELECT nowhere\nFROM nothing';
    const failure = await warehouse.query(`\n${sql}\n`).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(QueryError);
    expect(failure).toMatchObject({ cause: expect.any(Error), sql });
    expect(String(failure)).toMatch(/^QueryError: Query failed: .*nothing does not exist/);
    expect(String(failure)).not.toContain('a question');
  });

  it('loads no extension by itself', async () => {
    await expect(warehouse.query("SELECT * FROM read_csv('https://localhost:1/a.csv')")).rejects.toThrow(
      QueryError,
    );
    const settings = await warehouse.query(
      "SELECT name, value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'temp_directory') ORDER BY name",
    );
    expect(settings).toEqual([
      { name: 'autoinstall_known_extensions', value: 'false' },
      { name: 'autoload_known_extensions', value: 'false' },
      { name: 'temp_directory', value: '' },
    ]);
  });

  it('interrupts a running query when closed', async () => {
    const other = await openDuckDb();
    const endless = other.query(
      'SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7',
    );
    const outcome = expect(endless).rejects.toThrow('Query failed: INTERRUPT');
    await other.close();
    await outcome;
  });
});

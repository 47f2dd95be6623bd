import { readdir, readFile } from 'node:fs/promises';
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { expectClose } from '../support/close.js';
import { openTinyDuckDb } from '../support/engines.js';
import { everyStatement, manyRows } from '../support/every-statement.js';
import { openPglite } from '../support/pglite.js';
import { madeBy, type Recorded } from '../support/recording.js';
import { fillTables } from '../support/tables.js';

/** Functions and types that mean the same in DuckDB, PostgreSQL and Trino. */
const FUNCTIONS = [
  'ABS',
  'AVG',
  'CAST',
  'COALESCE',
  'COUNT',
  'DATE_TRUNC',
  'DENSE_RANK',
  'LOWER',
  'MAX',
  'MIN',
  'MOD',
  'NULLIF',
  'REPLACE',
  'ROW_NUMBER',
  'SUM',
];
const TYPES = ['BIGINT', 'DATE', 'DOUBLE PRECISION', 'VARCHAR'];
const BEFORE_PARENTHESIS = [
  'AND',
  'AS',
  'FROM',
  'IN',
  'JOIN',
  'NOT',
  'ON',
  'OR',
  'OVER',
  'SELECT',
  'THEN',
  'WHEN',
  'WHERE',
];

let warehouse: Warehouse;
let statements: Recorded[];
const tables = manyRows();

beforeAll(async () => {
  warehouse = await openTinyDuckDb();
  statements = await everyStatement(warehouse, tables);
});
afterAll(() => warehouse.close());

/** What is code in a statement: neither comments nor texts. */
const code = (sql: string) => sql.replaceAll(/--.*/g, '').replaceAll(/'(?:[^']|'')*'/g, "''");
const found = (pattern: RegExp) =>
  [
    ...new Set(statements.flatMap(({ sql }) => [...code(sql).matchAll(pattern)].map((match) => match[1]))),
  ].sort();

describe('the SQL of the model and of the checks', () => {
  it('is recorded whole: every statement of these folders is among those that ran', async () => {
    const folders = [`${packageRoot}/src/model`, `${packageRoot}/src/checks`];
    const files = await Promise.all(
      folders.map(async (folder) => (await readdir(folder)).map((file) => `${folder}/${file}`)),
    );
    const sources = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
    const headings = sources.flatMap((source) => source.match(/(?<=`)-- [^`$\n]+/g) ?? []);
    expect(headings.length).toBeGreaterThan(15);
    const ran = statements.map(({ sql }) => sql.trimStart());
    expect(headings.filter((heading) => !ran.some((sql) => sql.startsWith(heading)))).toEqual([]);
  });

  it('runs unchanged on PostgreSQL, with equal results', async () => {
    const postgres = await openPglite();
    try {
      await fillTables(postgres, tables);
      for (const { sql, rows } of statements) {
        const answer = await postgres.query(sql);
        expectClose((await madeBy(sql, postgres)) ?? answer, rows);
      }
    } finally {
      await postgres.close();
    }
    expect(statements.filter(({ rows }) => rows.length > 0).length).toBeGreaterThan(100);
  });

  it('is valid Trino SQL', () => {
    const trino = new TrinoSQL();
    const faults = statements.flatMap(({ sql }) =>
      trino.validate(sql).map(({ message }) => `${message}\n${sql}`),
    );
    expect(faults).toEqual([]);
  });

  it('would be refused by the Trino grammar where it is not', () => {
    const trino = new TrinoSQL();
    for (const broken of [
      'SELECT FROM sales',
      'SELECT revenue::BIGINT FROM sales',
      'SELECT * EXCLUDE (revenue) FROM sales',
      'SELECT * FROM sales QUALIFY ROW_NUMBER() OVER (ORDER BY revenue) = 1',
    ]) {
      expect(trino.validate(broken)).not.toEqual([]);
    }
  });

  it('uses only functions and types that all three engines have', () => {
    const called = found(/(?<!\bAS\s+)\b([A-Za-z_]+)\s*\(/g);
    const calledFunctions = called.filter((name) => !BEFORE_PARENTHESIS.includes(name ?? ''));
    expect(calledFunctions).toEqual(FUNCTIONS);
    expect(found(/\bAS\s+([A-Z]+(?: [A-Z]+)?)\s*\)/g)).toEqual(TYPES);
  });
});

import path from 'node:path';
import type { SourceInput } from './source-file.js';
import { type Column, SQL_TYPES } from './tables.js';
import { SPACES, typedColumn } from './typed-columns.js';

/** What the column `mark` of a table just created says about a row; it is NULL for most. */
export const MARKS = { badValue: 1, rounded: 2 } as const;

/** Statement that creates the canonical table of a file, with a column `mark` more. */
export function createTableSql(input: SourceInput, currencyDigits: number): string {
  const typed = typedColumns(input, currencyDigits);
  const values = input.table.columns.map((column) =>
    input.found.some(({ name }) => name === column.name)
      ? column.name
      : `${absent(column)} AS ${column.name}`,
  );
  return `
    -- canonical columns of ${input.table.file}, with a mark on rows with bad or rounded values
    CREATE OR REPLACE TABLE ${input.table.name} AS
    ${typedRowsSql(input, currencyDigits, 'unnumbered')}
    SELECT
      ${list(values)},
      CAST(
        CASE
          WHEN ${anyOf(typed.map(({ fault }) => fault))} THEN ${MARKS.badValue}
          WHEN ${anyOf(typed.map(({ rounded }) => rounded))} THEN ${MARKS.rounded}
        END
        AS TINYINT
      ) AS mark
    FROM typed`;
}

/** The first bad value of a file. Records count from 1, below the header. */
export interface FirstFault {
  record: number;
  /** Position of the column in the file, from 0. */
  column: number;
  /** How many rows have a bad value. */
  total: number;
}

/** The first row of a file whose key was there before. Records count from 1, below the header. */
export interface FirstDuplicate {
  record: number;
  /** The first record with the same key. */
  earlier: number;
  /** Position of the key's column in the file, from 0. */
  column: number;
  /** How many rows repeat an earlier key. */
  total: number;
}

/** Query for the first bad value in the file's order, as `FirstFault`; no row where every value is good. */
export function firstFaultSql(input: SourceInput, currencyDigits: number): string {
  const typed = typedColumns(input, currencyDigits);
  const places = typed.flatMap(({ fault, index }) => (fault ? `WHEN ${fault} THEN ${index}` : []));
  return `
    -- first bad value of ${input.table.file} in the file's order
    ${typedRowsSql(input, currencyDigits, 'numbered')},
    faults AS (SELECT record, CASE ${places.join(' ')} END AS "column" FROM typed)
    SELECT record, "column", count(*) OVER () AS total
    FROM faults
    WHERE "column" IS NOT NULL
    ORDER BY record
    LIMIT 1`;
}

/** Query for the first repeated key in the file's order, as `FirstDuplicate`; no row where every key is unique. */
export function firstDuplicateSql(input: SourceInput, key: string, currencyDigits: number): string {
  const column = input.found.find(({ name }) => name === key)?.index;
  return `
    -- first repeated ${key} of ${input.table.file} in the file's order
    ${typedRowsSql(input, currencyDigits, 'numbered')},
    keys AS (
      SELECT record, min(record) OVER (PARTITION BY ${key}) AS earlier
      FROM typed
      WHERE ${key} IS NOT NULL
    )
    SELECT record, earlier, ${column} AS "column", count(*) OVER () AS total
    FROM keys
    WHERE record > earlier
    ORDER BY record
    LIMIT 1`;
}

/** The WITH clause that ends in `typed`: every found column as text and as a value, and the row's number if wanted. */
function typedRowsSql(input: SourceInput, currencyDigits: number, rows: 'numbered' | 'unnumbered'): string {
  const typed = typedColumns(input, currencyDigits);
  const cells = input.found.map(({ name, index }) => `c${index} AS ${name}_raw`);
  const named = (part: 'cast' | 'plain') =>
    typed.flatMap((column) => (column[part] ? `${column[part]} AS ${column.name}_${part}` : []));
  return `
    WITH cells AS NOT MATERIALIZED (
      SELECT ${list(rows === 'numbered' ? [...cells, 'row_number() OVER () AS record'] : cells)}
      FROM ${readCsvSql(input, rows === 'unnumbered')}
    ),
    casts AS NOT MATERIALIZED (SELECT ${list(['*', ...named('cast')])} FROM cells),
    plain AS NOT MATERIALIZED (SELECT ${list(['*', ...named('plain')])} FROM casts),
    typed AS NOT MATERIALIZED (SELECT ${list(['*', ...typed.map(({ name, value }) => `${value} AS ${name}`)])} FROM plain)`;
}

/** The rows of the file as text columns c0, c1, …; nothing is left for the engine to guess. */
function readCsvSql(input: SourceInput, parallel: boolean): string {
  const columns = input.header.map((_, index) => `'c${index}': 'VARCHAR'`);
  const rows = `read_csv(
        ${literal(pathPattern(input.file))},
        auto_detect = false,
        header = true,
        skip = ${input.dialect.blankLines},
        delim = ${literal(input.dialect.delimiter)},
        quote = '"',
        escape = '"',
        compression = 'none',
        hive_partitioning = false,
        parallel = ${parallel},
        columns = {${columns.join(', ')}}
      )`;
  // A blank line in a file of one column is a row for the engine; it is none for people.
  return input.header.length === 1 ? `${rows} WHERE trim(c0, ${SPACES}) <> ''` : rows;
}

function typedColumns(input: SourceInput, currencyDigits: number) {
  return input.found.map((column) => ({ ...typedColumn(column, currencyDigits), index: column.index }));
}

function absent(column: Column): string {
  return `CAST(${column.whenAbsent ?? 'NULL'} AS ${SQL_TYPES[column.type]})`;
}

function anyOf(conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length > 0 ? given.map((condition) => `(${condition})`).join(' OR ') : 'false';
}

function list(items: readonly string[]): string {
  return items.join(',\n      ');
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An absolute path in which the engine's file patterns (`*`, `?`, `[`) stand for themselves. */
function pathPattern(file: string): string {
  return path.resolve(file).replace(/[*?[]/g, '[$&]');
}

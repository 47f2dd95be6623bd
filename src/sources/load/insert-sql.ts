import type { SourceInput } from '../source-file.js';
import { type SourceTable, SQL_TYPES } from '../tables.js';
import { anyOf, cellsSql, typedColumns, typedStages } from './cells-sql.js';

/** Columns of `tracking` that count unusual rows of the files behind one row of the table, with what makes them unusual. */
const UNUSUAL = {
  negative_orders: 'orders < 0 AND revenue >= 0',
  revenue_without_orders: 'orders = 0 AND revenue <> 0',
  orders_without_revenue: 'orders <> 0 AND revenue = 0',
} as const;

/** Columns of `tracking` that count rows of the files. */
const ROW_COUNTS = ['rows', ...Object.keys(UNUSUAL)];

/** A file among those of its table, and how the engine reads it without a mistake. */
export interface NumberedInput {
  input: SourceInput;
  number: number;
  reading: 'any' | 'numbered';
}

/**
 * Statement that creates a canonical table, empty, with the columns that only loading needs: `input` (number of the file), `faulty`
 * and `rounded`; `record` where rows keep their place, `hashes` of the rows where they are grouped.
 */
export function createTableSql(table: SourceTable): string {
  const columns = [
    ...table.columns.map(({ name, type }) => `${name} ${SQL_TYPES[type]}`),
    ...(isGrouped(table) ? [...ROW_COUNTS, 'repeats'].map((name) => `${name} BIGINT`) : ['record BIGINT']),
    'input INTEGER',
    'faulty BOOLEAN',
    'rounded BIGINT',
    ...(isGrouped(table) ? ['hashes UBIGINT[]'] : []),
  ];
  return `-- empty ${table.name}
    CREATE OR REPLACE TABLE ${table.name} (${columns.join(', ')})`;
}

/** The one table that is large: its rows are summed while they are read. */
export function isGrouped(table: SourceTable): boolean {
  return table.name === 'tracking';
}

/** Statement that reads files of one table and one style into the canonical table, faulty rows included, marked. */
export function insertSql(
  table: SourceTable,
  inputs: readonly NumberedInput[],
  currencyDigits: number,
  keepHashes: boolean,
): string {
  const [first] = inputs;
  if (!first) throw new Error('There is no file to insert.');
  return isGrouped(table)
    ? insertGroupedSql(table, inputs, first.input, currencyDigits, keepHashes)
    : insertRowsSql(table, inputs, first.input, currencyDigits);
}

function insertRowsSql(
  table: SourceTable,
  inputs: readonly NumberedInput[],
  { style }: SourceInput,
  currencyDigits: number,
): string {
  const typed = typedColumns(table.columns, style, currencyDigits);
  const cells = inputs.map(({ input, number }) =>
    cellsSql(input, 'numbered', [`${number} AS input`, 'record']),
  );
  return `-- rows of ${table.name}
    INSERT INTO ${table.name}
    WITH cells AS NOT MATERIALIZED (
      ${cells.join('\n      UNION ALL\n      ')}
    ),
    ${typedStages('typed', 'cells', typed)}
    SELECT
      ${typed.map(({ name }) => name).join(', ')},
      record,
      input,
      ${anyOf(typed.map(({ fault }) => fault))} AS faulty,
      CAST(${anyOf(typed.map(({ rounded }) => rounded))} AS BIGINT) AS rounded
    FROM typed`;
}

/**
 * Sums first, by the text of the other columns, and types these texts afterwards: there are several times fewer of them than rows.
 * Rows of one kind are summed together, so that one count of rows counts the unusual ones too. As many different `hash_bits` as rows
 * show cheaply that no row of a group repeats another.
 */
function insertGroupedSql(
  table: SourceTable,
  inputs: readonly NumberedInput[],
  { style }: SourceInput,
  currencyDigits: number,
  keepHashes: boolean,
): string {
  const measures = table.columns.filter(({ name }) => name === 'orders' || name === 'revenue');
  const keys = table.columns.filter((column) => !measures.includes(column));
  const typedMeasures = typedColumns(measures, style, currencyDigits);
  const typedKeys = typedColumns(keys, style, currencyDigits);
  const cells = inputs.map(({ input, number, reading }) =>
    cellsSql(input, reading, [
      `${number} AS input`,
      `hash(${input.header.map((_, index) => `c${index}`).join(', ')}) AS row_hash`,
    ]),
  );
  const rawKeys = keys.map(({ name }) => `${name}_raw`).join(', ');
  return `-- tracked rows, summed by everything but orders and revenue
    INSERT INTO ${table.name}
    WITH cells AS NOT MATERIALIZED (
      ${cells.join('\n      UNION ALL\n      ')}
    ),
    ${typedStages('measured', 'cells', typedMeasures)},
    grouped AS NOT MATERIALIZED (
      SELECT
        input,
        ${rawKeys},
        kind,
        CAST(SUM(orders) AS BIGINT) AS orders,
        CAST(SUM(revenue) AS BIGINT) AS revenue,
        COUNT(*) AS rows,
        LIST(row_hash) AS hashes,
        BIT_OR(CAST(1 AS UBIGINT) << (row_hash % 64)) AS hash_bits
      FROM (
        SELECT
          *,
          CASE
            WHEN ${anyOf(typedMeasures.map(({ fault }) => fault))} THEN 'faulty'
            ${Object.entries(UNUSUAL)
              .map(([name, condition]) => `WHEN ${condition} THEN '${name}'`)
              .join('\n            ')}
            WHEN ${anyOf(typedMeasures.map(({ rounded }) => rounded))} THEN 'rounded'
          END AS kind
        FROM measured
      ) AS judged
      GROUP BY input, ${rawKeys}, kind
    ),
    ${typedStages('typed', 'grouped', typedKeys)}
    SELECT
      ${table.columns.map(({ name }) => name).join(', ')},
      rows,
      ${Object.keys(UNUSUAL)
        .map((name) => `CASE WHEN kind = '${name}' THEN rows ELSE 0 END AS ${name}`)
        .join(',\n      ')},
      CASE WHEN BIT_COUNT(hash_bits) = rows THEN 0 ELSE rows - LEN(LIST_DISTINCT(hashes)) END AS repeats,
      input,
      COALESCE(kind = 'faulty', false) OR ${anyOf(typedKeys.map(({ fault }) => fault))} AS faulty,
      CASE WHEN kind = 'rounded' THEN rows ELSE 0 END AS rounded,
      ${keepHashes ? 'hashes' : 'NULL AS hashes'}
    FROM typed`;
}

/** Statement that sums tracked rows of several files once more, so that a row that stands in two of them counts as repeated. */
export function regroupSql(table: SourceTable): string {
  const keys = table.columns.filter(({ name }) => name !== 'orders' && name !== 'revenue');
  const names = keys.map(({ name }) => name).join(', ');
  const sums = ['orders', 'revenue', ...ROW_COUNTS];
  return `-- tracked rows of all files, summed by everything but orders and revenue
    CREATE OR REPLACE TABLE ${table.name} AS
    SELECT
      ${names},
      ${sums.map((name) => `CAST(SUM(${name}) AS BIGINT) AS ${name}`).join(',\n      ')},
      CAST(SUM(rows) AS BIGINT) - LEN(LIST_DISTINCT(FLATTEN(LIST(hashes)))) AS repeats
    FROM ${table.name}
    GROUP BY ${names}`;
}

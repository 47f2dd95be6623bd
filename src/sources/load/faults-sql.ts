import type { SourceInput } from '../source-file.js';
import { anyOf, cellsSql, typedColumns, typedStages } from './cells-sql.js';

/** Rows of one file that are not used, blank ones apart. */
export interface FaultCounts {
  faulty: number;
  blank: number;
}

/** A row that is not used. */
export interface FaultyRow {
  /** Number of the row, from 1, below the header. */
  record: number;
  /** Canonical name of the first column at fault. */
  column: string;
  /** The cell as it stands, at most 200 characters; null where it is empty. */
  value: string | null;
  /** Minor units; null where it cannot be read. */
  revenue: number | null;
}

/** Query for how many rows of a file are faulty, as `FaultCounts`. */
export function faultCountsSql(
  input: SourceInput,
  reading: 'any' | 'numbered',
  currencyDigits: number,
): string {
  return `-- faulty rows of ${input.table.label}, counted
    ${faultyRowsSql(input, currencyDigits, reading)}
    SELECT
      COUNT(*) FILTER (WHERE NOT blank) AS faulty,
      COUNT(*) FILTER (WHERE blank) AS blank
    FROM faulty_rows`;
}

/** Query for the first `limit` faulty rows of a file, in its order, as `FaultyRow`. */
export function firstFaultsSql(input: SourceInput, currencyDigits: number, limit: number): string {
  return `-- faulty rows of ${input.table.label}, in the file's order
    ${faultyRowsSql(input, currencyDigits, 'numbered')}
    SELECT record, "column", value, revenue_left_out AS revenue
    FROM faulty_rows
    WHERE NOT blank
    ORDER BY record
    LIMIT ${limit}`;
}

function faultyRowsSql(input: SourceInput, currencyDigits: number, order: 'any' | 'numbered'): string {
  const { columns } = input.table;
  const typed = typedColumns(columns, input.style, currencyDigits);
  const faults = typed.flatMap(({ name, fault }) => (fault === undefined ? [] : [{ name, fault }]));
  const first = (result: (name: string) => string) =>
    `CASE ${faults.map(({ name, fault }) => `WHEN ${fault} THEN ${result(name)}`).join(' ')} END`;
  const fields = input.header.map((_, index) => `c${index}`).join(', ');
  const blank = `TRIM(CONCAT_WS('', ${fields}), ' ' || CHR(9) || CHR(160)) = '' AS blank`;
  const hasRevenue = columns.some(({ name }) => name === 'revenue');
  return `WITH cells AS NOT MATERIALIZED (
      ${cellsSql(input, order, order === 'numbered' ? ['record', blank] : [blank])}
    ),
    ${typedStages('typed', 'cells', typed)},
    faulty_rows AS NOT MATERIALIZED (
      SELECT
        ${order === 'numbered' ? 'record,' : ''}
        blank,
        ${first((name) => `'${name}'`)} AS "column",
        LEFT(${first((name) => `${name}_raw`)}, 200) AS value,
        ${hasRevenue ? 'revenue' : 'CAST(NULL AS BIGINT)'} AS revenue_left_out
      FROM typed
      WHERE ${anyOf(faults.map(({ fault }) => fault))}
    )`;
}

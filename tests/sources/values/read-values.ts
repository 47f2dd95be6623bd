import { afterAll, beforeAll } from 'vitest';
import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';
import { typedColumn } from '../../../src/sources/values/typed-column.js';
import { openDuckDb } from '../../../src/warehouse/duckdb.js';
import type { Scalar, Warehouse } from '../../../src/warehouse/warehouse.js';

/** What the rules of a column make of a cell. */
export interface ReadValue {
  value: Scalar;
  fault: boolean;
  rounded: boolean;
}

/** Year first, decimal point, no serial numbers. */
export const PLAIN_STYLE: ValueStyle = { dateOrder: null, decimal: '.', serialDates: null };

export interface ValueReader {
  /** The values of cells in their order, read in one query by the rules of `typedColumn`. */
  read(
    cells: readonly (string | null)[],
    column: Column,
    style?: Partial<ValueStyle>,
    currencyDigits?: number,
  ): Promise<ReadValue[]>;
  query<Row extends object>(sql: string): Promise<Row[]>;
}

/** One warehouse for the tests of a file. */
export function useValueReader(): ValueReader {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openDuckDb({ threads: 2 });
  });
  afterAll(() => warehouse.close());

  return {
    query: (sql) => warehouse.query(sql),
    async read(cells, column, style = {}, currencyDigits = 2) {
      const { name, cast, plain, value, fault, rounded } = typedColumn(
        column,
        { ...PLAIN_STYLE, ...style },
        currencyDigits,
      );
      const rows = cells.map((cell, index) => `(${index}, ${cell === null ? 'NULL' : sqlText(cell)})`);
      return warehouse.query<ReadValue>(`
        -- values of cells
        WITH cells AS (SELECT * FROM (VALUES ${rows.join(', ')}) AS v (place, ${name}_raw)),
        texts AS (SELECT place, CAST(${name}_raw AS VARCHAR) AS ${name}_raw FROM cells),
        casts AS (SELECT *, ${cast ?? 'NULL'} AS ${name}_cast FROM texts),
        plain AS (SELECT *, ${plain ?? 'NULL'} AS ${name}_plain FROM casts),
        typed AS (SELECT *, ${value} AS ${name} FROM plain)
        SELECT
          ${name} AS value,
          coalesce(${fault ?? 'false'}, false) AS fault,
          coalesce(${rounded ?? 'false'}, false) AS rounded
        FROM typed
        ORDER BY place`);
    },
  };
}

/** A text as a SQL literal; the engine takes no NUL in one. */
export function sqlText(text: string): string {
  return text
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`)
    .join(' || chr(0) || ');
}

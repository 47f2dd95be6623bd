import { readRowsSql } from '../rows/read-sql.js';
import type { SourceInput, ValueStyle } from '../source-file.js';
import type { Column } from '../tables.js';
import { type TypedColumn, typedColumn } from '../values/typed-column.js';

/** The typing rules of some columns. */
export function typedColumns(
  columns: readonly Column[],
  style: ValueStyle,
  currencyDigits: number,
): TypedColumn[] {
  return columns.map((column) => typedColumn(column, style, currencyDigits));
}

/**
 * SELECT of the cells of a file under the canonical names, `<name>_raw`, with `extra` columns more. A column that the file does not have
 * is NULL, or what its absence stands for.
 */
export function cellsSql(input: SourceInput, order: 'any' | 'numbered', extra: readonly string[]): string {
  const cells = input.table.columns.map((column) => `${rawCell(input, column)} AS ${column.name}_raw`);
  return `SELECT ${[...extra, ...cells].join(', ')} FROM ${readRowsSql(input.rows, input.header.length, order)}`;
}

/** CTEs that end in one called `stage`: the rows of `from` with the value of each column more. */
export function typedStages(stage: string, from: string, columns: readonly TypedColumn[]): string {
  const named = (part: 'cast' | 'plain') =>
    columns.flatMap((column) => (column[part] ? [`${column[part]} AS ${column.name}_${part}`] : []));
  const values = columns.map(({ name, value }) => `${value} AS ${name}`);
  const select = (items: readonly string[], source: string) =>
    `SELECT ${['*', ...items].join(',\n        ')}\n      FROM ${source}`;
  return `${stage}_casts AS NOT MATERIALIZED (
      ${select(named('cast'), from)}
    ),
    ${stage}_plain AS NOT MATERIALIZED (
      ${select(named('plain'), `${stage}_casts`)}
    ),
    ${stage} AS NOT MATERIALIZED (
      ${select(values, `${stage}_plain`)}
    )`;
}

/** Condition that holds where any of the conditions is true; never NULL. */
export function anyOf(conditions: readonly (string | undefined)[]): string {
  const given = conditions.flatMap((condition) => (condition === undefined ? [] : [`(${condition})`]));
  return given.length === 0 ? 'false' : `COALESCE(${given.join(' OR ')}, false)`;
}

function rawCell(input: SourceInput, column: Column): string {
  const found = input.found.find(({ name }) => name === column.name);
  if (found) return `c${found.index}`;
  return column.whenAbsent === undefined ? 'CAST(NULL AS VARCHAR)' : `'${column.whenAbsent}'`;
}

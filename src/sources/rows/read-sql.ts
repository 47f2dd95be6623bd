import { fileLiteral, literal } from '../../warehouse/literal.js';
import type { BulkRows, CsvRows, ParquetRows } from '../row-file.js';

/**
 * A relation, to stand in FROM, with the rows of a file as text columns c0, c1, … (empty is NULL), plus BIGINT `line` where the
 * rows carry lines, plus, when 'numbered', BIGINT `record`: the number of the row, from 1. Nothing is left for the engine to
 * guess, and it refuses a file that is not plainly what it should be.
 * @param width - number of fields in the header
 * @param order - 'any' is read on all cores at once, rows in any order
 */
export function readRowsSql(rows: BulkRows, width: number, order: 'any' | 'numbered'): string {
  return rows.kind === 'csv' ? readCsvSql(rows, width, order) : readParquetSql(rows, width, order);
}

function readCsvSql(rows: CsvRows, width: number, order: 'any' | 'numbered'): string {
  const columns = columnNames(width).map((name) => `'${name}': 'VARCHAR'`);
  if (rows.hasLines) columns.push("'line': 'BIGINT'");
  const csv = `read_csv(
      ${fileLiteral(rows.file)},
      auto_detect = false,
      header = true,
      skip = ${rows.linesAbove},
      delim = ${literal(rows.delimiter)},
      quote = '"',
      escape = '"',
      comment = '',
      compression = 'none',
      hive_partitioning = false,
      parallel = ${order === 'any'},
      max_line_size = ${LONGEST_LINE},
      buffer_size = ${BUFFER_SIZE},
      columns = {${columns.join(', ')}}
    )`;
  return order === 'any' ? csv : `(SELECT *, row_number() OVER () AS record FROM ${csv})`;
}

function readParquetSql({ file }: ParquetRows, width: number, order: 'any' | 'numbered'): string {
  const names = columnNames(width);
  const columns = names.map((name) => `CAST(${name} AS VARCHAR) AS ${name}`);
  if (order === 'numbered') columns.push('file_row_number + 1 AS record');
  return `(SELECT ${columns.join(', ')} FROM read_parquet(${fileLiteral(file)}, hive_partitioning = false) AS file(${names.join(', ')}))`;
}

/** Bytes of the longest row that the engine takes: every record of `readRecords`, even with all its quotes doubled. */
const LONGEST_LINE = 2_000_000;
/** Bytes that the engine reads at a time. */
const BUFFER_SIZE = 32_000_000;

function columnNames(width: number): string[] {
  return Array.from({ length: width }, (_, index) => `c${index}`);
}

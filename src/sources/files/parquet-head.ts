import { openDuckDb } from '../../warehouse/duckdb.js';
import { fileLiteral } from '../../warehouse/literal.js';
import { QueryError } from '../../warehouse/warehouse.js';
import type { FoundFile, Head } from '../row-file.js';
import { dataError } from '../source-file.js';
import { HEAD_RECORDS } from './head-records.js';

/**
 * Reads the head of a Parquet file: record 1 has the names of its columns, the others the first rows, every value as the
 * engine's text for it. Errors (exit code 3): unreadable-file.
 */
export async function readParquetHead(file: FoundFile): Promise<Head> {
  const engine = await openDuckDb({ threads: 1 });
  try {
    const rows = `read_parquet(${fileLiteral(file.path)}, hive_partitioning = false)`;
    const columns = await engine.query<{ column_name: string }>(`-- columns of a Parquet file
      DESCRIBE SELECT * FROM ${rows}`);
    const aliases = columns.map((_, index) => `c${index}`);
    const texts = aliases.map((alias) => `CAST(${alias} AS VARCHAR) AS ${alias}`);
    const values = await engine.query<Record<string, string | null>>(`-- first rows of a Parquet file
      SELECT ${texts.join(', ')}
      FROM ${rows} AS file(${aliases.join(', ')})
      LIMIT ${HEAD_RECORDS - 1}`);
    const records = values
      .map((row, index) => ({ line: index + 2, fields: aliases.map((alias) => row[alias]?.trim() ?? '') }))
      .filter(({ fields }) => fields.some((field) => field !== ''));
    const header = { line: 1, fields: columns.map(({ column_name }) => column_name.trim()) };
    const place = { name: file.name, file, kind: 'parquet', sheet: null, compression: 'none' } as const;
    return { ...place, encoding: null, delimiter: null, dateSystem: null, records: [header, ...records] };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw dataError(
      'unreadable-file',
      `${file.name} is damaged, or not a Parquet file that this tool can read.`,
      'Write it again, or hand it in as CSV UTF-8.',
      error,
    );
  } finally {
    await engine.close();
  }
}

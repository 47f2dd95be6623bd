import { linesOfRecords } from '../rows/lines.js';
import { readRowsSql } from '../rows/read-sql.js';
import { dataError, type QuarantinedRow } from '../source-file.js';
import type { SourceTable } from '../tables.js';
import { complaint } from '../values/complaint.js';
import { type FaultCounts, type FaultyRow, faultCountsSql, firstFaultsSql } from './faults-sql.js';
import type { LoadContext, Loading } from './loading.js';

/** More faulty rows in one file cannot be told one by one, and are no longer a few exceptions. */
const MOST_TOLD = 100_000;

/** What was set aside of a file or a table. */
export interface SetAside {
  rows: number;
  blank: number;
  told: QuarantinedRow[];
}

/**
 * Finds the rows of a file that are not used because of a bad value.
 *
 * @throws ReportError `too-many-faults` (exit code 3) where there are too many to tell them all
 */
export async function badValues(loading: Loading, context: LoadContext): Promise<SetAside> {
  const { input, reading } = loading;
  const { warehouse, currencyDigits } = context;
  const [counts] = await warehouse.query<FaultCounts>(faultCountsSql(input, reading, currencyDigits));
  const { faulty = 0, blank = 0 } = counts ?? {};
  if (faulty === 0) return { rows: 0, blank, told: [] };
  const rows = await warehouse.query<FaultyRow>(
    firstFaultsSql(input, currencyDigits, faulty > MOST_TOLD ? 1 : MOST_TOLD),
  );
  const lines = await linesOf(
    loading,
    rows.map(({ record }) => record),
    context,
  );
  const told = rows.map((row): QuarantinedRow => {
    const column = input.found.find(({ name }) => name === row.column);
    if (!column)
      throw new Error(`A fault was found in ${row.column}, which ${input.head.name} does not have.`);
    const value = row.value ?? '';
    return {
      code: 'bad-value',
      table: input.table.label,
      file: input.head.name,
      line: lines.get(row.record) ?? 0,
      column: column.header,
      value,
      ...complaint(value, column, input.style, currencyDigits, input.table.label),
      revenue: row.revenue,
    };
  });
  const [first] = told;
  if (faulty > MOST_TOLD && first) {
    throw dataError(
      'too-many-faults',
      `${faulty.toLocaleString('en-US')} rows of ${first.file} cannot be used, such as line ${first.line}, column ${first.column}: ${first.reason}.`,
      `${first.fix} So many rows are not set aside, whatever the limits are.`,
    );
  }
  return { rows: faulty, blank, told };
}

interface DuplicateRow {
  input: number;
  record: number;
  earlier_input: number;
  earlier_record: number;
  value: string;
}

/** Takes the rows out of a table whose key stands in an earlier row, and tells them. */
export async function duplicateKeys(
  table: SourceTable,
  key: string,
  loadings: readonly Loading[],
  context: LoadContext,
): Promise<QuarantinedRow[]> {
  const { warehouse } = context;
  const duplicates =
    await warehouse.query<DuplicateRow>(`-- rows of ${table.name} whose ${key} is in an earlier row
    SELECT input, record, earlier_input, earlier_record, value
    FROM (
      SELECT
        input,
        record,
        FIRST_VALUE(input) OVER keys AS earlier_input,
        FIRST_VALUE(record) OVER keys AS earlier_record,
        ${key} AS value,
        ROW_NUMBER() OVER keys AS place
      FROM ${table.name}
      WHERE ${key} IS NOT NULL
      WINDOW keys AS (PARTITION BY ${key} ORDER BY input, record)
    ) AS ranked
    WHERE place > 1
    ORDER BY input, record`);
  if (duplicates.length === 0) return [];
  await warehouse.query(`-- the first row of each ${key} stays
    DELETE FROM ${table.name}
    WHERE ${key} IS NOT NULL AND (input, record) NOT IN (
      SELECT (input, record)
      FROM ${table.name}
      WHERE ${key} IS NOT NULL
      QUALIFY ROW_NUMBER() OVER (PARTITION BY ${key} ORDER BY input, record) = 1
    )`);
  const places = await Promise.all(
    loadings.map(async (loading) => {
      const records = duplicates.flatMap((row) => [
        ...(row.input === loading.number ? [row.record] : []),
        ...(row.earlier_input === loading.number ? [row.earlier_record] : []),
      ]);
      return linesOf(
        loading,
        [...new Set(records)].sort((a, b) => a - b),
        context,
      );
    }),
  );
  return duplicates.map((row): QuarantinedRow => {
    const [own, earlier] = [loadings[row.input], loadings[row.earlier_input]];
    if (!own || !earlier) throw new Error(`A row of ${table.name} has no file.`);
    const elsewhere = own === earlier ? '' : `${earlier.input.head.name}, `;
    return {
      code: 'duplicate-key',
      table: table.label,
      file: own.input.head.name,
      line: places[row.input]?.get(row.record) ?? 0,
      column: own.input.found.find(({ name }) => name === key)?.header ?? key,
      value: row.value,
      reason: `"${row.value}" is already on ${elsewhere}line ${places[row.earlier_input]?.get(row.earlier_record)}`,
      fix: 'Keep one of the two rows.',
      revenue: null,
    };
  });
}

/** The line in the user's file of each of these rows (ascending). */
async function linesOf(
  { input }: Loading,
  records: readonly number[],
  { warehouse, signal }: LoadContext,
): Promise<Map<number, number>> {
  const { rows, header } = input;
  if (records.length === 0) return new Map();
  if (rows.kind === 'parquet') return new Map(records.map((record) => [record, record + 1]));
  if (!rows.hasLines) return linesOfRecords(rows, header.length, records, signal);
  const found = await warehouse.query<{ record: number; line: number }>(`-- lines of some rows
    SELECT record, line
    FROM ${readRowsSql(rows, header.length, 'numbered')}
    WHERE record IN (${records.join(', ')})`);
  return new Map(found.map(({ record, line }) => [record, line]));
}

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { QueryError, type Warehouse } from '../warehouse/warehouse.js';
import { explainBadValue, explainDuplicate } from './explain-rows.js';
import { explainStructure } from './explain-structure.js';
import { finishTable, roundingNotes } from './finish-table.js';
import { hashFile } from './hash.js';
import { mapColumns, readHeader } from './header.js';
import {
  createTableSql,
  type FirstDuplicate,
  type FirstFault,
  firstDuplicateSql,
  firstFaultSql,
  MARKS,
} from './rows-sql.js';
import { dataError, fileName, type SourceInput } from './source-file.js';
import { SOURCE_TABLES, type SourceTable } from './tables.js';

/** What was read for one canonical table; printed in the report's appendix. */
export interface SourceFile {
  /** Name of the table in the warehouse. */
  table: string;
  /** Name of the file, without its folder. */
  file: string;
  rows: number;
  bytes: number;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
  /** Header names that the report does not use. */
  ignoredColumns: string[];
  /** What was assumed or altered, in sentences. */
  notes: string[];
}

export interface LoadOptions {
  /** Folder with the four CSV files. */
  dataDir: string;
  /** Decimals of the report's currency: 2 for rupees and cents, 0 for yen. */
  currencyDigits: number;
  signal: AbortSignal;
  progress(step: string): void;
}

/**
 * Reads the four CSV files of a folder into the tables influencers, posts, tracking and payouts of a DuckDB warehouse:
 * text trimmed, blank as NULL, dates as DATE, counts as BIGINT, amounts as BIGINT in minor units.
 * The order of the rows in the warehouse is not that of the files.
 *
 * Errors (exit code 3) name file, line, column, value and fix: missing-folder, missing-file, unreadable-file, empty-file, bad-encoding,
 * bad-structure, missing-column, duplicate-column, bad-value, duplicate-key. Rejects when the signal aborts.
 */
export async function loadSources(warehouse: Warehouse, options: LoadOptions): Promise<SourceFile[]> {
  await assertFolder(options.dataDir);
  const inputs = await Promise.all(SOURCE_TABLES.map((table) => openSource(table, options.dataDir)));
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  const files: SourceFile[] = [];
  try {
    for (const input of inputs) {
      signal.throwIfAborted();
      options.progress(`Loading ${fileName(input)}`);
      const [hash, content] = await Promise.all([
        hashFile(input.file, signal),
        loadTable(warehouse, input, options.currencyDigits),
      ]);
      const ignoredColumns = [...input.ignoredColumns];
      files.push({ table: input.table.name, file: fileName(input), ...content, ...hash, ignoredColumns });
    }
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    ended.abort();
  }
  return files;
}

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return;
  throw dataError(
    'missing-folder',
    found ? `${folder} is a file, not a folder.` : `The folder ${folder} does not exist.`,
    'Name the folder that holds your CSV files with --data.',
  );
}

async function openSource(table: SourceTable, dataDir: string): Promise<SourceInput> {
  const file = path.join(dataDir, table.file);
  const { header, dialect } = await readHeader(file);
  return { table, file, header, dialect, ...mapColumns(table, file, header) };
}

async function loadTable(warehouse: Warehouse, input: SourceInput, currencyDigits: number) {
  const { table } = input;
  await createTable(warehouse, input, currencyDigits);
  const [counts] = await warehouse.query<{ rows: number; faults: number; rounded: number }>(`
    -- rows of ${table.name} and how many are marked
    SELECT
      count(*) AS rows,
      count(*) FILTER (WHERE mark = ${MARKS.badValue}) AS faults,
      count(*) FILTER (WHERE mark = ${MARKS.rounded}) AS rounded
    FROM ${table.name}`);
  const { rows, faults, rounded } = counts ?? { rows: 0, faults: 0, rounded: 0 };
  if (faults > 0) await refuseBadValue(warehouse, input, currencyDigits);
  if (table.key !== undefined) await refuseDuplicate(warehouse, input, table.key, currencyDigits);
  await warehouse.query(`
    -- the marks have served
    ALTER TABLE ${table.name} DROP COLUMN mark`);
  return {
    rows,
    notes: [...roundingNotes(rounded, currencyDigits), ...(await finishTable(warehouse, input))],
  };
}

async function createTable(warehouse: Warehouse, input: SourceInput, currencyDigits: number): Promise<void> {
  // Kept in any order, the rows of a large file are stored on all cores at once.
  await warehouse.query('SET preserve_insertion_order = false');
  try {
    await warehouse.query(createTableSql(input, currencyDigits));
  } catch (error) {
    throw error instanceof QueryError ? await explainStructure(input, error) : error;
  } finally {
    await warehouse.query('RESET preserve_insertion_order');
  }
}

async function refuseBadValue(
  warehouse: Warehouse,
  input: SourceInput,
  currencyDigits: number,
): Promise<void> {
  const [fault] = await warehouse.query<FirstFault>(firstFaultSql(input, currencyDigits));
  if (fault) throw await explainBadValue(input, fault, currencyDigits);
}

async function refuseDuplicate(
  warehouse: Warehouse,
  input: SourceInput,
  key: string,
  currencyDigits: number,
): Promise<void> {
  const repeated = await warehouse.query(`
    -- whether any ${key} is repeated
    SELECT ${key} FROM ${input.table.name} WHERE ${key} IS NOT NULL GROUP BY ${key} HAVING count(*) > 1 LIMIT 1`);
  if (repeated.length === 0) return;
  const [duplicate] = await warehouse.query<FirstDuplicate>(firstDuplicateSql(input, key, currencyDigits));
  if (duplicate) throw await explainDuplicate(input, duplicate);
}

import os from 'node:os';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { decodesAsUtf8 } from './files/encoding.js';
import { stageRows } from './files/stage.js';
import { openStaging } from './files/staging.js';
import { finishTable, roundingNotes } from './finish-table.js';
import { loadTable, type TableCounts } from './load/load-table.js';
import type { LoadContext, Loading } from './load/loading.js';
import type { Survey } from './recognise/types.js';
import type { BulkRows } from './row-file.js';
import type { SourcesSettings } from './settings.js';
import type { QuarantinedRow, RecognisedFile, SourceInput } from './source-file.js';
import { SOURCE_TABLES, type SourceTable } from './tables.js';

/** A file that was read, or a sheet of it. */
export interface LoadedFile {
  input: SourceInput;
  /** Rows of it that are used. */
  rows: number;
  /** How the order of day and month was decided, in a sentence; null where all dates are ISO. */
  dateOrder: string | null;
  /** What was assumed or altered, in sentences. */
  notes: string[];
}

export interface Loaded {
  files: LoadedFile[];
  tables: TableCounts[];
  /** The rows that are not used; of a file with very many, the first. */
  quarantined: QuarantinedRow[];
}

export interface LoadOptions {
  settings: SourcesSettings;
  /** Decimals of the report's currency: 2 for rupees and cents, 0 for yen. */
  currencyDigits: number;
  signal: AbortSignal;
  progress(step: string): void;
}

/**
 * Reads the files of the four tables into the tables influencers, posts, tracking and payouts of a DuckDB warehouse: text trimmed,
 * blank as NULL, dates as DATE, counts as BIGINT, amounts as BIGINT in minor units; rows of `tracking` summed where only orders
 * and revenue differ. Rows that fail are set aside and told. The order of the rows in the warehouse is not that of the files.
 *
 * @throws ReportError (exit code 3) for a table that cannot be read as a whole: unreadable-file, bad-structure, undecidable-dates.
 *   Rejects when the signal aborts.
 */
export async function loadSources(
  warehouse: Warehouse,
  survey: Survey,
  { settings, currencyDigits, signal, progress }: LoadOptions,
): Promise<Loaded> {
  const staging = await openStaging().catch((error: unknown) => {
    throw new ReportError(`No temporary folder can be made in ${os.tmpdir()}: ${messageOf(error)}.`, {
      code: 'temporary-folder',
      exitCode: EXIT.usage,
      hint: 'Set TMPDIR to a folder that you may write.',
      cause: error,
    });
  });
  const context: LoadContext = { warehouse, staging, settings, currencyDigits, signal };
  const loaded: Loaded = { files: [], tables: [], quarantined: [] };
  try {
    await warehouse.query('RESET preserve_insertion_order');
    for (const table of SOURCE_TABLES) {
      const files = survey.files[table.label];
      progress(
        `Loading ${files.length === 1 ? files[0]?.head.name : `${table.label} (${files.length} files)`}`,
      );
      const loadings: Loading[] = [];
      for (const [number, file] of files.entries()) {
        signal.throwIfAborted();
        loadings.push(await openLoading(await withSureEncoding(file, context), number, context));
      }
      const result = await loadTable(table, loadings, context);
      loaded.tables.push(result.counts);
      loaded.quarantined.push(...result.quarantined);
      const notes = [
        ...roundingNotes(result.rounded, currencyDigits),
        ...(await finishTable(warehouse, table)),
      ];
      loaded.files.push(
        ...loadings.map(
          ({ input, dateOrder }, index): LoadedFile => ({
            input,
            rows: result.used[index] ?? 0,
            dateOrder,
            notes: [...encodingNotes(input), ...absentNotes(table, input), ...(index === 0 ? notes : [])],
          }),
        ),
      );
    }
    // The numbers of rows have served: tables may be written by all cores at once.
    await warehouse.query('SET preserve_insertion_order = false');
    return loaded;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await staging.remove();
  }
}

/** Where the beginning of a file is not UTF-8, all of it has to be looked at: it may be a stray byte. */
async function withSureEncoding(
  file: RecognisedFile,
  { settings, signal }: LoadContext,
): Promise<RecognisedFile> {
  const { head, table } = file;
  const isSure =
    head.encoding !== 'windows-1252' ||
    head.compression !== 'none' ||
    settings[table.label].encoding !== null;
  if (isSure || (await decodesAsUtf8(head.file.path, signal)) !== 'mixed') return file;
  return { ...file, head: { ...head, encoding: 'utf-8' } };
}

async function openLoading(
  file: RecognisedFile,
  number: number,
  { staging, settings, signal }: LoadContext,
): Promise<Loading> {
  const { head, headerLine, table } = file;
  const rows = await stageRows(head, headerLine, staging, signal);
  const { dateOrder, decimal } = settings[table.label];
  const style = {
    dateOrder,
    // The numbers of a workbook and of Parquet are numbers; only text has a mark that somebody chose.
    decimal: head.kind === 'csv' ? (decimal ?? '.') : '.',
    serialDates: head.dateSystem,
  } as const;
  return {
    input: { ...file, header: namedPart(file, rows), rows, style },
    number,
    reading: 'any',
    records: null,
    broken: [],
    blank: 0,
    isMended: false,
    dateOrder: dateOrder === null ? null : `As sources.${table.label}.dateOrder says.`,
    isOrderProved: dateOrder !== null,
  };
}

/** The header without the blank names at its end, which rows need not have a field for. */
function namedPart({ header }: RecognisedFile, rows: BulkRows): readonly string[] {
  if (rows.kind !== 'csv' || rows.hasLines) return header;
  const width = header.findLastIndex((name) => name !== '') + 1;
  return header.slice(0, width);
}

function encodingNotes({ head }: SourceInput): string[] {
  return head.encoding === 'windows-1252' ? ['The text is not UTF-8; it was read as Windows-1252.'] : [];
}

function absentNotes(table: SourceTable, { found }: SourceInput): string[] {
  return table.columns
    .filter(
      ({ name, whenAbsent }) => whenAbsent !== undefined && !found.some((column) => column.name === name),
    )
    .map(({ name, whenAbsent }) => `There is no column ${name}; each row counts as ${whenAbsent}.`);
}

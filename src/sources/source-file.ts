import { EXIT, ReportError } from '../errors.js';
import type { BulkRows, Head } from './row-file.js';
import type { DateOrder, DecimalMark } from './settings.js';
import type { Column, SourceTable } from './tables.js';

/** A head that was recognised as one of the four tables. */
export interface RecognisedFile {
  table: SourceTable;
  head: Head;
  /** Number of the physical line of the header. */
  headerLine: number;
  /** Names in the header, in its order and spelling. */
  header: readonly string[];
  /** The canonical columns that the file has, in the file's order. */
  found: readonly FoundColumn[];
  /** Header names that the report does not use. */
  ignoredColumns: readonly string[];
  /** Why it was taken for this table, in words for `check --explain`. */
  why: string;
}

/** A canonical column and its place in the file. */
export interface FoundColumn extends Column {
  /** Position in a row, from 0. */
  index: number;
  /** Its name in the header. */
  header: string;
}

/** How the values of a file are written. */
export interface ValueStyle {
  /** Order of day, month and year in dates that are not ISO; null where there are none. */
  dateOrder: DateOrder | null;
  decimal: DecimalMark;
  /** Whether a date may be a spreadsheet's serial number, and from which year it counts. */
  serialDates: 1900 | 1904 | null;
}

/** One file of a table, ready to be loaded. */
export interface SourceInput extends RecognisedFile {
  rows: BulkRows;
  style: ValueStyle;
}

/** What is wrong with a row that was set aside. */
export type FaultCode = 'bad-value' | 'duplicate-key' | 'bad-structure' | 'bad-encoding';

/** A row that is not in the figures. */
export interface QuarantinedRow {
  code: FaultCode;
  /** Label of the table. */
  table: string;
  /** Name of the file, as messages name it. */
  file: string;
  /** Number, from 1, of the physical line on which the row begins. */
  line: number;
  /** Header name of the column at fault, null where it is the whole row. */
  column: string | null;
  /** The cell as it stands in the file, or the beginning of the row; at most 200 characters. */
  value: string;
  /** A clause: `"12,5o" is not a number`. */
  reason: string;
  /** A sentence: "Fix the cell." */
  fix: string;
  /** Revenue of the row in minor units; null where it is not known, or where the table has none. */
  revenue: number | null;
}

/** An expected failure of the input files (exit code 3). */
export function dataError(code: string, message: string, hint: string, cause?: unknown): ReportError {
  return new ReportError(message, { code, exitCode: EXIT.data, hint, cause });
}

import type { Encoding } from './settings.js';

/** A file of the data folder, or one that the configuration names. */
export interface FoundFile {
  /** As messages name it: the path from the data folder, with forward slashes ("drops/week-1.csv"); absolute where it lies elsewhere. */
  name: string;
  /** Absolute path. */
  path: string;
  bytes: number;
}

/** One record of text as it stands in a file. */
export interface TextRecord {
  /** Number, from 1, of the physical line (of the sheet's row, of the Parquet row plus one) on which it begins. */
  line: number;
  fields: readonly string[];
}

/** The beginning of a CSV file, a sheet or a Parquet file: enough to tell which table it is. */
export interface Head {
  /** As messages name it: the file's name, with the sheet of a workbook ("orders.xlsx, sheet Orders"). */
  name: string;
  file: FoundFile;
  kind: 'csv' | 'sheet' | 'parquet';
  /** Sheet of a workbook, else null. */
  sheet: string | null;
  compression: 'none' | 'gzip' | 'zstd';
  /** null where the format is not text. */
  encoding: Encoding | null;
  /** null where the format is not CSV. */
  delimiter: string | null;
  /** The year from which the serial dates of a workbook count, else null. */
  dateSystem: 1900 | 1904 | null;
  /** The first records, at most 100, trimmed; blank ones are left out. The header is among them, mostly the first. */
  records: readonly TextRecord[];
}

/** Where the engine reads the rows of a file in bulk. */
export type BulkRows = CsvRows | ParquetRows;

/** A plain UTF-8 CSV file: the user's own, or a copy of it in the staging folder. Quotes are `"`, doubled inside a quoted value. */
export interface CsvRows {
  kind: 'csv';
  /** Absolute path. */
  file: string;
  delimiter: string;
  /** Physical lines above the header. */
  linesAbove: number;
  /**
   * Whether each row has one more field, after those of the header, with the line on which it stood in the user's file.
   * Without it the lines are those of `file`.
   */
  hasLines: boolean;
}

export interface ParquetRows {
  kind: 'parquet';
  /** Absolute path. */
  file: string;
}

import path from 'node:path';
import { EXIT, ReportError } from '../errors.js';
import type { Column, SourceTable } from './tables.js';

/** How the rows of a file are written; quotes are always `"`, doubled inside a quoted value. */
export interface Dialect {
  delimiter: string;
  /** Blank lines above the header. */
  blankLines: number;
}

/** One input file with what its header says: how to read it and which of its columns is which. */
export interface SourceInput {
  table: SourceTable;
  /** Path as the user gave it: data folder and file name. */
  file: string;
  dialect: Dialect;
  /** Header of the file, in its order and spelling. */
  header: readonly string[];
  /** The canonical columns that the file has, in the file's order. */
  found: readonly FoundColumn[];
  /** Header names that the report does not use. */
  ignoredColumns: readonly string[];
}

/** A canonical column and its place in the file. */
export interface FoundColumn extends Column {
  /** Position in a row, from 0. */
  index: number;
}

/** An expected failure of the input files (exit code 3). */
export function dataError(code: string, message: string, hint: string, cause?: unknown): ReportError {
  return new ReportError(message, { code, exitCode: EXIT.data, hint, cause });
}

/** The file's own name, as used in messages about its lines. */
export function fileName(input: Pick<SourceInput, 'file'>): string {
  return path.basename(input.file);
}

/** The error for text that is not UTF-8. */
export function encodingError(place: string, line: number, cause?: unknown): Error {
  return dataError(
    'bad-encoding',
    `${place}, line ${line}: the text is not UTF-8.`,
    'Save the file as "CSV UTF-8" and run again.',
    cause,
  );
}

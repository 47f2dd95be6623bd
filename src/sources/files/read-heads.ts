import { stat } from 'node:fs/promises';
import type { ReportError } from '../../errors.js';
import type { FoundFile, Head } from '../row-file.js';
import type { TableSettings } from '../settings.js';
import { dataError } from '../source-file.js';
import { readCsvHead } from './csv-head.js';
import { readStart } from './decompress.js';
import { problemOf } from './file-problem.js';
import { readParquetHead } from './parquet-head.js';
import { sniff } from './sniff.js';
import { oldOfficeFile, readWorkbookHeads } from './workbook-heads.js';

/** What a file begins with: heads, or a problem, never both. */
export interface FileHeads {
  /** One, or one per sheet of a workbook. */
  heads: readonly Head[];
  /** Why there are none, with exit code 3; of no weight where nobody needs the file. Its code is `not-a-table` where the file is whole, but something else. */
  problem: ReportError | null;
}

/**
 * Reads the beginning of a file, whatever its format; the content decides, not the name.
 * Does not throw for a file that cannot be read: that is its `problem`, with the code not-a-table, unsupported-format, empty-file,
 * missing-file, unreadable-file, bad-structure or missing-sheet.
 */
export async function readHeads(
  file: FoundFile,
  settings: Pick<TableSettings, 'encoding' | 'delimiter' | 'sheet'>,
): Promise<FileHeads> {
  try {
    return { problem: null, heads: await headsOf(file, settings) };
  } catch (error) {
    return { heads: [], problem: problemOf(file, error) };
  }
}

/** Longest signature of a format, in bytes. */
const SIGNATURE_BYTES = 16;

async function headsOf(
  file: FoundFile,
  settings: Pick<TableSettings, 'encoding' | 'delimiter' | 'sheet'>,
): Promise<Head[]> {
  await assertPlain(file);
  const { bytes } = await readStart(file.path, 'none', SIGNATURE_BYTES);
  const format = sniff(bytes);
  switch (format.kind) {
    case 'zip':
      return readWorkbookHeads(file, settings.sheet);
    case 'parquet':
      return [await readParquetHead(file)];
    case 'ole':
      throw await oldOfficeFile(file);
    case 'other':
      throw dataError('not-a-table', `${file.name} is ${format.what}, not a table.`, format.hint);
    case 'unknown':
      return [await readCsvHead(file, 'none', settings)];
    default:
      return [await readCsvHead(file, format.kind, settings)];
  }
}

async function assertPlain(file: FoundFile): Promise<void> {
  const found = await stat(file.path);
  if (found.isFile()) return;
  throw dataError(
    'unreadable-file',
    found.isDirectory()
      ? `${file.name} is a folder that cannot be read.`
      : `${file.name} cannot be read: it is a device or a pipe, not a file.`,
    found.isDirectory()
      ? 'Give yourself permission to list it, or move it out of the data folder.'
      : 'Copy its content into a file and run again.',
  );
}

import { createReadStream } from 'node:fs';
import path from 'node:path';
import { type CsvError, parse } from 'csv-parse';
import { type Dialect, dataError, encodingError, type FoundColumn } from './source-file.js';
import type { SourceTable } from './tables.js';

const DELIMITERS = [',', ';', '\t', '|'];
/** No header is longer; of a file that is not CSV at all, no more than this is read. */
const HEADER_BYTES = 1_000_000;

/**
 * Reads the first record of a file: its header, and the dialect that the header shows.
 * The comma wins wherever it separates anything. Errors: missing, unreadable, empty or non-UTF-8 file (exit code 3).
 */
export async function readHeader(file: string): Promise<{ header: string[]; dialect: Dialect }> {
  const start = await readStart(file);
  const readings = await Promise.all(DELIMITERS.map((delimiter) => firstRecord(start, delimiter)));
  const [comma] = readings;
  const widest = readings.reduce((best, reading) =>
    reading.header.length > best.header.length ? reading : best,
  );
  const reading = comma && comma.header.length > 1 ? comma : widest;
  if (start.toString().trim() === '') {
    throw dataError(
      'empty-file',
      `${file} is empty.`,
      'Put at least the header line into it, or export the file again.',
    );
  }
  if (comma?.header.length === 0 && reading.header.length <= 1) {
    throw dataError(
      'bad-structure',
      `${path.basename(file)}, line 1: the header cannot be read.`,
      'Close every quote in the header line and run again.',
    );
  }
  if (reading.header.some((name) => /[\uFFFD\0]/.test(name))) throw encodingError(path.basename(file), 1);
  return reading;
}

/**
 * Finds the canonical columns in a header, ignoring case, spaces, underscores and hyphens.
 * Errors: a required column is missing, or one is there twice (exit code 3).
 */
export function mapColumns(
  table: SourceTable,
  file: string,
  header: readonly string[],
): { found: FoundColumn[]; ignoredColumns: string[] } {
  const found: FoundColumn[] = [];
  const ignoredColumns: string[] = [];
  const unstored = new Set(table.unstored.map(spelling));
  header.forEach((name, index) => {
    const column = table.columns.find((each) =>
      [each.name, ...(each.aliases ?? [])].some((known) => spelling(known) === spelling(name)),
    );
    const twin = found.find((each) => each.name === column?.name);
    if (column && twin) {
      throw dataError(
        'duplicate-column',
        `${file} has two columns for ${column.name}: "${header[twin.index]}" (column ${twin.index + 1}) and "${name}" (column ${index + 1}).`,
        'Remove or rename one of them and run again.',
      );
    }
    if (column) found.push({ ...column, index });
    else if (name !== '' && !unstored.has(spelling(name))) ignoredColumns.push(name);
  });
  const required = table.columns.filter((column) => column.required);
  const missing = required.filter((column) => !found.some((each) => each.name === column.name));
  if (missing.length > 0) {
    const names = (columns: readonly { name: string }[]) => columns.map((column) => column.name).join(', ');
    throw dataError(
      'missing-column',
      `${file} has no column ${names(missing)}. It has: ${header.join(', ')}. Required are: ${names(required)}.`,
      `Add the column, or rename the one that holds it, and run again.`,
    );
  }
  return { found, ignoredColumns };
}

function spelling(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

async function readStart(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: HEADER_BYTES })) chunks.push(chunk);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw dataError(
        'missing-file',
        `${file} does not exist.`,
        'Put the file there, or name another data folder.',
        error,
      );
    }
    throw dataError(
      'unreadable-file',
      `${file} cannot be read (${code ?? 'unknown reason'}).`,
      'Make it a plain file that you may read, and run again.',
      error,
    );
  }
  return Buffer.concat(chunks);
}

function firstRecord(start: Buffer, delimiter: string): Promise<{ header: string[]; dialect: Dialect }> {
  return new Promise((resolve) => {
    const done = (_error: CsvError | undefined, records: unknown[] | undefined) => {
      const [first] = (records ?? []) as { record: string[]; info: { empty_lines: number } }[];
      resolve({
        header: first?.record ?? [],
        dialect: { delimiter, blankLines: first?.info.empty_lines ?? 0 },
      });
    };
    parse(
      start,
      { delimiter, to: 1, bom: true, info: true, trim: true, skip_empty_lines: true, relax_quotes: true },
      done,
    );
  });
}

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import type { Dialect } from './source-file.js';

/** Longest row, in characters; the engine has the same limit in bytes. */
export const LONGEST_RECORD = 2_000_000;

/** What makes a row unreadable, and the byte of the file at which that row begins. */
export interface BrokenRecord {
  offset: number;
  code: string;
}

/**
 * Reads a file record by record, header included, and calls `visit` with the trimmed fields and the byte at which the
 * record begins, until it returns true or the file ends; blank lines are no records. A row that cannot be read ends the walk and is returned.
 * Slow in comparison with the engine: it serves to explain what is wrong, never to load.
 */
export async function walkRecords(
  file: string,
  dialect: Dialect,
  visit: (fields: string[], offset: number) => boolean,
): Promise<BrokenRecord | undefined> {
  let offset = 0;
  const stop = new AbortController();
  const parser = parse({
    delimiter: dialect.delimiter,
    bom: true,
    trim: true,
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_RECORD,
    on_record: (row: unknown, { bytes }) => {
      const { record, raw } = row as { record: string[]; raw: string };
      const isBlankLine = /^[\r\n]*$/.test(raw);
      if (!isBlankLine && !stop.signal.aborted && visit(record, offset)) stop.abort();
      offset = bytes;
      return null;
    },
  });
  try {
    await pipeline(createReadStream(file), parser.resume(), { signal: stop.signal });
  } catch (error) {
    if (error instanceof CsvError) return { offset, code: error.code };
    if (!stop.signal.aborted) throw error;
  }
  return undefined;
}

/** Number, from 1, of the physical line on which the record that begins at this byte has its first character. */
export async function lineAt(file: string, offset: number): Promise<number> {
  let line = 1;
  let position = 0;
  let previous = 0;
  for await (const chunk of createReadStream(file)) {
    for (const byte of chunk as Buffer) {
      const isBreak = byte === LF || byte === CR;
      if (position >= offset && !isBreak) return line;
      if (isBreak && !(byte === LF && previous === CR)) line++;
      previous = byte;
      position++;
    }
  }
  return line;
}

const LF = 10;
const CR = 13;

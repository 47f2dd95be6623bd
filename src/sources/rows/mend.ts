import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { CsvRows } from '../row-file.js';
import type { FaultCode } from '../source-file.js';
import { createRecordCutter, isBlank, LONGEST_RECORD, type RecordFault } from './records.js';

/** A row that cannot be read. */
export interface BrokenRow {
  /** Number, from 1, of the physical line on which it begins. */
  line: number;
  /** Its first 200 characters. */
  text: string;
  code: FaultCode;
  /** A clause: `the row has 3 fields, but the header has 4`. */
  reason: string;
  /** A sentence. */
  fix: string;
}

export interface MendedRows {
  /** The rows that can be read, each with its line, in the target file. */
  rows: CsvRows;
  /** The rows that cannot, in the file's order. */
  broken: BrokenRow[];
  /** Number of rows without any value. */
  blank: number;
  /** Number of rows below the header: those in `rows`, the broken and the blank ones. */
  records: number;
  /** Whether reading ended early, with one broken row more than `maxBroken`. */
  endedEarly: boolean;
}

export interface MendOptions {
  /** Number of broken rows that are worth reading on. */
  maxBroken: number;
  signal: AbortSignal;
}

/**
 * Writes the rows of a CSV file that the engine must not or cannot read into a clean one, and sets aside those that cannot be read.
 * Memory stays flat. Rejects when the signal aborts.
 * @param width - number of fields in the header
 * @param target - file to write; there must be none
 */
export async function mendRows(
  rows: CsvRows,
  width: number,
  target: string,
  { maxBroken, signal }: MendOptions,
): Promise<MendedRows> {
  const clean: CsvRows = { kind: 'csv', file: target, delimiter: ',', linesAbove: 0, hasLines: true };
  const mended: MendedRows = { rows: clean, broken: [], blank: 0, records: 0, endedEarly: false };
  const layout = { ...rows, width: rows.hasLines ? width + 1 : width };
  const cut = createRecordCutter(layout);
  const output = await open(target, 'wx', 0o600);
  try {
    await output.write(`${'"",'.repeat(width)}line\n`);
    for await (const { text, isLast } of piecesOf(rows.file)) {
      signal.throwIfAborted();
      let lines = '';
      for (const record of cut(text, isLast)) {
        const values = record.fields.slice(0, width);
        const line = rows.hasLines ? Number(record.fields[width]) : record.line;
        const fault = record.fault ?? unreadable(record.text);
        mended.records++;
        if (fault) {
          const words = FAULTS[fault](record.fields.length, layout);
          mended.broken.push({ line, text: record.text.slice(0, 200), ...words });
          mended.endedEarly = mended.broken.length > maxBroken;
          if (mended.endedEarly) break;
        } else if (values.every(isBlank)) mended.blank++;
        else lines += csvLine(values, line);
      }
      await output.write(lines);
      if (mended.endedEarly) break;
    }
  } finally {
    await output.close();
  }
  return mended;
}

/** The text of a file piece by piece; the last piece is empty. */
async function* piecesOf(file: string): AsyncGenerator<{ text: string; isLast: boolean }> {
  const pieces = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 17 });
  for await (const text of pieces) yield { text, isLast: false };
  yield { text: '', isLast: true };
}

function csvLine(values: readonly string[], line: number): string {
  const fields = values.map((value) => (value.includes('"') ? value.replaceAll('"', '""') : value));
  return `"${fields.join('","')}",${line}\n`;
}

function unreadable(text: string): 'undecodable' | 'nul' | null {
  if (text.includes('\ufffd')) return 'undecodable';
  return text.includes('\0') ? 'nul' : null;
}

type Words = Pick<BrokenRow, 'code' | 'reason' | 'fix'>;

const FAULTS: Record<
  RecordFault | 'undecodable' | 'nul',
  (fields: number, layout: { delimiter: string; width: number }) => Words
> = {
  'too-few-fields': (fields, { width }) => ({
    code: 'bad-structure',
    reason: `the row has ${fields === 1 ? '1 field' : `${fields} fields`}, but the header has ${width}`,
    fix: 'Add what is missing, or take the row out.',
  }),
  'too-many-fields': (fields, { width, delimiter }) => ({
    code: 'bad-structure',
    reason: `the row has ${fields} fields, but the header has ${width === 1 ? 'only 1' : width}`,
    fix: `Put quotes around values that contain ${delimiter === '\t' ? 'a tab' : `"${delimiter}"`}.`,
  }),
  'text-after-quote': () => ({
    code: 'bad-structure',
    reason: 'text follows the closing quote of a value',
    fix: 'Double the quotes inside the value ("" for ").',
  }),
  'open-quote': () => ({
    code: 'bad-structure',
    reason: 'a quote is opened and never closed',
    fix: 'Close the quote.',
  }),
  'too-long': () => ({
    code: 'bad-structure',
    reason: `the row is longer than ${LONGEST_RECORD.toLocaleString('en-US')} characters`,
    fix: 'Close the quote that is most likely open in it, or shorten the value.',
  }),
  undecodable: () => ({
    code: 'bad-encoding',
    reason: 'the row has characters that could not be read (\ufffd)',
    fix: 'Type these characters again, or save the file again as "CSV UTF-8".',
  }),
  nul: () => ({
    code: 'bad-encoding',
    reason: 'the row has NUL characters, which no text has',
    fix: 'Type the row again, or export the file again.',
  }),
};

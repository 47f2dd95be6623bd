import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { TextRecord } from '../row-file.js';

/** Most records, blank ones left out, that a head has. */
export const HEAD_RECORDS = 100;

const DELIMITERS = [',', ';', '\t', '|'];
/** Most records, blank ones included, that are looked at. */
const RECORDS_READ = 1000;

export interface HeadRecords {
  delimiter: string;
  records: TextRecord[];
}

/**
 * Cuts the beginning of a text into trimmed records; blank ones, and one cut off by the end, are left out.
 * Without a delimiter, that of a first line "sep=;" counts, or else the one that the records show; a file of one column has ','.
 * From a record on that cannot be read there are none.
 */
export function headRecords(text: string, isComplete: boolean, delimiter: string | null): HeadRecords {
  const declared = /^"?sep=([^\r\n])"?(?=[\r\n]|$)/i.exec(text)?.[1];
  const beginning = text.slice(0, BEGINNING);
  const possible = DELIMITERS.filter((each) => each === ',' || beginning.includes(each));
  const known = delimiter ?? declared;
  const readings = known === undefined ? possible : [known];
  const candidates = readings.map((each) => {
    const records = readRecords(text, isComplete, each);
    return { delimiter: each, records: declared ? records.filter(({ line }) => line > 1) : records };
  });
  const [first = { delimiter: ',', records: [] }, ...others] = candidates;
  return others.reduce((best, each) => (isBetter(shapeOf(each), shapeOf(best)) ? each : best), first);
}

/** Characters in which the header is, and with it the delimiter. */
const BEGINNING = 10_000;

/** How much a reading looks like a table. */
interface Shape {
  /** Most frequent number of fields, 0 where there are no records. */
  width: number;
  /** Share of the records with so many fields. */
  share: number;
  /** Position of the first of them. */
  first: number;
}

function shapeOf({ records }: HeadRecords): Shape {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0]);
  const first = records.findIndex(({ fields }) => fields.length === width);
  return { width, share: count / Math.max(records.length, 1), first };
}

function isBetter(one: Shape, other: Shape): boolean {
  if (isTable(one) !== isTable(other)) return isTable(one);
  // Decimal commas begin below the header, the true delimiter in it.
  if (isTable(one) && one.first !== other.first) return one.first < other.first;
  return one.share * (one.width - 1) > other.share * (other.width - 1);
}

function isTable({ width, share }: Shape): boolean {
  return width > 1 && share >= 0.5;
}

function readRecords(text: string, isComplete: boolean, delimiter: string): TextRecord[] {
  const bytes = Buffer.from(text);
  const lineAt = lineCounter(bytes);
  const records: TextRecord[] = [];
  let begin = 0;
  let isLastWhole = isComplete;
  try {
    parse(bytes, {
      delimiter,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: RECORDS_READ,
      on_record: (fields: string[], { bytes: end, records: count }) => {
        records.push({ line: lineAt(begin), fields: fields.map((field) => field.trim()) });
        begin = end;
        if (count >= RECORDS_READ) isLastWhole = true;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    isLastWhole = true;
  }
  if (!isLastWhole) records.pop();
  return records.filter(({ fields }) => fields.some((field) => field !== '')).slice(0, HEAD_RECORDS);
}

/** A function that tells the number of the line, from 1, at a byte; asked from the front to the back. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let line = 1;
  let position = 0;
  return (offset) => {
    for (; position < offset; position++) {
      const byte = bytes[position];
      if (byte === LF || (byte === CR && bytes[position + 1] !== LF)) line++;
    }
    return line;
  };
}

const LF = 10;
const CR = 13;

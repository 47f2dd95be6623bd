import { parse } from 'csv-parse/sync';
import type { MutatedFile } from '../../support/mutated-files.js';

/** A row as csv-parse reads it. */
export interface ReferenceRow {
  kind: 'good' | 'blank' | 'broken';
  /** The physical line on which it begins. */
  line: number;
  /** Trimmed, as many as the header has; of a broken row whatever was read. */
  fields: string[];
  /** Its length in the file. */
  bytes: number;
}

/**
 * The rows below the header. csv-parse reads; what it takes too lightly is found by a second look at its fields. A row that it cannot
 * read, or that has a wrong number of fields, is broken, and reading goes on at the next physical line.
 */
export function referenceRows({ content, delimiter, linesAbove, width }: MutatedFile): ReferenceRow[] {
  const text = new TextDecoder().decode(content).replace(OTHER_SPACES, masked);
  const breaks = [...text.matchAll(/\r\n|\r|\n/g)];
  const lineAt = (offset: number) => 1 + breaks.filter(({ index }) => index < offset).length;
  const nextLine = (offset: number) => {
    const end = breaks.find(({ index }) => index >= offset);
    return end ? end.index + end[0].length : text.length;
  };
  let start = 0;
  for (let line = 0; line < linesAbove; line++) start = nextLine(start);
  const rows: ReferenceRow[] = [];
  let isHeader = true;
  while (start < text.length) {
    for (const { fields, raw } of recordsFrom(text.slice(start), delimiter)) {
      const isBlank = fields?.every((field) => field === '') ?? false;
      const isMisread = fields === null || !isFaithful(raw, fields, delimiter);
      const misfits =
        !isBlank && (fields === null || fields.length < width || fields.slice(width).some(Boolean));
      const isCut = isMisread || (misfits && !isHeader);
      const isBroken = isCut || (!isBlank && /[\0\ufffd]/.test(raw));
      if (!isHeader && (width === 1 || !/^[\r\n]*$/.test(raw))) {
        const kind = isBroken ? 'broken' : isBlank ? 'blank' : 'good';
        rows.push({
          kind,
          line: lineAt(start),
          fields: Array.from({ length: width }, (_, index) => fields?.[index] ?? ''),
          bytes: Buffer.byteLength(raw),
        });
      }
      isHeader = false;
      start = isCut ? nextLine(start) : start + raw.length;
      if (isCut) break;
    }
  }
  return rows;
}

/** Records up to the end, or up to the first that csv-parse refuses, whose fields are null. */
function recordsFrom(text: string, delimiter: string): { fields: string[] | null; raw: string }[] {
  const bytes = Buffer.from(text);
  const records: { fields: string[] | null; raw: string }[] = [];
  let start = 0;
  try {
    parse(bytes, {
      delimiter,
      trim: true,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (record: string[], { bytes: end }) => {
        const raw = bytes.subarray(start, end).toString();
        records.push({ fields: record.map((field) => trimmed(unmasked(field))), raw });
        start = end;
        return null;
      },
    });
  } catch {
    records.push({ fields: null, raw: bytes.subarray(start).toString() });
  }
  return records;
}

/** Whether the text of a record is these fields and nothing else. */
function isFaithful(raw: string, fields: readonly string[], delimiter: string): boolean {
  const spaces = delimiter === '\t' ? '[ \u00a0]*' : '[ \t\u00a0]*';
  let rest = unmasked(raw);
  for (const field of fields) {
    const open = new RegExp(`^${spaces}"`).exec(rest);
    const closed = new RegExp(`^${spaces}"((?:[^"]|"")*)"(?!")${spaces}`).exec(rest);
    const read = open
      ? closed?.[1]?.replaceAll('""', '"')
      : rest.split(new RegExp(`[${delimiter}\r\n]`), 1)[0];
    if (read === undefined || trimmed(read) !== field) return false;
    rest = rest.slice(open ? closed?.[0].length : read.length);
    if (rest.startsWith(delimiter)) rest = rest.slice(1);
    else if (!/^(\r\n|\r|\n|$)/.test(rest)) return false;
  }
  return true;
}

/** A text without the spaces, tabs and no-break spaces around it. */
export function trimmed(text: string): string {
  return text.replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '');
}

/** The spaces that csv-parse would trim and we do not. */
const OTHER_SPACES = /[\v\f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g;
const MASK = 0xf0000;

function masked(character: string): string {
  return String.fromCodePoint(MASK + (character.codePointAt(0) ?? 0));
}

function unmasked(text: string): string {
  return text.replace(/[\u{f0000}-\u{ffffd}]/gu, (character) =>
    String.fromCodePoint((character.codePointAt(0) ?? MASK) - MASK),
  );
}

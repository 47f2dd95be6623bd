/** Longest record, in characters. A longer one is most likely a quote that was never closed. */
export const LONGEST_RECORD = 600_000;

/** What is wrong with the structure of a record. */
export type RecordFault =
  | 'too-few-fields'
  | 'too-many-fields'
  | 'text-after-quote'
  | 'open-quote'
  | 'too-long';

export interface CutRecord {
  /** Number, from 1, of the physical line on which it begins. */
  line: number;
  /** As it stands in the file; of a faulty record only the first physical line. */
  text: string;
  /** Its values, quotes resolved. */
  fields: readonly string[];
  fault: RecordFault | null;
}

export interface RecordLayout {
  delimiter: string;
  /** Physical lines above the header. */
  linesAbove: number;
  /** Number of fields that a record should have. */
  width: number;
}

/**
 * Cuts the text of a CSV file, handed over piece by piece, into the records below its header; each call returns those that are
 * complete now. A field is quoted if a quote is its first character, spaces, tabs and no-break spaces apart; a quote elsewhere is a
 * character like any other. An empty line is no record, except in a file of one column. Blank fields beyond the width are no
 * fault, nor is any number of fields that are all blank.
 *
 * After a faulty record the cutter goes on at the next physical line: a stray quote costs that line, not what follows.
 */
export function createRecordCutter({ delimiter, linesAbove, width }: RecordLayout) {
  let text = '';
  let at = 0;
  let line = 1;
  let linesToSkip = linesAbove;
  let isAtHeader = true;
  let isAtBeginning = true;

  return function* (piece: string, isLast: boolean): Generator<CutRecord> {
    text = text.slice(at) + (isAtBeginning ? piece.replace(/^\ufeff/, '') : piece);
    isAtBeginning &&= piece === '';
    at = 0;
    const nextQuote = finder(text, '"');
    const nextLineFeed = finder(text, '\n');
    const nextReturn = finder(text, '\r');
    while (at < text.length) {
      const lineEnd = Math.min(nextLineFeed(at), nextReturn(at), text.length);
      if (linesToSkip > 0) {
        at = lineEnd;
        const next = afterBreak(text, lineEnd);
        if (next === text.length && !isLast) break;
        at = next;
        line++;
        linesToSkip--;
        continue;
      }

      const isPlain = nextQuote(at) >= lineEnd;
      const record = isPlain
        ? { fields: text.slice(at, lineEnd).split(delimiter), end: lineEnd, fault: null }
        : readFields(text, at, delimiter);
      const next = afterBreak(text, record.end);
      const isTooLong = record.end - at > LONGEST_RECORD;
      const isCut = next === text.length || afterBreak(text, lineEnd) === text.length;
      if (isCut && !isLast && !isTooLong) break;

      const fault = isTooLong
        ? 'too-long'
        : (record.fault ?? (isAtHeader ? null : countFault(record.fields, width)));
      const end = fault ? lineEnd : record.end;
      if (!isAtHeader && (end > at || width === 1)) {
        yield { line, text: text.slice(at, end), fields: record.fields, fault };
      }
      isAtHeader = false;
      if (fault) {
        at = lineEnd;
        linesToSkip = 1;
      } else {
        if (end > lineEnd) line += text.slice(at, end).match(LINE_BREAK)?.length ?? 0;
        line++;
        at = next;
      }
    }
  };
}

/** What is trimmed from the ends of a cell; only such text may stand between a quote and a delimiter. */
const SPACES = ' \t\u00a0';
const LINE_BREAK = /\r\n|\r|\n/g;

/** Whether a field holds nothing but spaces, tabs and no-break spaces. */
export function isBlank(field: string): boolean {
  for (const character of field) if (!SPACES.includes(character)) return false;
  return true;
}

function countFault(fields: readonly string[], width: number): RecordFault | null {
  if (fields.length === width || fields.every(isBlank)) return null;
  if (fields.length < width) return 'too-few-fields';
  return fields.slice(width).every(isBlank) ? null : 'too-many-fields';
}

/** Reads the fields of the record that begins at `start`; `end` is the place of its line break or the end of the text. */
export function readFields(
  text: string,
  start: number,
  delimiter: string,
): { fields: string[]; end: number; fault: RecordFault | null } {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    const open = afterSpaces(text, at, delimiter);
    let end = at;
    if (text[open] === '"') {
      const close = closingQuote(text, open);
      if (close === -1) return { fields, end: text.length, fault: 'open-quote' };
      fields.push(text.slice(open + 1, close).replaceAll('""', '"'));
      end = afterSpaces(text, close + 1, delimiter);
    } else {
      while (end < text.length && text[end] !== delimiter && !isBreak(text, end)) end++;
      fields.push(text.slice(at, end));
    }
    if (end === text.length || isBreak(text, end)) return { fields, end, fault: null };
    if (text[end] !== delimiter) return { fields, end, fault: 'text-after-quote' };
    at = end + 1;
  }
}

function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

function afterSpaces(text: string, start: number, delimiter: string): number {
  let at = start;
  for (;;) {
    const character = text[at];
    if (character === undefined || character === delimiter || !SPACES.includes(character)) return at;
    at++;
  }
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}

/** Where the next line begins if the break of this one, or the end of the text, is at `end`. */
function afterBreak(text: string, end: number): number {
  if (end === text.length) return end;
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
}

/** Finds the first place of an item from a given one on, which may not go back from call to call; Infinity if there is none. */
export function finder<Item>(list: { indexOf(item: Item, from: number): number }, item: Item) {
  let found = -1;
  return (from: number): number => {
    if (found < from) {
      const place = list.indexOf(item, from);
      found = place === -1 ? Number.POSITIVE_INFINITY : place;
    }
    return found;
  };
}

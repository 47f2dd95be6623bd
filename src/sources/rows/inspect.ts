import { createReadStream } from 'node:fs';
import type { CsvRows } from '../row-file.js';
import { finder, readFields } from './records.js';
import { createUtf8Check } from './utf8-check.js';

/** What is known of a file before the engine reads it. */
export interface Inspection {
  /** How it is to be read: by the engine in 'any' order, by the engine 'numbered' only, or by `mendRows`. */
  reading: 'any' | 'numbered' | 'mend';
  /** How many rows the engine has to find, blank ones included; a file of which it finds fewer or more is to be mended. */
  records: number;
}

/**
 * Looks through a file for what DuckDB 1.5 reads wrongly without a word:
 * - Two spaces before a quote, or `"a" "b"`, become other values; NUL and U+FFFD are taken for text.
 * - Rows are lost, up to all, after a quote above the header, a line break in it, or a first line break of another kind.
 * - In any order, rows at the end are lost where the last core's part begins within CRLF or has no good row, and a value with
 *   line breaks can change where a part begins. Most of these losses show in the number of rows only.
 * - Numbered, everything after a quote that is never closed is lost, and a value after an empty line of CRLF can change.
 * - Text that is not UTF-8 can crash it.
 *
 * What the engine refuses by itself (a wrong number of fields) is not looked for.
 * Rejects when the signal aborts.
 * @param width - number of fields in the header
 */
export async function inspectRows(rows: CsvRows, width: number, signal: AbortSignal): Promise<Inspection> {
  const inspector = createInspector(rows, width);
  const utf8 = createUtf8Check();
  for await (const chunk of createReadStream(rows.file, { highWaterMark: 1 << 18, signal })) {
    inspector.see(chunk);
    utf8.see(chunk);
  }
  const inspection = inspector.end();
  return utf8.end() ? inspection : { ...inspection, reading: 'mend' };
}

/** `inspectRows` for a file that is read for another purpose too; the first chunk has to hold the header. */
export function createInspector({ delimiter, linesAbove, hasLines }: CsvRows, width: number) {
  const separator = delimiter.charCodeAt(0);
  const isOneColumn = width === 1 && !hasLines;
  let lineBreak: LineBreak | null = null;
  let isPlain = true;
  let hasQuotedBreaks = false;
  let place: 'outside' | 'inside' | 'behind' = 'outside';
  let lines = 0;
  let records = 0;
  /** The last bytes before the chunk. */
  let before = Buffer.alloc(0);

  const endsField = (byte: number | undefined) =>
    byte === undefined || byte === separator || byte === LINE_FEED || byte === RETURN;

  function countLine(byteBefore: number | undefined): void {
    const isRecord = byteBefore !== LINE_FEED || isOneColumn;
    if (isRecord && lines > linesAbove) records++;
    lines++;
  }

  /** The place before the spaces, tabs and no-break spaces that stand before `place`. */
  function beforeSpaces(byteAt: (at: number) => number | undefined, place: number): number {
    let at = place - 1;
    for (let byte = byteAt(at); byte !== separator && SPACES.includes(byte ?? 0); byte = byteAt(at)) at--;
    return at;
  }

  /** Follows the quotes through a chunk; a quote is one only at the beginning of a field. */
  function isPlainChunk(chunk: Buffer): boolean {
    const hasReturns = chunk.includes(RETURN);
    const byteAt = (at: number) => (at < 0 ? before.at(at) : chunk[at]);
    const nextQuote = finder(chunk, QUOTE);
    const nextLineFeed = finder(chunk, LINE_FEED);
    let at = 0;
    while (at < chunk.length) {
      if (place === 'outside') {
        const quote = Math.min(nextQuote(at), chunk.length);
        if (hasReturns && !hasPlainBreaks(chunk.subarray(at, quote + 1), byteAt(at - 1), lineBreak))
          return false;
        for (let end = nextLineFeed(at); end < quote; end = nextLineFeed(end + 1)) countLine(byteAt(end - 1));
        if (quote === chunk.length) return true;
        if (endsField(byteAt(quote - 1))) place = 'inside';
        else if (endsField(byteAt(beforeSpaces(byteAt, quote)))) return false;
        at = quote + 1;
      } else if (place === 'inside') {
        for (; at < chunk.length && chunk[at] !== QUOTE; at++) {
          if (chunk[at] === LINE_FEED || chunk[at] === RETURN) hasQuotedBreaks = true;
        }
        if (at < chunk.length) place = 'behind';
        at++;
      } else if (chunk[at] === QUOTE) {
        place = 'inside';
        at++;
      } else if (endsField(chunk[at])) {
        place = 'outside';
      } else return false;
    }
    return true;
  }

  return {
    see(chunk: Buffer): void {
      if (!isPlain) return;
      lineBreak ??= lineBreakOfHead(chunk.toString(), delimiter, linesAbove);
      const seam = Buffer.concat([before.subarray(-2), chunk.subarray(0, 2)]);
      isPlain =
        lineBreak !== null &&
        !chunk.includes(0) &&
        !chunk.includes(REPLACEMENT) &&
        !seam.includes(REPLACEMENT) &&
        isPlainChunk(before.length === 0 ? withoutMark(chunk) : chunk);
      before = Buffer.concat([before, chunk.subarray(-LOOK_BACK)]).subarray(-LOOK_BACK);
    },
    end(): Inspection {
      if (before.at(-1) !== LINE_FEED) countLine(before.at(-1));
      if (!isPlain || lineBreak === null || place === 'inside') return { reading: 'mend', records };
      return { reading: hasQuotedBreaks ? 'numbered' : 'any', records };
    },
  };
}

/** The bytes of a file's first chunk without the byte-order mark. */
export function withoutMark(chunk: Buffer): Buffer {
  return chunk.subarray(0, MARK.length).equals(MARK) ? chunk.subarray(MARK.length) : chunk;
}

type LineBreak = '\n' | '\r\n';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const MARK = Buffer.from('\ufeff');
const REPLACEMENT = Buffer.from('\ufffd');
/** Bytes that are kept of a chunk. Where so many spaces stand before a quote, the file is to be mended. */
const LOOK_BACK = 64;
/** The bytes of a space, a tab and a no-break space. */
const SPACES = [0x20, 0x09, 0xc2, 0xa0];

/** The line break of the header; null where another kind or a quote stands above it, and where it spans lines. */
function lineBreakOfHead(text: string, delimiter: string, linesAbove: number): LineBreak | null {
  const pieces = text.replace(/^\ufeff/, '').split(/(\r\n|\r|\n)/, 2 * (linesAbove + 1));
  const lines = pieces.filter((_, index) => index % 2 === 0);
  const breaks = pieces.filter((_, index) => index % 2 === 1);
  const [first] = breaks;
  if (lines.slice(0, linesAbove).some((line) => line.includes('"'))) return null;
  if (readFields(lines[linesAbove] ?? '', 0, delimiter).fault) return null;
  if (breaks.length <= linesAbove || breaks.some((other) => other !== first)) return null;
  return first === '\n' || first === '\r\n' ? first : null;
}

/** Whether each line break is the usual one, and no CRLF follows another at once. */
function hasPlainBreaks(text: Buffer, byteBefore: number | undefined, lineBreak: LineBreak | null): boolean {
  if (lineBreak === '\n') return !text.includes(RETURN);
  let previous = byteBefore;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if ((byte === LINE_FEED) !== (previous === RETURN)) return false;
    if (byte === RETURN && previous === LINE_FEED) return false;
    previous = byte;
  }
  return true;
}

import { createReadStream } from 'node:fs';
import type { CsvRows } from '../row-file.js';
import { withoutMark } from './inspect.js';

/**
 * The physical lines, from 1, on which records of a CSV file begin, by the number of the record as `readRowsSql` counts them. Reads a
 * file up to the last wanted record; it has to be one that `inspectRows` leaves to the engine. Rejects when the signal aborts.
 * @param width - number of fields in the header
 * @param records - numbers of the wanted records, ascending
 */
export async function linesOfRecords(
  { file, delimiter, linesAbove }: CsvRows,
  width: number,
  records: readonly number[],
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const state: State = { place: LINE_START, previous: 0, line: 1, record: -1, lines: new Map() };
  const layout = { separator: delimiter.charCodeAt(0), linesAbove, isOneColumn: width === 1 };
  let isFirst = true;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18, signal })) {
    walk(isFirst ? withoutMark(chunk) : chunk, layout, records, state);
    isFirst = false;
    if (state.lines.size === records.length) break;
  }
  return state.lines;
}

interface State {
  place: Place;
  /** The byte before. */
  previous: number;
  /** Number of the physical line. */
  line: number;
  /** Number of the latest record; the header is 0. */
  record: number;
  /** The lines that were found. */
  lines: Map<number, number>;
}

/** Walks through a chunk. The loop works on variables of its own, because it is several times faster so. */
function walk(
  chunk: Buffer,
  { separator, linesAbove, isOneColumn }: { separator: number; linesAbove: number; isOneColumn: boolean },
  records: readonly number[],
  state: State,
): void {
  let { place, previous, line, record } = state;
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (place === IN_TEXT && byte > QUOTE && byte !== separator) continue;
    const isBreak = byte === LINE_FEED || byte === RETURN;
    const isSecondHalf = byte === LINE_FEED && previous === RETURN;
    previous = byte;
    if (isSecondHalf) continue;
    if (place === LINE_START && line > linesAbove && (!isBreak || isOneColumn || record === -1)) {
      record++;
      if (record === records[state.lines.size]) state.lines.set(record, line);
    }
    if (isBreak) {
      line++;
      if (place !== INSIDE) place = LINE_START;
    } else if (place === INSIDE) {
      if (byte === QUOTE) place = BEHIND_QUOTE;
    } else if (byte === separator) place = FIELD_START;
    else place = byte === QUOTE && place !== IN_TEXT ? INSIDE : IN_TEXT;
  }
  Object.assign(state, { place, previous, line, record });
}

type Place = 0 | 1 | 2 | 3 | 4;
const LINE_START = 0;
const FIELD_START = 1;
const IN_TEXT = 2;
const INSIDE = 3;
const BEHIND_QUOTE = 4;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

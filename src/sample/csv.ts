import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const CHUNK_CHARACTERS = 256 * 1024;

/** One field as RFC 4180 writes it: in quotes where it holds a comma, a quote or a line break. */
export function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, line end included. */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map(csvField).join(',')}\n`;
}

/** An amount of whole paise as rupees with two decimals. */
export function rupees(paise: number): string {
  const amount = Math.abs(paise);
  const digits = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
  return paise < 0 ? `-${digits}` : digits;
}

/**
 * Writes a CSV file in UTF-8, no faster than the disk takes it, so that memory stays flat.
 * @param lines ready lines, each with its line end; the header is the first
 */
export async function writeCsv(file: string, lines: Iterable<string>): Promise<void> {
  await pipeline(Readable.from(inChunks(lines)), createWriteStream(file));
}

function* inChunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

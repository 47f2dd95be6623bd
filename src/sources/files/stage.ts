import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { BulkRows, Head } from '../row-file.js';
import { openDecoder } from './decode.js';
import { plainBytes } from './decompress.js';
import { problemOf } from './file-problem.js';
import type { Staging } from './staging.js';
import { readSheets } from './workbook.js';

/**
 * Makes the rows of a file readable in bulk. A plain UTF-8 CSV file and a Parquet file stay where they are; anything else becomes a
 * plain UTF-8 CSV file in the staging folder: compressed or otherwise encoded text with the same lines, a sheet with the
 * header first, without blank rows, every row as wide as the header and with its number as one field more.
 * `head.encoding` decides how the bytes are read; broken UTF-16 becomes U+FFFD.
 * @param headerLine - physical line (row of the sheet) of the header
 * @throws ReportError for a file that cannot be read to its end, or where there is no room; the signal's reason when it aborts
 */
export async function stageRows(
  head: Head,
  headerLine: number,
  staging: Staging,
  signal: AbortSignal,
): Promise<BulkRows> {
  const { path } = head.file;
  if (head.kind === 'parquet') return { kind: 'parquet', file: path };
  if (head.kind === 'sheet') {
    const file = await write(head, sheetCsv(head, headerLine), staging, signal);
    return { kind: 'csv', file, delimiter: ',', linesAbove: 0, hasLines: true };
  }
  const isPlain = head.compression === 'none' && head.encoding === 'utf-8';
  const file = isPlain ? path : await write(head, textOf(head, signal), staging, signal);
  return { kind: 'csv', file, delimiter: head.delimiter ?? ',', linesAbove: headerLine - 1, hasLines: false };
}

async function write(
  head: Head,
  content: AsyncIterable<string | Buffer>,
  staging: Staging,
  signal: AbortSignal,
): Promise<string> {
  const file = staging.newFile('rows');
  // Opened before anything can stop it: a stream that is still opening would make the file after it was removed.
  const handle = await open(file, 'wx', 0o600);
  try {
    await pipeline(content, handle.createWriteStream(), { signal });
    return file;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(file, { force: true });
    signal.throwIfAborted();
    throw problemOf(head.file, error);
  }
}

async function* textOf({ file, compression, encoding }: Head, signal: AbortSignal) {
  const bytes = plainBytes(file.path, compression, signal);
  if (encoding === 'utf-8') {
    yield* bytes;
    return;
  }
  const decoder = openDecoder(encoding ?? 'utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk);
  yield decoder.end();
}

/** Rows that are written at once. */
const BLOCK = 1000;

async function* sheetCsv({ file, sheet, records }: Head, headerLine: number) {
  const { sheets } = await readSheets(file, { sheet: sheet ?? '' });
  const rows = sheets[0]?.rows ?? [];
  const width = records.find(({ line }) => line === headerLine)?.fields.length ?? 0;
  let block: string[] = [];
  for (let line = headerLine; line <= rows.length; line++) {
    const row = rows[line - 1] ?? [];
    if (row.every((field) => field.trim() === '')) continue;
    const fields = Array.from({ length: width }, (_, index) => row[index] ?? '');
    block.push(`${[...fields, String(line)].map(quoted).join(',')}\n`);
    if (block.length < BLOCK) continue;
    yield block.join('');
    block = [];
  }
  yield block.join('');
}

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}

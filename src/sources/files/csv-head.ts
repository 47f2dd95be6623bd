import type { FoundFile, Head } from '../row-file.js';
import type { TableSettings } from '../settings.js';
import { dataError } from '../source-file.js';
import { openDecoder } from './decode.js';
import { readStart } from './decompress.js';
import { detectEncoding } from './encoding.js';
import { headRecords } from './head-records.js';
import { LEAVE_OUT, sniff, sniffText } from './sniff.js';

/** Bytes of a file, decompressed, in which its head must be. */
const HEAD_BYTES = 1 << 18;
/** Documents and programs, which may look like text with separators. */
const DOCUMENT = /\.(md|markdown|rst|tex|ya?ml|toml|ini|py|r|js|mjs|ts|sql|sh|ps1|css)(\.gz|\.zst)?$/i;

/**
 * Reads the head of a text file, whatever it is compressed with.
 * Errors (exit code 3): not-a-table, unsupported-format, empty-file, bad-structure; those of the system and of damaged data
 * as `plainBytes` throws them.
 */
export async function readCsvHead(
  file: FoundFile,
  compression: Head['compression'],
  settings: Pick<TableSettings, 'encoding' | 'delimiter'>,
): Promise<Head> {
  const { bytes, isComplete } = await readStart(file.path, compression, HEAD_BYTES);
  if (compression !== 'none' && sniff(bytes).kind !== 'unknown') {
    throw dataError(
      'unsupported-format',
      `${file.name} is not a CSV file in ${compression}, but another compressed file.`,
      'Unpack it into the data folder and run again.',
    );
  }
  const encoding = settings.encoding ?? detectEncoding(bytes, isComplete);
  if (encoding === 'binary') {
    throw dataError('not-a-table', `${file.name} holds binary data, not a table.`, LEAVE_OUT);
  }
  const decoder = openDecoder(encoding);
  const text = decoder.decode(bytes) + (isComplete ? decoder.end() : '');
  const other = DOCUMENT.test(file.name) ? { what: 'a document', hint: LEAVE_OUT } : sniffText(text);
  if (other) throw dataError('not-a-table', `${file.name} is ${other.what}, not a table.`, other.hint);
  if (isComplete && isBlank(text)) {
    throw dataError(
      'empty-file',
      `${file.name} is empty.`,
      'Put at least the header line into it, or export it again.',
    );
  }
  const { delimiter, records } = headRecords(text, isComplete, settings.delimiter);
  if (records.length === 0) throw noRecords(file, text, isComplete);
  const place = { name: file.name, file, kind: 'csv', sheet: null } as const;
  return { ...place, compression, encoding, delimiter, dateSystem: null, records };
}

/** Whether there is nothing but separators, quotes and a declared delimiter. */
function isBlank(text: string): boolean {
  return !/[^\s,;|"]/.test(text.replace(/^"?sep=[^\r\n]*/i, ''));
}

function noRecords(file: FoundFile, text: string, isComplete: boolean): Error {
  const line = 1 + (/^\s*/.exec(text)?.[0].match(/\r\n|\n|\r/g)?.length ?? 0);
  return dataError(
    'bad-structure',
    isComplete
      ? `${file.name}, line ${line}: the header cannot be read.`
      : `${file.name}, line ${line}: the row does not end within ${HEAD_BYTES / 1024} KB.`,
    'Close every quote in the first lines, or export the file again with one row a line.',
  );
}

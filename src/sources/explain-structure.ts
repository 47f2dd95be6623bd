import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { messageOf } from '../errors.js';
import type { QueryError } from '../warehouse/warehouse.js';
import { LONGEST_RECORD, lineAt, walkRecords } from './records.js';
import { dataError, encodingError, fileName, type SourceInput } from './source-file.js';

/** The error for a file that the engine cannot read as CSV; `cause` is what the engine threw. */
export async function explainStructure(input: SourceInput, cause: QueryError): Promise<Error> {
  if (!/CSV/.test(messageOf(cause.cause))) return cause;
  const { file, header, dialect } = input;
  let wrong: { offset: number; count: number } | undefined;
  const broken = await walkRecords(file, dialect, (fields, offset) => {
    const extras = fields.slice(header.length);
    if (fields.length < header.length || extras.some((extra) => extra !== '')) {
      wrong = { offset, count: fields.length };
    }
    return wrong !== undefined;
  });
  const report = async (offset: number, complaint: string, hint: string) =>
    dataError(
      'bad-structure',
      `${fileName(input)}, line ${await lineAt(file, offset)}: ${complaint}`,
      hint,
      cause,
    );

  if (wrong) {
    return report(
      wrong.offset,
      `the row has ${wrong.count} fields, but the header has ${header.length}.`,
      `Put quotes around values that contain "${dialect.delimiter}", or mend the row, and run again.`,
    );
  }
  if (broken) {
    const [complaint, hint] = STRUCTURE[broken.code] ?? [
      `the row is not readable as CSV (${broken.code}).`,
      'Mend the row and run again.',
    ];
    return report(broken.offset, complaint, hint);
  }
  const undecodable = await firstLineThatIsNotUtf8(file);
  if (undecodable !== undefined) {
    return encodingError(fileName(input), await lineAt(file, undecodable), cause);
  }
  const [reason = ''] = messageOf(cause.cause).split('\n');
  const line = /CSV Error on Line: (\d+)/.exec(messageOf(cause.cause))?.[1] ?? 1;
  return dataError(
    'bad-structure',
    `${fileName(input)}, from line ${line} on: the rows are not readable as CSV (${reason}).`,
    'Save the file again as CSV, with one kind of line ending, and run again.',
    cause,
  );
}

const STRUCTURE: Record<string, [complaint: string, hint: string]> = {
  CSV_QUOTE_NOT_CLOSED: ['a quote is opened and never closed.', 'Close the quote and run again.'],
  CSV_MAX_RECORD_SIZE: [
    `the row is longer than ${LONGEST_RECORD.toLocaleString('en-US')} characters; most likely a quote is not closed.`,
    'Close the quote, or shorten the value, and run again.',
  ],
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: [
    'text follows the closing quote of a value.',
    'Double the quotes inside the value ("" for ") and run again.',
  ],
};

/** Byte at which the first line begins that is not UTF-8. */
async function firstLineThatIsNotUtf8(file: string): Promise<number | undefined> {
  let offset = 0;
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    const block = Buffer.concat([rest, chunk]);
    const end = block.lastIndexOf('\n') + 1;
    if (!isUtf8(block.subarray(0, end))) {
      let start = 0;
      while (isUtf8(block.subarray(start, block.indexOf('\n', start) + 1)))
        start = block.indexOf('\n', start) + 1;
      return offset + start;
    }
    offset += end;
    rest = block.subarray(end);
  }
  return isUtf8(rest) ? undefined : offset;
}

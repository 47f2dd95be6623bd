import { lineAt, walkRecords } from './records.js';
import type { FirstDuplicate, FirstFault } from './rows-sql.js';
import { dataError, fileName, type SourceInput } from './source-file.js';
import type { ColumnType } from './tables.js';
import { LARGEST_VALUE, NUMBER_PATTERN } from './typed-columns.js';

/** The error for the first bad value of a file. */
export async function explainBadValue(
  input: SourceInput,
  { record, column, total }: FirstFault,
  currencyDigits: number,
): Promise<Error> {
  const { fields, line } = await findRecord(input, record);
  const type = input.found.find(({ index }) => index === column)?.type ?? 'text';
  return dataError(
    'bad-value',
    `${place(input, line, column)}: ${complaint(fields[column] ?? '', type, currencyDigits)}${andMore(total)}.`,
    total > 1 ? 'Fix the cells and run again.' : 'Fix the cell and run again.',
  );
}

/** The error for the first key of a file that stands in two rows. */
export async function explainDuplicate(
  input: SourceInput,
  { record, earlier, column, total }: FirstDuplicate,
): Promise<Error> {
  const first = await findRecord(input, earlier);
  const second = await findRecord(input, record);
  return dataError(
    'duplicate-key',
    `${place(input, second.line, column)}: ${quoted(second.fields[column] ?? '')} is already on line ${first.line}${andMore(total)}.`,
    'Keep one of the rows, because each would count again in the figures, and run again.',
  );
}

async function findRecord(input: SourceInput, record: number): Promise<{ fields: string[]; line: number }> {
  let index = 0;
  let found: { fields: string[]; offset: number } = { fields: [], offset: 0 };
  await walkRecords(input.file, input.dialect, (fields, offset) => {
    if (input.header.length === 1 && fields[0] === '') return false;
    if (index++ < record) return false;
    found = { fields, offset };
    return true;
  });
  return { fields: found.fields, line: await lineAt(input.file, found.offset) };
}

function place(input: SourceInput, line: number, column: number): string {
  return `${fileName(input)}, line ${line}, column ${input.header[column]}`;
}

function andMore(total: number): string {
  return total > 1 ? ` (and ${total - 1} more ${total === 2 ? 'row' : 'rows'})` : '';
}

function complaint(value: string, type: ColumnType, currencyDigits: number): string {
  if (value === '') return 'the cell is blank';
  if (type === 'date') return `${quoted(value)} is not a date (YYYY-MM-DD, 1900 to 2199)`;
  if (!new RegExp(`^${NUMBER_PATTERN}$`).test(value)) return `${quoted(value)} is not a number`;
  const largest = type === 'money' ? LARGEST_VALUE / 10 ** currencyDigits : LARGEST_VALUE;
  if (Math.abs(Number(value)) > largest)
    return `${quoted(value)} is beyond ±${largest.toLocaleString('en-US')}`;
  return `${quoted(value)} is not a whole number`;
}

function quoted(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}

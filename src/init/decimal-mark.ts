import type { RecognisedFile } from '../sources/source-file.js';

/** Amounts that are only a number where the comma is the decimal mark, such as "1.234,50" or "12,5". */
const COMMA = /\.\d{3},\d|^\d+,\d{1,2}$/;
/** Amounts that are only a number where the point is, such as "1,234.50" or "12.5". */
const POINT = /,\d+\.\d|^\d+\.(\d{1,2}|\d{4,})$/;

/**
 * An amount that is only a number where the comma is the decimal mark, such as "1.234,50", if most of the first amounts of
 * the files that can be read in one way only are like it; else null.
 */
export function decimalCommaIn(files: readonly RecognisedFile[]): string | null {
  const amounts = files.flatMap(({ head, headerLine, found }) => {
    const money = found.filter(({ type }) => type === 'money').map(({ index }) => index);
    const rows = head.records.filter(({ line }) => line > headerLine);
    return rows.flatMap(({ fields }) => money.map((index) => fields[index] ?? ''));
  });
  const bare = (amount: string) => amount.replace(/[^\d.,]/g, '');
  const withPoint = amounts.filter((amount) => POINT.test(bare(amount)));
  const withComma = amounts.filter((amount) => COMMA.test(bare(amount)));
  return withComma.length > withPoint.length ? (withComma[0] ?? null) : null;
}

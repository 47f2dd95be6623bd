/** A byte-order mark: without it Excel reads UTF-8 as the code page of the machine, and Hindi as gibberish. Others skip it. */
const MARK = '\uFEFF';

/**
 * Signs that begin a formula, their full-width forms among them, at the start of a cell and wherever a spreadsheet that splits by another
 * separator (Excel does so where the decimal mark is a comma) or by lines would see a start, after an opening quote too.
 */
const FORMULAS = /(^|[;|\t\r\n\v\f\u0085\u2028\u2029])([\s"]*)([=+\-@＝＋－＠])/gu;
const LEADING_CONTROL = /^[\t\r\n]/;

/**
 * A CSV file for spreadsheets: UTF-8 with a byte-order mark, commas, CRLF, texts quoted as RFC 4180 says. No text is taken for a formula:
 * an apostrophe stands before whatever would begin one. Numbers stay numbers; null is a blank cell.
 *
 * @throws RangeError for a number that no spreadsheet knows, such as NaN
 */
export function csvText(
  header: readonly string[],
  rows: Iterable<readonly (string | number | null)[]>,
): string {
  const lines = [header, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`);
  return MARK + lines.join('');
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} cannot stand in a CSV file.`);
    return String(value);
  }
  return `"${harmless(value).replaceAll('"', '""')}"`;
}

/** The text without the power to be a formula; a NUL, which ends a cell in some programs, becomes a replacement character. */
function harmless(text: string): string {
  const plain = text.replaceAll('\0', '\uFFFD').replace(FORMULAS, "$1$2'$3");
  return LEADING_CONTROL.test(plain) ? `'${plain}` : plain;
}

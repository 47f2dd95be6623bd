import type { CellObject } from 'write-excel-file/node';
import { createFormat, currencyDigits, type Unit, type Value } from '../format/format.js';

/** A cell of a sheet, or an empty one. */
export type Cell = CellObject | null;

/** One sheet of the workbook. */
export interface Sheet {
  /** Its name. */
  sheet: string;
  data: Cell[][];
  columns: { width: number }[];
  /** Rows that stay in sight. */
  stickyRowsCount?: number;
}

/** Writes a value with the number format of its unit. */
export type CellWriter = (value: Value, unit: Unit) => Cell;

const DAY = /^\d{4}-\d\d-\d\d$/;
/** Excel takes 1900 for a leap year: days before March of that year come out one off. */
const FIRST_SURE_DAY = '1900-03-01';
const LONGEST_TEXT = 32_767;
const NUMBER_WIDTH = 13;
const NARROWEST = 9;
const WIDEST = 60;

/**
 * A writer of cells: numbers stay numbers to the last digit, days become days, everything else text that is never a formula.
 *
 * @throws RangeError for a locale or currency that does not exist
 */
export function cellWriter(locale: string, currency: string): CellWriter {
  const formats = numberFormats(locale, currency);
  return (value, unit) => {
    if (value === null || value === '') return null;
    if (typeof value === 'number') {
      const format = formats[unit];
      return { value, type: Number, ...(format !== undefined && { format }) };
    }
    if (unit === 'date' && DAY.test(value) && value >= FIRST_SURE_DAY) {
      return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    }
    return textCell(value);
  };
}

/** A bold text, for headings. */
export function heading(text: string): Cell {
  return { ...textCell(text), fontWeight: 'bold' };
}

/** Widths of the columns, in characters, wide enough for what stands in them up to a limit. */
export function columnWidths(rows: readonly (readonly Cell[])[]): { width: number }[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, place) => {
      const width = typeof cell?.value === 'string' ? cell.value.length + 2 : NUMBER_WIDTH;
      widths[place] = Math.min(WIDEST, Math.max(widths[place] ?? NARROWEST, width));
    });
  }
  return widths.map((width) => ({ width }));
}

function textCell(text: string): CellObject {
  return { value: escaped(text.replace(/\p{Cs}/gu, '').slice(0, LONGEST_TEXT)), type: String };
}

/**
 * Workbooks spell a character `_x0041_`, so that a text which reads like that has to be escaped itself; and the library mistakes the
 * names of JavaScript's own properties ("constructor") for texts it has already written.
 */
function escaped(text: string): string {
  const plain = text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  if (!(plain in Object.prototype)) return plain;
  return `_x${plain.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_${plain.slice(1)}`;
}

function numberFormats(locale: string, currency: string): Partial<Record<Unit, string>> {
  const symbol = `"${createFormat(locale, currency).currencySymbol.replaceAll('"', '')}"`;
  const digits = currencyDigits(currency);
  const inFull = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return {
    money: `${symbol}#,##0`,
    price: `${symbol}${inFull}`,
    exact: inFull,
    count: '#,##0',
    number: '#,##0.0',
    ratio: '0.00"×"',
    share: '0.0%',
  };
}

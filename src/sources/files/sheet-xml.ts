import type { FoundFile } from '../row-file.js';
import { dataError } from '../source-file.js';

/** Most cells that a sheet may span, and most rows that Excel has. */
const MOST_CELLS = 50_000_000;
const MOST_ROWS = 1_048_576;

/**
 * Writes what the library passes over in the way that it reads: error cells as text, marked text, a date system that is "true",
 * formulas without a saved value as the text of the formula.
 */
export function adaptXml(xml: Buffer): Buffer {
  // Latin-1 keeps every byte of UTF-8, in less memory.
  const source = xml.toString('latin1');
  if (!/\bt=["']e["']|<!\[CDATA\[|\bdate1904=|<(?:\w+:)?f[\s>/]/.test(source)) return xml;
  const text = source
    .replace(/<!\[CDATA\[(.*?)\]\]>/gs, (_, marked: string) =>
      marked.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
    .replace(/(<(?:\w+:)?c\s[^>]*\bt=)(?:"e"|'e')/g, '$1"str"')
    .replace(UNSAVED_FORMULA, formulaText)
    .replace(/\bdate1904=["'](?:1|true|on)["']/g, 'date1904="1"');
  return Buffer.from(text, 'latin1');
}

/** A cell with a formula, and no value or an empty one. */
const UNSAVED_FORMULA =
  /<((?:\w+:)?)c((?:\s[^>]*)?)>\s*<\1f(?:\s[^>]*?)?(?:\/>|>([^<]*)<\/\1f>)\s*(<\1v\s*\/>|<\1v(?:\s[^>]*)?><\/\1v>)?\s*<\/\1c>/g;

function formulaText(
  cell: string,
  prefix: string,
  attributes: string,
  formula = '',
  emptyValue = '',
): string {
  // The result of a formula with a saved text may be empty.
  if (emptyValue !== '' && /\st=["']str["']/.test(attributes)) return cell;
  const others = attributes.replace(/\st=(?:"\w*"|'\w*')/, '');
  // A formula that is shared stands in the first of its cells only.
  const text = formula.trim() === '' ? '...' : formula;
  return `<${prefix}c${others} t="str"><${prefix}v>=${text}</${prefix}v></${prefix}c>`;
}

const DIMENSION = /<(?:\w+:)?dimension\s(?:[^>]*\s)?ref=["'](?:[A-Z]+\d+:)?([A-Z]+)(\d+)["']/;
const ROW = /<(?:\w+:)?row\s(?:[^>]*?\s)?r=["']([^"']*)["']/g;
const FILLED_CELL = /<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([^"'\d]+)(\d[^"']*)["'][^>]*(?<!\/)>/g;

/**
 * Refuses a sheet that spans more cells than memory allows, by its own word or by its cells.
 * Errors (exit code 3): unreadable-file.
 */
export function assertSheetSize(file: FoundFile, xml: Buffer): void {
  const text = xml.toString('latin1');
  const [, lastColumn = '', lastRow = ''] = DIMENSION.exec(text.slice(0, 1 << 16)) ?? [];
  assertSpan(file, { column: lastColumn, row: Number(lastRow) });

  let row = 0;
  for (const [, number] of text.matchAll(ROW)) row = Math.max(row, Number(number) || 0);
  if (row > MOST_ROWS) throw tooManyCells(file, `of row ${row}`);
  const span = { column: '', row: 0 };
  for (const [, column = '', number] of text.matchAll(FILLED_CELL)) {
    if (columnNumber(column) > columnNumber(span.column)) span.column = column;
    span.row = Math.max(span.row, Number(number) || 0);
  }
  assertSpan(file, span);
}

function assertSpan(file: FoundFile, { column, row }: { column: string; row: number }): void {
  if (columnNumber(column) * row > MOST_CELLS || row > MOST_ROWS) {
    throw tooManyCells(file, `A1:${column}${row}`);
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let at = 0; at < letters.length; at++) number = number * 26 + letters.charCodeAt(at) - 64;
  return number;
}

function tooManyCells(file: FoundFile, cells: string): Error {
  return dataError(
    'unreadable-file',
    `${file.name} has a sheet that spans the cells ${cells}, which are too many.`,
    'Delete the empty rows and columns around the table in Excel, save the workbook, and run again.',
  );
}

import readWorkbook, { readSheet } from 'read-excel-file/node';
import type { FoundFile } from '../row-file.js';
import { dataError } from '../source-file.js';
import { cellText, numberText } from './cell-text.js';
import { adaptXml, assertSheetSize } from './sheet-xml.js';
import { storedZip, withZip, type ZipPart } from './zip.js';

/** A sheet with text in every cell; row 1 is the first. Rows are of one width. */
export interface SheetRows {
  sheet: string;
  rows: string[][];
}

/** The sheets of a workbook that are not empty, in its order, and the year from which its serial dates count. */
export interface WorkbookRows {
  sheets: SheetRows[];
  dateSystem: 1900 | 1904;
}

/**
 * Reads a workbook (.xlsx), every sheet or one; with `firstRows` only about so many rows of each.
 * Errors (exit code 3): unreadable-file (damaged, or larger than memory allows); system errors as they are.
 */
export async function readSheets(
  file: FoundFile,
  options: { sheet?: string; firstRows?: number } = {},
): Promise<WorkbookRows> {
  const parts = await withZip(file.path, (all) => neededParts(file, all, options.firstRows));
  const dateSystem = /\bdate1904="1"/.test(parts.get(WORKBOOK)?.toString() ?? '') ? 1904 : 1900;
  const sheets: SheetRows[] = [];
  for (const { sheet, data } of await parse(file, storedZip(parts), options.sheet)) {
    // A sheet that is only a chart has no data.
    if (!data) continue;
    const rows = data.map((row) => row.map(cellText));
    if (rows.some((row) => row.some((text) => text.trim() !== ''))) sheets.push({ sheet, rows });
  }
  return { sheets, dateSystem };
}

const WORKBOOK = 'xl/workbook.xml';
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
const NEEDED =
  /^xl\/(?!(drawings|charts|pivot\w*|externalLinks|theme|tables|queryTables|media)\/).*\.xml(\.rels)?$/;

async function parse(file: FoundFile, workbook: Buffer, sheet: string | undefined) {
  const reading = { parseNumber: numberText, trim: false };
  try {
    if (sheet === undefined) return await readWorkbook(workbook, reading);
    return [{ sheet, data: await readSheet(workbook, sheet, reading) }];
  } catch (error) {
    const isExplained = error instanceof Error && error.name === 'InvalidSpreadsheetError';
    throw dataError(
      'unreadable-file',
      `${file.name} cannot be read as a workbook${isExplained ? ` (${error.message})` : ''}.`,
      'Open it in Excel, save it again as .xlsx, and run again.',
      error,
    );
  }
}

async function neededParts(
  file: FoundFile,
  parts: readonly ZipPart[],
  firstRows: number | undefined,
): Promise<Map<string, Buffer>> {
  const needed = new Map<string, Buffer>();
  for (const part of parts.filter(({ name }) => NEEDED.test(name))) {
    const bytes = await part.read();
    const isSheet = SHEET.test(part.name);
    if (isSheet) assertSheetSize(file, bytes);
    needed.set(part.name, adaptXml(isSheet && firstRows !== undefined ? cutRows(bytes, firstRows) : bytes));
  }
  return needed;
}

function cutRows(xml: Buffer, rows: number): Buffer {
  const end = /<\/(\w+:)?row>/.exec(xml.toString('latin1'));
  if (!end) return xml;
  const [tag, prefix = ''] = end;
  let position = 0;
  for (let row = 0; row < rows; row++) {
    const next = xml.indexOf(tag, position);
    if (next < 0) return xml;
    position = next + tag.length;
  }
  return Buffer.concat([
    xml.subarray(0, position),
    Buffer.from(`</${prefix}sheetData></${prefix}worksheet>`),
  ]);
}

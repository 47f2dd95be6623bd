import { open } from 'node:fs/promises';
import type { FoundFile, Head, TextRecord } from '../row-file.js';
import { dataError } from '../source-file.js';
import { HEAD_RECORDS } from './head-records.js';
import { LEAVE_OUT } from './sniff.js';
import { readSheets, type SheetRows } from './workbook.js';
import { withZip } from './zip.js';

/** Rows of a sheet, blank ones included, in which its head must be. */
const HEAD_ROWS = 500;

/**
 * The heads of a workbook's sheets that are not empty, or of one of them.
 * The records of a head have one width.
 * Errors (exit code 3): unsupported-format, not-a-table, missing-sheet, empty-file, unreadable-file; DamagedFile.
 */
export async function readWorkbookHeads(file: FoundFile, sheet: string | null): Promise<Head[]> {
  await assertWorkbook(file);
  const { sheets, dateSystem } = await readSheets(file, { firstRows: HEAD_ROWS });
  const wanted = sheet === null ? sheets : sheets.filter((each) => spelling(each.sheet) === spelling(sheet));
  if (sheets.length === 0) {
    throw dataError('empty-file', `${file.name} is empty.`, 'Put at least the header row into a sheet.');
  }
  if (wanted.length === 0) {
    throw dataError(
      'missing-sheet',
      `${file.name} has no sheet "${sheet}" with data. It has: ${sheets.map((each) => each.sheet).join(', ')}.`,
      'Correct `sheet` in the configuration.',
    );
  }
  return wanted.map((each) => headOf(file, each, dateSystem));
}

function headOf(file: FoundFile, { sheet, rows }: SheetRows, dateSystem: 1900 | 1904): Head {
  const records: TextRecord[] = rows
    .map((row, index) => ({ line: index + 1, fields: row.map((field) => field.trim()) }))
    .filter(({ fields }) => fields.some((field) => field !== ''))
    .slice(0, HEAD_RECORDS);
  const name = `${file.name}, sheet ${sheet}`;
  return {
    name,
    file,
    kind: 'sheet',
    sheet,
    compression: 'none',
    encoding: null,
    delimiter: null,
    dateSystem,
    records,
  };
}

function spelling(sheet: string): string {
  return sheet.trim().toLowerCase();
}

async function assertWorkbook(file: FoundFile): Promise<void> {
  const names = await withZip(file.path, async (parts) => parts.map(({ name }) => name));
  const has = (name: string) => names.includes(name);
  if (has('xl/workbook.xml')) return;
  if (has('xl/workbook.bin')) throw wrongWorkbook(file, 'a binary Excel workbook (.xlsb)', 'Excel');
  if (names.some((name) => name.startsWith('Index/') || name === 'Index.zip')) {
    throw wrongWorkbook(file, 'a Numbers document', 'Numbers');
  }
  if (has('mimetype') && has('content.xml')) {
    throw wrongWorkbook(file, 'an OpenDocument file (.ods)', 'LibreOffice');
  }
  if (has('[Content_Types].xml')) {
    throw dataError('not-a-table', `${file.name} is an Office document, not a workbook.`, LEAVE_OUT);
  }
  throw dataError(
    'unsupported-format',
    `${file.name} is a ZIP archive.`,
    'Unpack it into the data folder and run again.',
  );
}

/** The error for a file in the container of old Office files, which also holds workbooks with a password. */
export async function oldOfficeFile(file: FoundFile): Promise<Error> {
  const handle = await open(file.path);
  try {
    const header = await handle.read(Buffer.alloc(512), 0, 512, 0);
    const sector = 2 ** (header.buffer.readUInt16LE(0x1e) % 16);
    const directory = (header.buffer.readUInt32LE(0x30) + 1) * sector;
    const { buffer } = await handle.read(Buffer.alloc(4096), 0, 4096, directory);
    if (!buffer.includes('EncryptedPackage', 0, 'utf16le')) {
      return wrongWorkbook(file, 'a file of old Office programs, such as an .xls workbook', 'Excel');
    }
  } finally {
    await handle.close();
  }
  return dataError(
    'unreadable-file',
    `${file.name} is protected with a password.`,
    'Save it in Excel without a password (File, Info, Protect Workbook) and run again.',
  );
}

function wrongWorkbook(file: FoundFile, what: string, program: string): Error {
  return dataError(
    'unsupported-format',
    `${file.name} is ${what}, which cannot be read.`,
    `Open it in ${program}, save it as .xlsx or as CSV UTF-8, and run again.`,
  );
}

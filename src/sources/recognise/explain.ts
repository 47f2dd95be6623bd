import type { Head } from '../row-file.js';
import type { RecognisedFile, ValueStyle } from '../source-file.js';
import { SOURCE_TABLES } from '../tables.js';
import { byKey } from './by-key.js';
import { spelling } from './spelling.js';
import type { Survey } from './types.js';
import { unusedColumns } from './unused-columns.js';

/** How the values of a file are written, and how that was found. */
export interface DecidedStyle {
  style: ValueStyle;
  /** How the order of day and month was found, in a sentence; null where there was nothing to find. */
  dateOrder: string | null;
}

/**
 * What was decided about the files, in lines of text: which file is which table, how it is written, which header name is
 * which column, what is absent, not used or left out.
 *
 * @param styles by the name of the head; a file without one is explained without it
 */
export function explainFiles(survey: Survey, styles: ReadonlyMap<string, DecidedStyle>): string[] {
  const tables = SOURCE_TABLES.flatMap(({ label }) => {
    const files = survey.files[label];
    if (files.length === 0) return [`${label}: not found`, ''];
    const alike = byKey(files, (file) =>
      JSON.stringify([columnLines(file, styles.get(file.head.name)), formatOf(file)]),
    );
    const count = files.length === 1 ? '1 file' : `${files.length} files`;
    return [`${label}: ${count}`, ...alike.flatMap((group) => fileLines(group, styles)), ''];
  });
  const leftOut = aligned(survey.leftOut.map(({ name, why }) => [`  ${name}`, why]));
  return [...tables, ...(leftOut.length > 0 ? ['left out', ...leftOut] : ['left out: nothing'])];
}

/** Files that have all in common but their names. */
function fileLines(
  files: readonly [RecognisedFile, ...RecognisedFile[]],
  styles: ReadonlyMap<string, DecidedStyle>,
): string[] {
  const [file] = files;
  const names = aligned(files.map(({ head, why }) => [`  ${head.name}`, `${formatOf(file)}; ${why}`]));
  return [...names, ...columnLines(file, styles.get(file.head.name))];
}

function columnLines(file: RecognisedFile, decided: DecidedStyle | undefined): string[] {
  const { table, found } = file;
  const unused = unusedColumns(file);
  const rows = table.columns.flatMap(({ name, type }) => {
    const column = found.find((each) => each.name === name);
    if (column === undefined) return [];
    const alias = spelling(column.header) === spelling(name) ? '' : ' (alias)';
    return [[`    ${name}`, `← ${clear(column.header)}${alias}`, valueNote(table.label, type, decided)]];
  });
  const absent = table.columns.filter(({ name }) => !found.some((column) => column.name === name));
  return [
    ...aligned(rows),
    ...(absent.length > 0 ? [`    absent: ${absent.map(({ name }) => name).join(', ')}`] : []),
    ...(unused.length > 0 ? [`    not used: ${unused.join(', ')}`] : []),
  ];
}

function valueNote(label: string, type: string, decided: DecidedStyle | undefined): string {
  if (decided === undefined) return '';
  const { style, dateOrder } = decided;
  if (type === 'money') {
    return style.decimal === ',' ? `decimal comma, as sources.${label}.decimal says` : 'decimal point';
  }
  if (type !== 'date') return '';
  const serial = style.serialDates === null ? '' : `Plain numbers are days since ${style.serialDates}.`;
  return [dateOrder ?? '', serial].filter((note) => note !== '').join(' ');
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};
const ENCODINGS = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
} as const;
const KINDS: Record<Head['kind'], string> = { csv: 'CSV', sheet: 'workbook', parquet: 'Parquet' };

function formatOf({ head, headerLine }: RecognisedFile): string {
  const { kind, delimiter, encoding, compression } = head;
  const words = [
    KINDS[kind],
    delimiter === null ? '' : (DELIMITERS[delimiter] ?? `delimiter ${delimiter}`),
    encoding === null ? '' : ENCODINGS[encoding],
    compression === 'none' ? '' : compression,
    `header in line ${headerLine}`,
  ];
  return words.filter((word) => word !== '').join(', ');
}

/** Cells side by side, as wide as the widest of their column; the last one is open. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function clear(name: string): string {
  return name.replace(/\s+/g, ' ');
}

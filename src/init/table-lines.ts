import type { DecidedStyle } from '../sources/recognise/explain.js';
import { spelling } from '../sources/recognise/spelling.js';
import { unusedColumns } from '../sources/recognise/unused-columns.js';
import type { RecognisedFile } from '../sources/source-file.js';
import { decimalCommaIn } from './decimal-mark.js';
import { pathsFor } from './path-patterns.js';
import { comment, yamlValue } from './yaml-text.js';

/** The lines of one table below `sources`: where it is, and what in its files is not as the report would have it. */
export function tableLines(
  label: string,
  files: readonly RecognisedFile[],
  allNames: readonly string[],
  styles: ReadonlyMap<string, DecidedStyle>,
): string[] {
  const [first] = files;
  if (first === undefined) return [`  ${label}: {} # to be decided, see above`];
  const ignored = [...new Set(files.flatMap(unusedColumns))];
  return [
    `  ${label}:`,
    ...pathLines(files, allNames),
    ...sheetLines(files),
    ...columnLines(files),
    ...styleLines(files, styles),
    ...(ignored.length > 0
      ? [`    ${comment(`Columns that the report does not use: ${ignored.join(', ')}`)}`]
      : []),
  ];
}

function pathLines(files: readonly RecognisedFile[], allNames: readonly string[]): string[] {
  const paths = pathsFor(
    files.map(({ head }) => head.file.name),
    allNames,
  );
  const [path = '', ...others] = paths;
  const why = files.length === 1 ? (files[0]?.why ?? '') : `${files.length} files`;
  if (others.length === 0) return [`    path: ${yamlValue(path)} ${comment(why)}`];
  return ['    path:', ...paths.map((each) => `      - ${yamlValue(each)}`)];
}

function sheetLines(files: readonly RecognisedFile[]): string[] {
  const [sheet = null, ...others] = new Set(files.map(({ head }) => head.sheet));
  return sheet === null || sheet.trim() === '' || others.length > 0 ? [] : [`    sheet: ${yamlValue(sheet)}`];
}

/** Only names that all files share can be said for the table; the others are found in each file again. */
function columnLines(files: readonly RecognisedFile[]): string[] {
  const columns = (files[0]?.found ?? []).filter(
    ({ name, header }) =>
      spelling(header) !== spelling(name) &&
      files.every(({ found }) => found.some((each) => each.name === name && each.header === header)),
  );
  if (columns.length === 0) return [];
  return ['    columns:', ...columns.map(({ name, header }) => `      ${name}: ${yamlValue(header)}`)];
}

function styleLines(files: readonly RecognisedFile[], styles: ReadonlyMap<string, DecidedStyle>): string[] {
  const decided = files.flatMap(({ head }) => styles.get(head.name) ?? []);
  const ordered = decided.filter(({ style }) => style.dateOrder !== null);
  const orders = new Set(ordered.map(({ style }) => style.dateOrder));
  const [order] = ordered;
  const comma = decimalCommaIn(files);
  const isDeclared = decided.some(({ style }) => style.decimal === ',');
  const lines: string[] = [];
  if (order && orders.size === 1) {
    lines.push(`    dateOrder: ${order.style.dateOrder} ${comment(order.dateOrder ?? '')}`.trimEnd());
  }
  if (isDeclared) lines.push('    decimal: ","');
  else if (comma !== null) {
    lines.push(`    ${comment(`decimal: "," # check this: there are amounts such as "${comma}"`)}`);
  }
  return lines;
}

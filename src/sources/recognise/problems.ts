import type { ReportError } from '../../errors.js';
import type { Head } from '../row-file.js';
import type { TableLabel } from '../settings.js';
import { dataError } from '../source-file.js';
import type { SourceTable } from '../tables.js';
import type { Candidate } from './candidate.js';

/** How many names of a header a message lists. */
const NAMES_SHOWN = 20;

/** Names with commas between them; of a long list the beginning and how many follow. */
export function listed(names: readonly string[], limit = NAMES_SHOWN): string {
  const clear = names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== '');
  if (clear.length <= limit) return clear.join(', ');
  return `${clear.slice(0, limit).join(', ')} and ${clear.length - limit} more`;
}

/** What a candidate lacks, as a clause: "has no column revenue". */
export function lack({ map }: Candidate): string {
  const unnamed = map.missing.filter(({ asked }) => asked === null).map(({ column }) => column.name);
  const asked = map.missing.flatMap((each) => (each.asked === null ? [] : [`"${each.asked}"`]));
  return `has no column ${listed([...unnamed, ...asked])}`;
}

/** The columns that a table cannot do without. */
export function neededColumns(table: SourceTable): string {
  return table.columns
    .filter(({ required }) => required)
    .map(({ name }) => name)
    .join(', ');
}

/** The error for a file of a table without one of its needed columns, or without one that the configuration names. */
export function missingColumn(candidate: Candidate): ReportError {
  const { table, head, header, map } = candidate;
  const asked = map.missing.find((each) => each.asked !== null);
  const source = asked ? `, which sources.${table.label}.columns.${asked.column.name} names` : '';
  const [first] = map.missing;
  const example = map.ignored[0] ?? 'its name in the file';
  return dataError(
    'missing-column',
    `${head.name} ${lack(candidate)}${source}. It has: ${listed(header)}. Required are: ${neededColumns(table)}.`,
    asked
      ? `Correct the name in the configuration.`
      : `Add the column, or say which one holds it with ${setting(table.label, 'columns', { [first?.column.name ?? '']: example })}.`,
  );
}

/** The error for a file in which several header names are equally good for a column. */
export function duplicateColumn({ table, head, header, map }: Candidate): ReportError | null {
  const [twins] = map.twins;
  if (twins === undefined) return null;
  const { column, indexes } = twins;
  const names = indexes.map((index) => `"${header[index]}" (column ${index + 1})`);
  const count = names.length === 2 ? 'two' : names.length;
  const [first = ''] = indexes.map((index) => header[index] ?? '');
  const areAlike = indexes.every((index) => header[index] === first);
  return dataError(
    'duplicate-column',
    `${head.name} has ${count} columns for ${column.name}: ${names.join(' and ')}.`,
    areAlike
      ? 'Rename or remove one of them.'
      : `Say which one counts with ${setting(table.label, 'columns', { [column.name]: first })}, or remove the other.`,
  );
}

/** The error for several files that could each be a table, and are not deliveries of one kind. */
export function ambiguousTable(table: SourceTable, rivals: readonly Candidate[]): ReportError {
  const names = rivals.map(({ head }) => head.name);
  const first = rivals.find(({ name }) => name.version === null) ?? rivals[0];
  const isWorkbook = new Set(rivals.map(({ head }) => head.file.path)).size === 1;
  const fix = isWorkbook
    ? `Say which sheet counts with ${setting(table.label, 'sheet', first?.head.sheet ?? '')}.`
    : `Say which one counts with ${setting(table.label, 'path', first?.head.file.name ?? '')}, or list all of them there where their rows add up.`;
  const count = names.length === 2 ? 'Two' : names.length;
  return dataError(
    'ambiguous-table',
    `${count} ${isWorkbook ? 'sheets' : 'files'} could be ${table.label}, and nothing says that they belong together: ${listed(names)}.`,
    fix,
  );
}

/** The error for a table that only a join or a summary of several tables could be. */
export function mergedTable({ table, head }: Candidate, strangers: readonly string[]): ReportError {
  return dataError(
    'merged-table',
    `${head.name} could be ${table.label}, but it looks like several tables merged into one: it has ${listed(strangers)} as well, and its rows may count the same thing more than once.`,
    `Put the original ${table.label} there, or, where each of its rows counts once, say so with ${setting(table.label, 'path', head.file.name)}.`,
  );
}

/** The error for a table of which the configuration names a sheet that is not there, where a head could be it. */
export function missingSheet({ label }: SourceTable, head: Head): ReportError {
  return dataError(
    'missing-sheet',
    `No sheet that could be ${label} has the name that sources.${label}.sheet gives; ${head.name} could be it.`,
    head.sheet === null
      ? `Leave sources.${label}.sheet out, or put the workbook there.`
      : `Correct it, such as ${setting(label, 'sheet', head.sheet)}, or leave it out.`,
  );
}

/** A sentence about a file as a clause, without its name and the full stop. */
export function clauseOf(name: string, sentence: string): string {
  const bare = sentence.startsWith(name) ? sentence.slice(name.length) : sentence;
  return bare.trim().replace(/\.$/, '');
}

/** A setting as it is written in the configuration: `sources.payouts.path: "payouts.csv"`. */
export function setting(table: TableLabel, key: string, value: unknown): string {
  const text =
    typeof value === 'object' && value !== null
      ? `{ ${Object.entries(value)
          .map(([name, each]) => `${name}: ${JSON.stringify(each)}`)
          .join(', ')} }`
      : JSON.stringify(value);
  return `sources.${table}.${key}: ${text}`;
}

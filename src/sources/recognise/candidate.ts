import type { Head } from '../row-file.js';
import type { SourcesSettings, TableLabel } from '../settings.js';
import { SOURCE_TABLES, type SourceTable } from '../tables.js';
import { type FileName, readFileName } from './file-name.js';
import { type HeaderMap, mapHeader, readHeader } from './header-map.js';

/** A head read as one of the tables: where its header would be and what it would hold. */
export interface Candidate {
  table: SourceTable;
  head: Head;
  name: FileName;
  /** Number of the physical line of the header. */
  headerLine: number;
  header: readonly string[];
  map: HeaderMap;
  /** The rows below the header, of those that the head has. */
  rows: readonly (readonly string[])[];
  /** How well it fits; to be compared with the same head read as another table. */
  score: number;
}

/** Below so many records no header is looked for: titles and dates of an export may stand above it. */
const HEADER_DEPTH = 20;

/** A head read as each table of which it has a column, or by which its name calls it. */
export function candidatesOf(head: Head, settings: SourcesSettings): Candidate[] {
  const name = readFileName(head);
  const readings = head.records.slice(0, HEADER_DEPTH).map(({ line, fields }, index) => {
    const rows = head.records.slice(index + 1).map((record) => record.fields);
    return { line, reading: readHeader(fields, rows) };
  });
  return SOURCE_TABLES.flatMap((table) => {
    const maps = readings.map(({ line, reading }) => {
      const map = mapHeader(table, reading, settings[table.label].columns);
      return { line, reading, map, worth: worthOf(map) };
    });
    const [first, ...others] = maps;
    if (first === undefined) return [];
    const best = others.reduce((top, next) => (next.worth > top.worth ? next : top), first);
    if (best.map.found.length === 0 && name.table !== table.label) return [];
    const { line: headerLine, map, reading } = best;
    const score = scoreOf(map, name, table.label);
    return { table, head, name, headerLine, header: reading.names, map, rows: reading.rows, score };
  });
}

/** Worth of a column by the rank of its name; what the configuration names counts like the canonical name. */
const WORTH = [1, 0.9, 0.4];
const NAME_BONUS = 2;

/** How much a header tells by its names alone. */
function worthOf({ found, unstored }: HeaderMap): number {
  return found.reduce((sum, { rank }) => sum + (WORTH[Math.max(0, rank)] ?? 0.4), unstored / 2);
}

/** As `worthOf`, without the columns whose values do not fit, and with what the name of the file adds. */
function scoreOf(map: HeaderMap, name: FileName, table: TableLabel): number {
  const found = map.found.filter(({ isPlausible }) => isPlausible);
  return worthOf({ ...map, found }) + (name.table === table ? NAME_BONUS : 0);
}

/** Whether a candidate has every column that its table needs, with values that can be what they should. */
export function isComplete({ map, name, table }: Candidate): boolean {
  if (map.missing.length > 0) return false;
  return name.table === table.label || implausible(map) === null;
}

/** The first needed column whose values do not look like its type. */
export function implausible(map: HeaderMap): HeaderMap['found'][number] | null {
  return map.found.find((column) => column.required && !column.isPlausible) ?? null;
}

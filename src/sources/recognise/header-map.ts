import type { FoundColumn } from '../source-file.js';
import type { Column, SourceTable } from '../tables.js';
import { namesOf } from './aliases.js';
import { isPlausible } from './plausible.js';
import { spelling } from './spelling.js';

/** What a header says when it is read as that of one table. */
export interface HeaderMap {
  /** In the file's order. */
  found: readonly MappedColumn[];
  /** Columns that the table cannot do without, or that the configuration names, and that are not there. */
  missing: readonly MissingColumn[];
  /** Columns for which several names are equally good. */
  twins: readonly Twins[];
  /** Header names that are of no use, in the file's order. */
  ignored: readonly string[];
  /** How many header names are known, and kept out on purpose. */
  unstored: number;
}

export interface MappedColumn extends FoundColumn {
  /** -1 where the configuration names it, 0 for the canonical name, else the place of its list of aliases, from 1. */
  rank: number;
  /** Whether the first values look like the column's type. */
  isPlausible: boolean;
}

export interface MissingColumn {
  column: Column;
  /** The header name that the configuration says it has; null where it says nothing. */
  asked: string | null;
}

export interface Twins {
  column: Column;
  /** Positions in the header, from 0. */
  indexes: readonly number[];
}

/** A record that may be a header, with the rows below it. */
export interface HeaderReading {
  names: readonly string[];
  /** Positions by spelling, from 0. */
  places: ReadonlyMap<string, readonly number[]>;
  rows: readonly (readonly string[])[];
}

/** Reads a record as a header; to be used for every table. */
export function readHeader(names: readonly string[], rows: readonly (readonly string[])[]): HeaderReading {
  const places = new Map<string, number[]>();
  names.forEach((name, index) => {
    const key = spelling(name);
    if (key === '') return;
    const same = places.get(key);
    if (same) same.push(index);
    else places.set(key, [index]);
  });
  return { names, places, rows };
}

/**
 * Finds the columns of a table in a header. A name that fits two columns goes to the one that the table cannot do without.
 *
 * @param asked header names by canonical column, from the configuration
 */
export function mapHeader(
  table: SourceTable,
  { names: header, places, rows }: HeaderReading,
  asked: Readonly<Record<string, string>>,
): HeaderMap {
  const claims: Claim[] = [];
  const isFree = (index: number) => !claims.some((claim) => claim.indexes.includes(index));
  const isOpen = (column: Column) => !claims.some((claim) => claim.column === column);

  for (const column of table.columns) {
    const name = asked[column.name];
    const indexes = name === undefined ? [] : placesOfName(name, header, places);
    if (indexes.length > 0) claims.push({ column, rank: -1, indexes });
  }
  const offers = [...places].flatMap(([name, indexes]) =>
    (namesOf(table.label).get(name) ?? []).map((use) => ({ ...use, indexes })),
  );
  const lastRank = Math.max(...offers.map(({ rank }) => rank));
  /** Claims by name, the best names of all columns first. */
  function search(columns: readonly Column[]): void {
    for (let rank = 0; rank <= lastRank; rank++) {
      for (const column of columns.filter(isOpen)) {
        const indexes = offers
          .filter((offer) => offer.column === column.name && offer.rank === rank)
          .flatMap((offer) => offer.indexes)
          .filter((index) => isFree(index) && (rank < 2 || isPlausible(column.type, valuesAt(rows, index))));
        if (indexes.length > 0) claims.push({ column, rank, indexes: indexes.sort((a, b) => a - b) });
      }
    }
  }
  const searched = table.columns.filter((column) => asked[column.name] === undefined);
  search(searched.filter(isNeeded));
  search(searched.filter((column) => !isNeeded(column)));

  const unstored = new Set(
    offers.filter(({ column }) => table.unstored.includes(column)).flatMap(({ indexes }) => indexes),
  );
  const spare = header.flatMap((name, index) => (name !== '' && isFree(index) ? [index] : []));
  return {
    found: claims.map((claim) => mapped(claim, header, rows)).sort((a, b) => a.index - b.index),
    missing: table.columns
      .filter((column) => isOpen(column) && (isNeeded(column) || asked[column.name] !== undefined))
      .map((column) => ({ column, asked: asked[column.name] ?? null })),
    twins: claims.filter(({ indexes }) => indexes.length > 1),
    ignored: spare.filter((index) => !unstored.has(index)).map((index) => header[index] ?? ''),
    unstored: spare.filter((index) => unstored.has(index)).length,
  };
}

interface Claim extends Twins {
  rank: number;
}

function isNeeded(column: Column): boolean {
  return column.required !== undefined;
}

/** Where a name of the configuration stands: as it is written, else by its spelling. */
function placesOfName(
  name: string,
  header: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const exact = header.flatMap((each, index) => (each.trim() === name.trim() ? [index] : []));
  return exact.length > 0 ? exact : (places.get(spelling(name)) ?? []);
}

function mapped(
  { column, rank, indexes: [index = 0] }: Claim,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): MappedColumn {
  const fits = isPlausible(column.type, valuesAt(rows, index));
  return { ...column, index, header: header[index] ?? '', rank, isPlausible: fits };
}

function valuesAt(rows: readonly (readonly string[])[], index: number): string[] {
  return rows.map((row) => row[index] ?? '');
}

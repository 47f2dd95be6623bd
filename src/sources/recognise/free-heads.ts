import type { ReportError } from '../../errors.js';
import type { Head } from '../row-file.js';
import type { SourcesSettings } from '../settings.js';
import type { SourceTable } from '../tables.js';
import { bestReading, doubtAbout, whyNone } from './best-reading.js';
import { type Candidate, candidatesOf, isComplete } from './candidate.js';
import { type Choice, chooseFiles } from './choose.js';
import { lostDelivery, type Miss, missingTable } from './missing.js';
import { duplicateColumn, missingSheet } from './problems.js';
import type { FolderHeads } from './types.js';

/** A head that nobody named. */
export interface FreeHead {
  head: Head;
  /** Read as each table that it may be. */
  readings: readonly Candidate[];
  best: Candidate | null;
  /** The table that it would be if the configuration did not name another sheet for it; else null. */
  barred: SourceTable | null;
}

/** What was chosen for a table that nobody named. */
export interface TableChoice extends Choice {
  table: SourceTable;
}

/** Reads a head as each table; where the configuration names a sheet for a table, no other sheet is read as it. */
export function readFreeHead(head: Head, settings: SourcesSettings): FreeHead {
  const all = candidatesOf(head, settings);
  const readings = all.filter(({ table }) => {
    const { sheet } = settings[table.label];
    return sheet === null || sheet.trim().toLowerCase() === head.sheet?.trim().toLowerCase();
  });
  const fitting = bestReading(all);
  const barred = fitting && !readings.includes(fitting) ? fitting.table : null;
  return { head, readings, best: bestReading(readings), barred };
}

/** Chooses the files of a table; a head is a candidate for one table only. */
export function chooseTable(table: SourceTable, free: readonly FreeHead[]): TableChoice {
  const candidates = free.flatMap(({ best }) => (best?.table === table ? [best] : []));
  const readingsOf = new Map(free.map(({ head, readings }) => [head, readings]));
  return { table, ...chooseFiles(candidates, ({ head }) => readingsOf.get(head) ?? []) };
}

/** What became of the heads that could be a table, by their names, as clauses: "is taken for payouts". */
export function fatesOf(choices: readonly TableChoice[]): ReadonlyMap<string, string> {
  return new Map(
    choices.flatMap(({ table, taken, leftOut }) => [
      ...taken.map(({ head }) => [head.name, `is taken for ${table.label}`] as const),
      ...leftOut.map(({ candidate, why }) => [candidate.head.name, why] as const),
    ]),
  );
}

/** Why a head was not even among the candidates, as a clause. */
export function whyIdle({ readings, best, barred }: FreeHead): string {
  if (best === null && barred) return `could be ${barred.label}, but ${sheetNamed(barred)}`;
  if (best === null) return whyNone(readings);
  return `could be ${best.table.label}, but sources.${best.table.label}.path names what counts`;
}

function sheetNamed({ label }: SourceTable): string {
  return `sources.${label}.sheet names the sheet that counts`;
}

/**
 * What is wrong with the choice for a table; null where nothing is.
 *
 * @param placed heads that were taken for any table
 * @param named what the configuration names for other tables, though it fits one better
 */
export function problemOf(
  { table, taken, problem }: TableChoice,
  free: readonly FreeHead[],
  placed: ReadonlySet<Head>,
  fates: ReadonlyMap<string, string>,
  named: readonly Miss[],
  { folder, unread }: FolderHeads,
): ReportError | null {
  if (problem) return problem;
  const [twins] = taken.flatMap((candidate) => duplicateColumn(candidate) ?? []);
  if (twins) return twins;
  const own = new Set(taken.map(({ head }) => head));
  const misses = free
    .flatMap(({ head, readings }) => (own.has(head) ? [] : readings.filter((each) => each.table === table)))
    .filter((reading) => isComplete(reading) || !placed.has(reading.head))
    .map((candidate) => ({
      candidate,
      why: missWhy(candidate, fates),
      owner: placed.has(candidate.head) ? ('other' as const) : ('nobody' as const),
    }));
  if (taken.length > 0) {
    return lostDelivery(
      table,
      taken,
      misses.filter(({ owner }) => owner === 'nobody'),
      unread,
    );
  }
  const idle = free.filter(({ head }) => !placed.has(head)).map(({ head }) => head.name);
  const barred = free.find((each) => each.barred === table && !placed.has(each.head));
  if (barred) return missingSheet(table, barred.head);
  const fitting = named.filter(({ candidate }) => candidate.table === table);
  return missingTable(table, folder, [...fitting, ...misses], unread, [
    ...idle,
    ...unread.map(({ name }) => name),
  ]);
}

function missWhy(candidate: Candidate, fates: ReadonlyMap<string, string>): string {
  const fate = candidate.map.missing.length > 0 ? undefined : fates.get(candidate.head.name);
  return fate ?? doubtAbout(candidate);
}

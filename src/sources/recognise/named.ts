import type { ReportError } from '../../errors.js';
import type { Head } from '../row-file.js';
import type { SourcesSettings } from '../settings.js';
import { dataError } from '../source-file.js';
import type { SourceTable } from '../tables.js';
import { bestReading } from './best-reading.js';
import { byKey } from './by-key.js';
import { type Candidate, candidatesOf } from './candidate.js';
import { groupDeliveries } from './group.js';
import { ambiguousTable, duplicateColumn, listed, missingColumn, neededColumns } from './problems.js';

/**
 * Reads the files that the configuration names for a table: every one must be it. Of a workbook only the sheets count that
 * have its columns; where several do, they must be deliveries of one kind.
 */
export function readNamed(
  table: SourceTable,
  heads: readonly Head[],
  settings: SourcesSettings,
): { taken: readonly Candidate[]; problems: readonly ReportError[] } {
  if (heads.length === 0) return { taken: [], problems: [nothingNamed(table)] };
  const files = byKey(heads, (head) => head.file.path).map((sheets) => readFile(table, sheets, settings));
  const taken = files.flatMap((file) => file.taken);
  const problems = files.flatMap((file) => file.problem ?? []);
  return { taken: problems.length > 0 ? [] : taken, problems };
}

/** What a file that the configuration names for a table would rather be; null where it fits that table as well as any. */
export function betterReading(table: SourceTable, head: Head, settings: SourcesSettings): Candidate | null {
  const best = bestReading(candidatesOf(head, settings));
  return best && best.table !== table ? best : null;
}

interface NamedFile {
  taken: readonly Candidate[];
  problem: ReportError | null;
}

function readFile(
  table: SourceTable,
  heads: readonly [Head, ...Head[]],
  settings: SourcesSettings,
): NamedFile {
  const readings = heads.map((head) => candidatesOf(head, settings));
  const candidates = readings.flatMap((each) => each.find((candidate) => candidate.table === table) ?? []);
  const whole = candidates.filter(({ map }) => map.missing.length === 0);
  const best = readings.flatMap((each) => bestReading(each) ?? []).filter((each) => each.table === table);
  const fitting = best.length > 0 ? best : whole;
  const groups = groupDeliveries(fitting);
  const [group] = groups;
  if (groups.length > 1) return { taken: [], problem: ambiguousTable(table, fitting) };
  if (group === undefined) {
    const [other] = readings.flatMap((each) => bestReading(each) ?? []);
    if (other) return { taken: [], problem: otherTable(table, other) };
    const [nearest] = [...candidates].sort((a, b) => b.score - a.score);
    return { taken: [], problem: nearest ? missingColumn(nearest) : noColumns(table, heads[0]) };
  }
  const problem = group.map(duplicateColumn).find((each) => each !== null) ?? null;
  return { taken: group, problem };
}

function nothingNamed({ label }: SourceTable): ReportError {
  return dataError(
    'missing-table',
    `None of the files that sources.${label}.path names can be read as a table.`,
    `Name the files of ${label} there, or leave it out to have them found.`,
  );
}

function otherTable(table: SourceTable, other: Candidate): ReportError {
  return dataError(
    'missing-column',
    `sources.${table.label}.path names ${other.head.name}, but that looks like ${other.table.label}. Required for ${table.label} are: ${neededColumns(table)}.`,
    `Name the file of ${table.label} there, or leave it out to have it found.`,
  );
}

function noColumns(table: SourceTable, head: Head): ReportError {
  const first = head.records[0]?.fields ?? [];
  return dataError(
    'missing-column',
    `${head.name} has no column of ${table.label}. Its first line is: ${listed(first)}. Required are: ${neededColumns(table)}.`,
    `Name another file under sources.${table.label}.path, or say which column is which under sources.${table.label}.columns.`,
  );
}

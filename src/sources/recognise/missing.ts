import type { ReportError } from '../../errors.js';
import { dataError } from '../source-file.js';
import type { SourceTable } from '../tables.js';
import { isNear } from './best-reading.js';
import type { Candidate } from './candidate.js';
import { readFileName } from './file-name.js';
import { belongsTo, continues } from './group.js';
import { clauseOf, listed, missingColumn, neededColumns, setting } from './problems.js';
import type { UnreadFile } from './types.js';

const EXPORT_AGAIN = 'Export it again as CSV UTF-8 or .xlsx; remove it if it is none of the data.';

/** A head that was not taken for a table, read as that table. */
export interface Miss {
  candidate: Candidate;
  /** Why not, as a clause: "has no column revenue". */
  why: string;
  /** Whether nobody has it, another table has it, or another table has it only because the configuration says so. */
  owner: 'nobody' | 'other' | 'misnamed';
}

/** Whose files are mentioned first. */
const OWNERS: readonly Miss['owner'][] = ['misnamed', 'nobody', 'other'];

/**
 * The error for a table of which no file was found: what it needs, the file that comes nearest, and what else lies there.
 * Where a file is the table by its name, the error is what is wrong with it. A file of another table is never suggested.
 *
 * @param others names of the files that are no table
 */
export function missingTable(
  table: SourceTable,
  folder: string,
  misses: readonly Miss[],
  unread: readonly UnreadFile[],
  others: readonly string[],
): ReportError {
  const isCalled = ({ candidate }: Miss) => candidate.name.table === table.label;
  const [nearest] = misses
    .filter(({ candidate }) => isNear(candidate))
    .sort(
      (a, b) =>
        OWNERS.indexOf(a.owner) - OWNERS.indexOf(b.owner) ||
        Number(isCalled(b)) - Number(isCalled(a)) ||
        b.candidate.score - a.candidate.score,
    );
  if (nearest && isCalled(nearest) && nearest.candidate.map.missing.length > 0) {
    return missingColumn(nearest.candidate);
  }
  const broken = unread.find((file) => isBroken(file) && readFileName(file).table === table.label);
  if (broken) return broken.problem;
  const lack = `${folder} has no file for ${table.label}, which needs the columns ${neededColumns(table)}.`;
  const impostor = unread.find((file) => isNamedAs(table, file));
  if (impostor) {
    return dataError('missing-table', `${lack} ${impostor.problem.message}`, EXPORT_AGAIN);
  }
  const instead = nearest
    ? `${nearest.candidate.head.name} comes nearest, but ${nearest.why}.`
    : others.length > 0
      ? `Not used so far: ${listed(others, 8)}.`
      : '';
  const hint = nearest?.owner === 'misnamed' ? 'Correct that path.' : suggestion(table, nearest, others);
  return dataError('missing-table', `${lack} ${instead}`.trim(), hint);
}

function suggestion(table: SourceTable, nearest: Miss | undefined, others: readonly string[]): string {
  const free = nearest?.owner === 'nobody' ? nearest.candidate.head.file.name : null;
  if (free === null && others.length === 0) return 'Put the file there.';
  return `Put the file there, or say which one it is with ${setting(table.label, 'path', free ?? 'its name')}.`;
}

/**
 * The error for a file that is one of a table's weekly files, or the like, by its name, and cannot be loaded: to leave it
 * out would lose its rows. null where there is none.
 */
export function lostDelivery(
  table: SourceTable,
  taken: readonly Candidate[],
  misses: readonly Miss[],
  unread: readonly UnreadFile[],
): ReportError | null {
  const broken = unread.find((file) => isBroken(file) && belongsTo(readFileName(file), taken));
  if (broken) return broken.problem;
  const impostor = unread.find((file) => continues(readFileName(file), taken));
  if (impostor) {
    const what = clauseOf(impostor.name, impostor.problem.message);
    return dataError(
      'lost-file',
      `${impostor.name} lies among the files of ${table.label}, but ${what}.`,
      EXPORT_AGAIN,
    );
  }
  const miss = misses.find(({ candidate }) => isNear(candidate) && belongsTo(candidate.name, taken));
  if (miss === undefined) return null;
  const { candidate, why } = miss;
  if (candidate.map.missing.length > 0) return missingColumn(candidate);
  return dataError(
    'lost-file',
    `${candidate.head.name} lies among the files of ${candidate.table.label}, but ${why}.`,
    `Mend or remove it, or name the files that count with ${setting(candidate.table.label, 'path', ['…'])}.`,
  );
}

/** Whether a file that is no table has the name of one and nothing else: "tracking_data.csv". */
function isNamedAs({ label }: SourceTable, { name }: UnreadFile): boolean {
  const { pattern, folder } = readFileName({ name });
  return pattern === readFileName({ name: folder === '' ? label : `${folder}/${label}` }).pattern;
}

function isBroken({ problem }: UnreadFile): boolean {
  return problem.code !== 'not-a-table';
}

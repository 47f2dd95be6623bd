import { byKey } from './by-key.js';
import type { Candidate } from './candidate.js';
import type { FileName } from './file-name.js';

/** Files of one table whose rows add up; at least one. */
export type Delivery = [Candidate, ...Candidate[]];

/**
 * Puts together the candidates of one table that are deliveries of one kind, whose rows add up: files whose names differ in
 * dates and numbers only ("orders-2026-05.csv", "orders-2026-06.csv"), and files with the same columns in a folder of their
 * own. Everything else stands alone, for two files of one table may also be two versions of it.
 */
export function groupDeliveries(candidates: readonly Candidate[]): Delivery[] {
  const groups = byKey(candidates, ({ name }) => name.pattern).flatMap((group) =>
    addUp(group) ? [group] : group.map((candidate): Delivery => [candidate]),
  );
  const folders = byKey(groups, ([first], index) => folderKey(first) ?? `alone ${index}`);
  return folders.flatMap((together): Delivery[] => {
    const patterns = new Set(together.map(([first]) => first.name.pattern));
    const [[first, ...others]] = together;
    return patterns.size === together.length ? [[first, ...others, ...together.slice(1).flat()]] : together;
  });
}

/** Whether a file would belong to a group by its name: other dates or numbers, or the same folder of their own. */
export function belongsTo(name: FileName, group: readonly Candidate[]): boolean {
  if (name.doubt !== null) return false;
  const sharesFolder = group.some(
    ({ name: other, table }) => name.folder === other.folder && other.folderOf === table.label,
  );
  return sharesFolder || continues(name, group);
}

/** Whether a file has the name of one of a group, but for other dates or numbers. */
export function continues(name: FileName, group: readonly Candidate[]): boolean {
  if (name.doubt !== null || name.marks === '') return false;
  return group.some(
    ({ name: { pattern, marks } }) => name.pattern === pattern && marks !== '' && name.marks !== marks,
  );
}

function addUp(group: readonly Candidate[]): boolean {
  const marks = group.map(({ name }) => name.marks);
  const lengths = new Set(marks.map((mark) => mark.split('-').length));
  return !marks.includes('') && lengths.size === 1 && new Set(marks).size === marks.length;
}

/** The folder of its own in which a candidate lies, with its columns; null where it lies in none or may be a version. */
function folderKey({ name, table, map }: Candidate): string | null {
  const isOwn = name.folderOf === table.label || name.folderOf === 'deliveries';
  if (!isOwn || name.version !== null) return null;
  const columns = map.found.map((column) => column.name).sort();
  return `${name.folder}: ${columns.join(' ')}`;
}

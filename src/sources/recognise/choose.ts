import type { ReportError } from '../../errors.js';
import type { SourceTable } from '../tables.js';
import type { Candidate } from './candidate.js';
import { groupDeliveries } from './group.js';
import { looksMerged, strangersIn } from './merged.js';
import { ambiguousTable, listed, mergedTable } from './problems.js';

/** What was chosen for one table, of all candidates for it. */
export interface Choice {
  /** The files of the table, in the order given; none where there is a problem. */
  taken: readonly Candidate[];
  leftOut: readonly { candidate: Candidate; why: string }[];
  problem: ReportError | null;
}

interface Group {
  table: SourceTable;
  files: readonly [Candidate, ...Candidate[]];
  /** Columns of other tables. */
  strangers: readonly string[];
  isMerged: boolean;
  /** 2: named as the table is; 1: by another word for it; 0: the name says nothing of it. */
  call: number;
  doubt: string | null;
  /** Whether its name tells it apart from another version: "final", "v2". */
  isVersion: boolean;
  /** Canonical names of its columns. */
  columns: ReadonlySet<string>;
}

/**
 * Chooses the files of one table. A merged or doubtful file gives way to any other; a file whose name says nothing, to
 * one that is called as the table and has more of its columns. Several files are taken together only when they are
 * deliveries of one kind; other rivals are a problem, never a guess.
 *
 * @param candidates complete, and best read as this table
 * @param readings of a candidate: the same head read as each table
 */
export function chooseFiles(
  candidates: readonly Candidate[],
  readings: (candidate: Candidate) => readonly Candidate[],
): Choice {
  const groups = groupDeliveries(candidates).map((files) => describe(files, readings));
  const whole = groups.filter(({ isMerged }) => !isMerged);
  const sound = whole.filter(({ doubt }) => doubt === null);
  const pool = sound.length > 0 ? sound : whole;
  const [first] = pool;
  if (first === undefined) return onlyMerged(groups);

  const best = pool.reduce((top, next) => (isBetter(next, top) ? next : top), first);
  const rivals = groups.filter((group) =>
    pool.includes(group) ? group === best || !isLesser(group, best) : isCalledMerged(group, best),
  );
  const lost = groups.filter((group) => !rivals.includes(group));
  const leftOut = lost.flatMap((group) => without(group, reasonAgainst(group, best, sound.length > 0)));
  if (rivals.length === 1) return { taken: best.files, leftOut, problem: null };
  const open = rivals.flatMap((group) =>
    without(group, `could be ${best.table.label}, as other files could`),
  );
  return {
    taken: [],
    leftOut: [...leftOut, ...open],
    problem: ambiguousTable(
      best.table,
      rivals.flatMap(({ files }) => files),
    ),
  };
}

/** Files of which at least one looks merged, and none other is there. */
function onlyMerged(groups: readonly Group[]): Choice {
  const [group] = groups;
  const [example] = group?.files ?? [];
  const leftOut = groups.flatMap((each) => without(each, mergedReason(each)));
  return { taken: [], leftOut, problem: group && example ? mergedTable(example, group.strangers) : null };
}

function describe(
  files: readonly [Candidate, ...Candidate[]],
  readings: (candidate: Candidate) => readonly Candidate[],
): Group {
  const [{ table, name }] = files;
  const strangers = files.map((file) => strangersIn(file, readings(file)));
  const isCalled = name.table === table.label;
  return {
    table,
    files,
    strangers: [...new Set(strangers.flat())],
    isMerged: files.some((file, index) => looksMerged(file, strangers[index] ?? [])),
    call: isCalled ? (name.isOwnName ? 2 : 1) : 0,
    doubt: files.map((file) => file.name.doubt).find((doubt) => doubt !== null) ?? null,
    isVersion: files.some((file) => file.name.version !== null),
    columns: new Set(files.flatMap(({ map }) => map.found.map((column) => column.name))),
  };
}

function isBetter(a: Group, b: Group): boolean {
  if (a.call !== b.call) return a.call > b.call;
  const isPure = ({ strangers }: Group) => strangers.length === 0;
  if (isPure(a) !== isPure(b)) return isPure(a);
  return a.columns.size > b.columns.size;
}

/** Whether a group that looks merged is the only one that is called as the table, so that it is no mere decoy. */
function isCalledMerged(group: Group, best: Group): boolean {
  return group.isMerged && group.doubt === null && group.call > 0 && best.call === 0;
}

/** Whether a group can be left out without a question: it says less of itself, and it is poorer or mixed with other things. */
function isLesser(group: Group, best: Group): boolean {
  if (group.call > best.call) return false;
  if (group.strangers.length > 0 && best.strangers.length === 0 && !group.isVersion) return true;
  return group.call < best.call && [...best.columns].some((column) => !group.columns.has(column));
}

function reasonAgainst(group: Group, best: Group, hasSound: boolean): string {
  if (group.isMerged) return mergedReason(group);
  if (group.doubt !== null && hasSound) {
    return `"${group.doubt}" in its name speaks against it, and ${nameOf(best)} fits`;
  }
  const strangers = group.strangers.length > 0 ? `; it has ${listed(group.strangers, 5)} as well` : '';
  return `could be ${best.table.label}, but ${nameOf(best)} fits better${strangers}`;
}

function mergedReason({ strangers }: Group): string {
  return `looks like several tables merged into one: it has ${listed(strangers, 5)} as well`;
}

function nameOf({ files: [first, ...others] }: Group): string {
  return others.length === 0 ? first.head.name : `${first.head.name} (one of ${others.length + 1} files)`;
}

function without({ files }: Group, why: string): Choice['leftOut'] {
  return files.map((candidate) => ({ candidate, why }));
}

import type { Head } from '../row-file.js';
import type { SourcesSettings } from '../settings.js';
import type { RecognisedFile } from '../source-file.js';
import { SOURCE_TABLES, type SourceTable } from '../tables.js';
import type { Candidate } from './candidate.js';
import { copiesAmong } from './copies.js';
import { chooseTable, fatesOf, problemOf, readFreeHead, whyIdle } from './free-heads.js';
import type { Miss } from './missing.js';
import { betterReading, readNamed } from './named.js';
import { clauseOf } from './problems.js';
import type { FolderHeads, LeftOut, Survey } from './types.js';

/**
 * Tells which head is which of the four tables, and which column is which: by its columns and the look of its first values
 * first, by its name second. No file is read, and nothing is guessed: what could be two things is a problem.
 *
 * The codes of the problems: missing-table, missing-sheet, missing-column, duplicate-column, ambiguous-table, merged-table, lost-file, and
 * those of files that could not be read.
 */
export function surveyFiles(folder: FolderHeads, settings: SourcesSettings): Survey {
  const named = SOURCE_TABLES.flatMap((table) => {
    const heads = folder.named[table.label];
    return heads ? [{ table, ...readNamed(table, heads, settings) }] : [];
  });
  const used = new Set(named.flatMap(({ taken }) => taken.map(({ head }) => head.name)));
  const spare = folder.heads.filter(({ name }) => !used.has(name));
  const copies = copiesAmong(spare);
  const free = spare.filter(({ name }) => !copies.has(name)).map((head) => readFreeHead(head, settings));
  const open = SOURCE_TABLES.filter(({ label }) => folder.named[label] === undefined);
  const choices = open.map((table) => chooseTable(table, free));
  const fates = fatesOf(choices);
  const placed = new Set(choices.flatMap(({ taken }) => taken.map(({ head }) => head)));
  const misnamed = named.flatMap(({ table }) =>
    (folder.named[table.label] ?? []).flatMap((head) => misnaming(table, head, used, settings)),
  );
  const found = choices.map((choice) => {
    const problem = problemOf(choice, free, placed, fates, misnamed, folder);
    return problem ? { ...choice, taken: [], problems: [problem] } : { ...choice, problems: [] };
  });

  const tables = [...named, ...found];
  const taken = new Set(tables.flatMap((table) => table.taken.map(({ head }) => head.name)));
  const idle = new Map(free.map((each) => [each.head.name, whyIdle(each)]));
  const whyOf = (name: string) => {
    const original = copies.get(name);
    if (original !== undefined) return `has the same size and first rows as ${original}`;
    return fates.get(name) ?? idle.get(name) ?? NAMED_IN_VAIN;
  };
  const isNamed = ({ table }: Candidate) => folder.named[table.label] !== undefined;
  const filesOf = (label: string) =>
    tables
      .filter(({ table }) => table.label === label)
      .flatMap(({ taken }) =>
        taken.map((each) => recognised(each, isNamed(each) ? whyNamed(each, settings) : whyTaken(each))),
      );
  return {
    files: {
      influencers: filesOf('influencers'),
      posts: filesOf('posts'),
      tracking_data: filesOf('tracking_data'),
      payouts: filesOf('payouts'),
    },
    leftOut: leftOutOf(folder, taken, whyOf),
    problems: SOURCE_TABLES.flatMap((table) =>
      tables.filter((each) => each.table === table).flatMap(({ problems }) => problems),
    ),
  };
}

function recognised(candidate: Candidate, why: string): RecognisedFile {
  const { table, head, headerLine, header, map } = candidate;
  return { table, head, headerLine, header, found: map.found, ignoredColumns: map.ignored, why };
}

function whyNamed(candidate: Candidate, settings: SourcesSettings): string {
  const better = betterReading(candidate.table, candidate.head, settings);
  const doubt = better ? `, although it looks like ${better.table.label}` : '';
  return `sources.${candidate.table.label}.path names it${doubt}`;
}

/** A head of a file that the configuration names for one table, as a miss of the table that it looks like. */
function misnaming(
  table: SourceTable,
  head: Head,
  used: ReadonlySet<string>,
  settings: SourcesSettings,
): Miss[] {
  const better = betterReading(table, head, settings);
  if (better === null) return [];
  const owner = head.sheet !== null && !used.has(head.name) ? 'nobody' : 'misnamed';
  return [{ candidate: better, why: `only sources.${table.label}.path names it`, owner }];
}

function whyTaken({ table, map, name }: Candidate): string {
  const columns = `${map.found.length} of ${table.columns.length} columns`;
  const doubt = name.doubt === null ? '' : `, although its name says "${name.doubt}"`;
  return `${columns}${name.table === table.label ? ' and its name' : ''}${doubt}`;
}

/** Of a workbook that is named, the sheets that are not the table, and more of the like. */
const NAMED_IN_VAIN = 'is named by the configuration, but does not have the columns';

function leftOutOf(
  folder: FolderHeads,
  taken: ReadonlySet<string>,
  whyOf: (name: string) => string,
): LeftOut[] {
  const heads = [...folder.heads, ...Object.values(folder.named).flat()].map(({ name }) => name);
  const spare = [...new Set(heads)].filter((name) => !taken.has(name));
  return [
    ...spare.map((name) => ({ name, why: whyOf(name) })),
    ...folder.unread.map(({ name, problem }) => ({ name, why: clauseOf(name, problem.message) })),
  ];
}

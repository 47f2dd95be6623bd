import type { ReportError } from '../../errors.js';
import type { Head } from '../row-file.js';
import type { TableLabel } from '../settings.js';
import type { RecognisedFile } from '../source-file.js';

/** What was read of the files of a run. */
export interface FolderHeads {
  /** The data folder, as messages name it. */
  folder: string;
  /** Of the files that lie in the data folder. */
  heads: readonly Head[];
  /** Of the files that `sources.<table>.path` names, by table; these tables are not looked for elsewhere. */
  named: Readonly<Partial<Record<TableLabel, readonly Head[]>>>;
  /** Files of the data folder without a head, and why. */
  unread: readonly UnreadFile[];
}

export interface UnreadFile {
  /** As messages name it. */
  name: string;
  /** Its code is `not-a-table` where there is nothing to read. */
  problem: ReportError;
}

/** Which file is which table, as far as that can be told. Every head and unread file given is among `files` or `leftOut`. */
export interface Survey {
  files: Readonly<Record<TableLabel, readonly RecognisedFile[]>>;
  leftOut: readonly LeftOut[];
  /** What stands in the way (exit code 3), in the order of the tables; a table with a problem has no files. */
  problems: readonly ReportError[];
}

export interface LeftOut {
  /** As messages name it. */
  name: string;
  /** A clause about it: "looks like payouts, but has no column total_payout". */
  why: string;
}

import type { TableCounts } from '../sources/load/load-table.js';
import type { QuarantinedRow } from '../sources/source-file.js';

export type { QuarantinedRow, TableCounts as TableRows };

/** What was noticed while a file was read. */
export interface FileFacts {
  /** Label of the table. */
  table: string;
  file: string;
  /** Header names that the report does not use. */
  ignoredColumns: readonly string[];
  /** What was assumed or altered, in sentences. */
  notes: readonly string[];
}

/** What the load tells the checks. */
export interface LoadFacts {
  tables: readonly TableCounts[];
  files: readonly FileFacts[];
  quarantined: readonly QuarantinedRow[];
}

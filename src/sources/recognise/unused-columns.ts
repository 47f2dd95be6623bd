import type { RecognisedFile } from '../source-file.js';
import { namesOf } from './aliases.js';
import { spelling } from './spelling.js';

/**
 * The header names that the report does not use, for people to read; of one that could stand for a column that another one
 * is taken for, that is said: `Net Sales (could be revenue too)`.
 */
export function unusedColumns({ table, found, ignoredColumns }: RecognisedFile): string[] {
  return ignoredColumns.map((header) => {
    const uses = namesOf(table.label).get(spelling(header)) ?? [];
    const use = uses.find(({ column, rank }) => rank < 2 && found.some(({ name }) => name === column));
    return `${header.replace(/\s+/g, ' ')}${use ? ` (could be ${use.column} too)` : ''}`;
  });
}

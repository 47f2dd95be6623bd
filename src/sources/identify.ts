import path from 'node:path';
import { findFiles } from './files/find-files.js';
import { readHeads } from './files/read-heads.js';
import { surveyFiles } from './recognise/survey.js';
import type { Survey, UnreadFile } from './recognise/types.js';
import type { Head } from './row-file.js';
import { NO_SETTINGS, type SourcesSettings, type TableLabel } from './settings.js';
import { dataError } from './source-file.js';
import { SOURCE_TABLES } from './tables.js';

/**
 * Looks at the beginning of every file of the data folder, and of those that the configuration names, and tells which table each
 * is.
 *
 * @throws ReportError (exit code 3) for a folder that cannot be read, a path that matches nothing, a named file that cannot be read
 */
export async function identifySources(dataDir: string, settings: SourcesSettings): Promise<Survey> {
  const unread: UnreadFile[] = [];
  const namedPaths = new Set<string>();
  const named: Partial<Record<TableLabel, Head[]>> = {};
  for (const { label } of SOURCE_TABLES) {
    const table = settings[label];
    if (table.path.length === 0) continue;
    const heads: Head[] = [];
    for (const file of await findFiles(dataDir, table.path)) {
      namedPaths.add(file.path);
      const found = await readHeads(file, table);
      heads.push(...found.heads);
      const isNamedItself = table.path.some((named) => path.resolve(dataDir, named) === file.path);
      if (found.problem?.code === 'not-a-table' && !isNamedItself)
        unread.push({ name: file.name, problem: found.problem });
      else if (found.problem) throw found.problem;
    }
    named[label] = heads;
  }

  const heads: Head[] = [];
  const looksAround = SOURCE_TABLES.some(({ label }) => named[label] === undefined);
  for (const file of looksAround ? await findFiles(dataDir, []) : []) {
    if (namedPaths.has(file.path)) continue;
    const found = await readHeads(file, NO_SETTINGS);
    heads.push(...found.heads);
    if (found.problem) unread.push({ name: file.name, problem: found.problem });
  }
  return surveyFiles({ folder: dataDir, heads, named, unread }, settings);
}

/**
 * Refuses a folder in which a table is missing or cannot be told apart; several problems are told at once.
 *
 * @throws ReportError (exit code 3)
 */
export function assertIdentified({ problems }: Survey): void {
  const [first, ...others] = problems;
  if (!first) return;
  if (others.length === 0) throw first;
  const lines = problems.map(({ message, hint }) => [message, hint].filter(Boolean).join(' '));
  throw dataError(
    first.code,
    lines.join('\n'),
    'With sources.<table>.path in the configuration you say which file is which; roi-report init writes one for a folder.',
  );
}

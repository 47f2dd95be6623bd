import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { reportSchema } from '../report/schema.js';

const REPLACED_FILES = ['report.pdf', 'report.html', 'report.xlsx', 'quarantine.csv'];
const TABLES = 'tables';

/**
 * The exported tables that earlier runs wrote into an edition's folder: those of the report.json that lies there. Other files beside them
 * are the user's own.
 *
 * @returns paths below the folder, with `/`
 */
export async function earlierTables(folder: string): Promise<string[]> {
  const names = await readdir(path.join(folder, TABLES)).catch(() => []);
  if (names.length === 0) return [];
  const known = await tablesOf(path.join(folder, 'report.json'));
  return names
    .filter((name) => known.has(name.replace(/\.(?:csv|parquet)$/, '')))
    .map((name) => `${TABLES}/${name}`);
}

/**
 * Removes what an earlier run wrote into an edition's folder and this one did not write, so that the files in it never
 * disagree. Other files stay.
 *
 * @param written - path below the folder → content, as given to `writeFiles`
 * @param tables - what `earlierTables` found before the writing
 * @throws ReportError `output-unwritable` (exit code 2) that names the file
 */
export async function removeStaleFiles(
  folder: string,
  written: ReadonlyMap<string, string | Uint8Array>,
  tables: readonly string[],
): Promise<void> {
  for (const name of [...REPLACED_FILES, ...tables]) {
    if (written.has(name)) continue;
    const file = path.join(folder, name);
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw new ReportError(`${file} is of an earlier run and cannot be removed: ${messageOf(error)}.`, {
        code: 'output-unwritable',
        exitCode: EXIT.usage,
        hint: 'Remove it: its figures may differ from those in the new report.json.',
        cause: error,
      });
    }
  }
  // Refused where something is left in it.
  if (tables.length > 0) await rmdir(path.join(folder, TABLES)).catch(() => {});
}

/** `<section>.<table>` of each table; none where the report cannot be read. */
async function tablesOf(reportFile: string): Promise<Set<string>> {
  try {
    const report = reportSchema.parse(JSON.parse(await readFile(reportFile, 'utf8')));
    return new Set(report.sections.flatMap(({ id, tables }) => tables.map((table) => `${id}.${table.id}`)));
  } catch {
    return new Set();
  }
}

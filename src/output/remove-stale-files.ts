import { rm } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';

const REPLACED_FILES = ['report.pdf', 'report.html', 'quarantine.csv'];

/**
 * Removes what an earlier run wrote into an edition's folder and this one did not write, so that the files in it never
 * disagree. Other files stay.
 *
 * @param written - file name → content, as given to `writeFiles`
 * @throws ReportError `output-unwritable` (exit code 2) that names the file
 */
export async function removeStaleFiles(
  folder: string,
  written: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  for (const name of REPLACED_FILES) {
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
}

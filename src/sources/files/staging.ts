import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeTemporaryFolder, removeStaleFolders } from '../../folders/temporary.js';

/** A private folder for plain copies of what the user handed in. */
export interface Staging {
  /** Absolute path. */
  folder: string;
  /** Absolute path for a new CSV file; `label` is the beginning of its name. */
  newFile(label: string): string;
  /** Removes the folder with all that is in it. */
  remove(): Promise<void>;
}

const LABEL = 'roi-report-staging';

/**
 * Makes a staging folder that nobody else may read (mode 0700); the caller removes it. Those of runs that were killed before
 * they could are removed now.
 */
export async function openStaging(): Promise<Staging> {
  await removeStaleFolders(os.tmpdir(), LABEL);
  const folder = await makeTemporaryFolder(os.tmpdir(), LABEL);
  return {
    folder,
    newFile: (label) => path.join(folder, `${label}-${randomUUID()}.csv`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

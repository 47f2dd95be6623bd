import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const host = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);

/**
 * Makes a private folder (mode 0700) named after this machine and process, `<label>-<host>-<pid>-<random>`.
 * @returns its absolute path
 */
export function makeTemporaryFolder(parent: string, label: string): Promise<string> {
  return mkdtemp(path.join(parent, `${label}-${host}-${process.pid}-`));
}

/**
 * Removes the folders that `makeTemporaryFolder` made under this label for processes which were killed before
 * they could clean up. Folders of other users and other machines stay; a folder that resists is left in peace.
 */
export async function removeStaleFolders(parent: string, label: string): Promise<void> {
  const names = await readdir(parent);
  const prefix = `${label}-${host}-`;
  await Promise.all(
    names
      .filter(
        (name) => name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length).split('-')[0])),
      )
      .map((name) => removeOwn(path.join(parent, name)).catch(() => {})),
  );
}

async function removeOwn(folder: string): Promise<void> {
  const { uid } = await lstat(folder);
  if (uid === (process.getuid?.() ?? uid)) await rm(folder, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

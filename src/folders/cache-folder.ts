import { rmSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { makeTemporaryFolder, removeStaleFolders } from './temporary.js';

/**
 * The folder that keeps unpacked files between runs: `$ROI_REPORT_CACHE`, else `roi-report` in
 * `$XDG_CACHE_HOME` or `~/.cache`. What is missing is made with mode 0700.
 * @returns its absolute path, or undefined where the user named none and the usual place cannot be made
 * @throws ReportError `cache-folder` when the folder belongs to another user, is writable by others, or was named and
 *   cannot be made
 */
export async function privateCacheFolder(): Promise<string | undefined> {
  const named = process.env.ROI_REPORT_CACHE;
  let folder: string;
  try {
    folder = named ? path.resolve(named) : path.join(userCacheFolder(), 'roi-report');
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!named) return undefined;
    throw new ReportError(`Cannot make the cache folder ${named}: ${messageOf(error)}`, {
      code: 'cache-folder',
      exitCode: EXIT.rendering,
      hint: 'Set ROI_REPORT_CACHE to a folder that you may write, or unset it.',
      cause: error,
    });
  }
  await assertPrivate(folder);
  return folder;
}

let temporaryCache: Promise<string> | undefined;

/** A private folder that lives as long as this process, for machines where no cache folder can be written. */
export function temporaryCacheFolder(): Promise<string> {
  temporaryCache ??= makeTemporaryCache();
  return temporaryCache;
}

async function makeTemporaryCache(): Promise<string> {
  const label = 'roi-report-cache';
  await removeStaleFolders(os.tmpdir(), label);
  const folder = await makeTemporaryFolder(os.tmpdir(), label);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function userCacheFolder(): string {
  const xdg = process.env.XDG_CACHE_HOME;
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(os.homedir(), '.cache');
}

/** A program that runs from a folder which others can write is a program that others can replace. */
async function assertPrivate(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder);
  const ownUid = process.getuid?.();
  if (ownUid === undefined) return;
  if (uid !== ownUid) {
    throw new ReportError(`The cache folder ${folder} belongs to another user (uid ${uid}).`, {
      code: 'cache-folder',
      exitCode: EXIT.rendering,
      hint: 'Set ROI_REPORT_CACHE to a folder of your own.',
    });
  }
  if ((mode & 0o022) !== 0) {
    throw new ReportError(`The cache folder ${folder} can be written by other users.`, {
      code: 'cache-folder',
      exitCode: EXIT.rendering,
      hint: `Run: chmod 700 '${folder}'`,
    });
  }
}

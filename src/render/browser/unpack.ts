import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeTemporaryFolder, removeStaleFolders } from '../../folders/temporary.js';

const MANIFEST = 'unpacked.json';
const TEMPORARY = '.unpack';

interface UnpackedFile {
  path: string;
  size: number;
  mode: number;
  modified: number;
  sha256: string;
}

/**
 * Fills `folder` once, whoever else tries at the same time: `fill` writes into a temporary sibling, a manifest of
 * sizes, modes and hashes is added, and one rename puts it in place. A damaged folder is replaced; nothing is left
 * behind on failure.
 * @throws what `fill` throws, the reason of an aborted signal, or a file system error
 */
export async function unpackOnce(
  folder: string,
  fill: (temporary: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const parent = path.dirname(folder);
  await removeStaleFolders(parent, TEMPORARY);
  const temporary = await makeTemporaryFolder(parent, TEMPORARY);
  try {
    await fill(temporary);
    const files = await describeFiles(temporary);
    await writeFile(path.join(temporary, MANIFEST), JSON.stringify({ files }), { mode: 0o600 });
    signal.throwIfAborted();
    await putInPlace(temporary, folder);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * Whether `folder` still holds what `unpackOnce` put there. Sizes, modes and times of change are compared; only a file
 * whose time differs (a copied or restored cache) is hashed.
 */
export async function isIntact(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8'));
    const files = (manifest as { files: UnpackedFile[] }).files;
    const checks = await Promise.all(files.map((file) => isUnchanged(folder, file)));
    return checks.length > 0 && checks.every((unchanged) => unchanged);
  } catch {
    return false;
  }
}

async function isUnchanged(folder: string, file: UnpackedFile): Promise<boolean> {
  const name = path.join(folder, file.path);
  const found = await lstat(name);
  if (!found.isFile() || found.size !== file.size || found.mode !== file.mode) return false;
  return Math.trunc(found.mtimeMs) === file.modified || (await sha256(name)) === file.sha256;
}

async function describeFiles(folder: string): Promise<UnpackedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    names.map(async (name) => {
      const { size, mode, mtimeMs } = await lstat(name);
      return {
        path: path.relative(folder, name),
        size,
        mode,
        modified: Math.trunc(mtimeMs),
        sha256: await sha256(name),
      };
    }),
  );
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function putInPlace(temporary: string, folder: string): Promise<void> {
  if (await tryRename(temporary, folder)) return;
  if (await isIntact(folder)) return;
  const damaged = `${temporary}-damaged`;
  try {
    await tryRename(folder, damaged);
    if (!(await tryRename(temporary, folder)) && !(await isIntact(folder))) {
      throw new Error(`${folder} cannot be replaced.`);
    }
  } finally {
    await rm(damaged, { recursive: true, force: true });
  }
}

/** @returns false where something is in the way (another process was quicker), or what was to be moved is gone */
async function tryRename(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' || code === 'ENOENT') return false;
    throw error;
  }
}

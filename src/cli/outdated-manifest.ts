import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { manifestSchema, outputsOf } from '../ci/manifest.js';

const MANIFEST = 'manifest.json';

/**
 * Removes the manifest of an earlier build from a folder whose files it no longer describes.
 *
 * @param files - what has been written there since, by name
 * @returns whether it was there and is removed
 */
export async function removeOutdatedManifest(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<boolean> {
  const file = path.join(folder, MANIFEST);
  const described = await readFile(file, 'utf8')
    .then((text) => manifestSchema.safeParse(JSON.parse(text)).data?.outputs)
    .catch(() => undefined);
  if (described === undefined) return false;
  const isSame = outputsOf(files).every(({ file: name, sha256 }) =>
    described.some((output) => output.file === name && output.sha256 === sha256),
  );
  if (isSame) return false;
  await rm(file, { force: true });
  return true;
}

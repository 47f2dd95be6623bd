import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeTemporaryFolder, removeStaleFolders } from '../../src/folders/temporary.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let parent: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: parent, remove } = await temporaryFolder());
});
afterEach(() => remove());

it('makes private folders, a new one each time', async () => {
  const one = await makeTemporaryFolder(parent, 'part');
  const two = await makeTemporaryFolder(parent, 'part');
  expect(one).not.toBe(two);
  expect((await stat(one)).mode & 0o777).toBe(0o700);
});

it('removes what dead processes left, and nothing else', async () => {
  const own = path.basename(await makeTemporaryFolder(parent, 'part'));
  const dead = own.replace(`-${process.pid}-`, `-${spawnSync(process.execPath, ['-e', '']).pid}-`);
  await mkdir(path.join(parent, dead));
  await writeFile(path.join(parent, dead, 'file'), 'left');
  const kept = [own, dead.replace('part-', 'other-'), 'part', 'part-00000000-1-elsewhere', 'part-notes'];
  for (const name of kept.slice(1)) await mkdir(path.join(parent, name));
  await removeStaleFolders(parent, 'part');
  expect((await readdir(parent)).sort()).toEqual(kept.sort());
});

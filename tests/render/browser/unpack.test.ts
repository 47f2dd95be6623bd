import { chmod, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isIntact, unpackOnce } from '../../../src/render/browser/unpack.js';
import { temporaryFolder } from './browser-programs.js';

const { signal } = new AbortController();
let parent: string;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: parent, remove } = await temporaryFolder());
  folder = path.join(parent, 'unpacked-1');
});
afterEach(() => remove());

async function fill(temporary: string): Promise<void> {
  await mkdir(path.join(temporary, 'deep'));
  await writeFile(path.join(temporary, 'deep', 'program'), 'original', { mode: 0o700 });
  await writeFile(path.join(temporary, 'empty'), '');
}

const program = () => path.join(folder, 'deep', 'program');

it('puts a private folder in place with a manifest of all files, and leaves nothing beside it', async () => {
  await unpackOnce(folder, fill, signal);
  expect(await isIntact(folder)).toBe(true);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(parent)).toEqual(['unpacked-1']);
  const manifest = JSON.parse(await readFile(path.join(folder, 'unpacked.json'), 'utf8'));
  expect(manifest.files).toContainEqual({
    path: path.join('deep', 'program'),
    size: 8,
    mode: 0o100700,
    modified: expect.any(Number),
    // printf original | sha256sum
    sha256: '0682c5f2076f099c34cfdd15a9e063849ed437a49677e6fcc5b4198c76575be5',
  });
  expect(manifest.files).toHaveLength(2);
});

it.each<[string, () => Promise<void>]>([
  ['longer', () => writeFile(program(), 'original and more')],
  ['of the same length', () => writeFile(program(), 'tampered').then(() => utimes(program(), 1, 1))],
  ['of another mode', () => chmod(program(), 0o777)],
  ['gone', () => rm(program())],
  ['a link', () => rm(program()).then(() => symlink(path.join(folder, 'empty'), program()))],
])('sees a file that is %s, and replaces the folder', async (_what, tamper) => {
  await unpackOnce(folder, fill, signal);
  await utimes(program(), 0, 0);
  await tamper();
  expect(await isIntact(folder)).toBe(false);
  await unpackOnce(folder, fill, signal);
  expect(await isIntact(folder)).toBe(true);
  expect(await readFile(program(), 'utf8')).toBe('original');
  expect(await readdir(parent)).toEqual(['unpacked-1']);
});

it('trusts a copied cache whose times differ but not its content', async () => {
  await unpackOnce(folder, fill, signal);
  await utimes(program(), 1, 1);
  expect(await isIntact(folder)).toBe(true);
});

it.each(['', 'null', '{}', '{"files":[]}', '{"files":[null]}'])(
  'does not trust the manifest %j',
  async (text) => {
    expect(await isIntact(folder)).toBe(false);
    await unpackOnce(folder, fill, signal);
    await writeFile(path.join(folder, 'unpacked.json'), text);
    expect(await isIntact(folder)).toBe(false);
  },
);

it('keeps the first of several that unpack at once, whole', async () => {
  let filling = 0;
  let allFilling = () => {};
  const together = new Promise<void>((resolve) => {
    allFilling = resolve;
  });
  const slowFill = async (temporary: string) => {
    await fill(temporary);
    if (++filling === 4) allFilling();
    await together;
  };
  await Promise.all([1, 2, 3, 4].map(() => unpackOnce(folder, slowFill, signal)));
  expect(await isIntact(folder)).toBe(true);
  expect(await readdir(parent)).toEqual(['unpacked-1']);
});

it('leaves nothing behind when filling fails or is aborted', async () => {
  const full = async (temporary: string) => {
    await fill(temporary);
    throw new Error('disk full');
  };
  await expect(unpackOnce(folder, full, signal)).rejects.toThrow('disk full');
  const controller = new AbortController();
  const aborted = async (temporary: string) => {
    await fill(temporary);
    controller.abort(new Error('enough'));
  };
  await expect(unpackOnce(folder, aborted, controller.signal)).rejects.toThrow('enough');
  expect(await readdir(parent)).toEqual([]);
});

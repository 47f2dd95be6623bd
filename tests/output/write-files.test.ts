import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFiles } from '../../src/output/write-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

it('writes texts and bytes, making the folder, and replaces what was there', async () => {
  const out = path.join(folder, 'a', 'b');
  await writeFiles(out, new Map([['one.txt', 'old, and longer']]));
  const written = await writeFiles(
    out,
    new Map<string, string | Uint8Array>([
      ['one.txt', 'new ₹'],
      ['two.bin', new Uint8Array([1, 0, 255])],
    ]),
  );
  expect(written).toEqual([path.join(out, 'one.txt'), path.join(out, 'two.bin')]);
  expect(await readFile(path.join(out, 'one.txt'), 'utf8')).toBe('new ₹');
  expect([...(await readFile(path.join(out, 'two.bin')))]).toEqual([1, 0, 255]);
  expect((await readdir(out)).sort()).toEqual(['one.txt', 'two.bin']);
});

it('writes into folders in the folder', async () => {
  const files = new Map([
    ['tables/a.csv', 'a'],
    ['b.csv', 'b'],
  ]);
  expect(await writeFiles(folder, files)).toEqual([
    path.join(folder, 'tables', 'a.csv'),
    path.join(folder, 'b.csv'),
  ]);
  expect(await readdir(path.join(folder, 'tables'))).toEqual(['a.csv']);
  expect((await readdir(folder)).sort()).toEqual(['b.csv', 'tables']);
  await mkdir(path.join(folder, 'z.csv'));
  await expect(
    writeFiles(
      folder,
      new Map([
        ['tables/c.csv', 'c'],
        ['z.csv', 'z'],
      ]),
    ),
  ).rejects.toMatchObject({ exitCode: 2 });
});

it('says where it cannot write, and leaves nothing behind', async () => {
  await writeFile(path.join(folder, 'taken'), '');
  await expect(writeFiles(path.join(folder, 'taken'), new Map([['x', 'y']]))).rejects.toMatchObject({
    code: 'output-unwritable',
    exitCode: 2,
    message: expect.stringContaining(path.join(folder, 'taken')),
  });
  await mkdir(path.join(folder, 'out', 'two.txt'), { recursive: true });
  const files = new Map([
    ['two.txt', 'cannot replace a folder'],
    ['one.txt', 'x'],
  ]);
  await expect(writeFiles(path.join(folder, 'out'), files)).rejects.toMatchObject({ exitCode: 2 });
  expect(await readdir(path.join(folder, 'out'))).toEqual(['two.txt']);
});

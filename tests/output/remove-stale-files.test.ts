import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeStaleFiles } from '../../src/output/remove-stale-files.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

it('removes what this run did not write, and nothing that is not ours', async () => {
  for (const name of ['report.json', 'report.html', 'report.pdf', 'quarantine.csv', 'notes.pdf']) {
    await writeFile(path.join(folder, name), '');
  }
  await removeStaleFiles(folder, new Map([['report.html', 'new']]));
  expect((await readdir(folder)).sort()).toEqual(['notes.pdf', 'report.html', 'report.json']);
  await removeStaleFiles(folder, new Map());
  expect((await readdir(folder)).sort()).toEqual(['notes.pdf', 'report.json']);
});

it('says which file it cannot remove', async () => {
  await mkdir(path.join(folder, 'report.pdf'));
  await expect(removeStaleFiles(folder, new Map())).rejects.toMatchObject({
    code: 'output-unwritable',
    exitCode: 2,
    message: expect.stringContaining(path.join(folder, 'report.pdf')),
  });
});

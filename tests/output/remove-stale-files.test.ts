import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { earlierTables, removeStaleFiles } from '../../src/output/remove-stale-files.js';
import { reportWith } from '../support/report.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const table = { id: 'weeks', title: 'Weeks', columns: [], rows: [] };
const section = { id: 'trend', title: 'T', headline: 'H', kpis: [], tables: [table], charts: [], notes: [] };

async function writeTableFiles(...names: string[]) {
  await mkdir(path.join(folder, 'tables'), { recursive: true });
  for (const name of names) await writeFile(path.join(folder, 'tables', name), '');
}

it('removes what this run did not write, and nothing that is not ours', async () => {
  const names = ['report.json', 'report.html', 'report.pdf', 'report.xlsx', 'quarantine.csv', 'notes.pdf'];
  for (const name of names) await writeFile(path.join(folder, name), '');
  await removeStaleFiles(folder, new Map([['report.html', 'new']]), []);
  expect((await readdir(folder)).sort()).toEqual(['notes.pdf', 'report.html', 'report.json']);
  await removeStaleFiles(folder, new Map(), []);
  expect((await readdir(folder)).sort()).toEqual(['notes.pdf', 'report.json']);
});

it('says which file it cannot remove', async () => {
  await mkdir(path.join(folder, 'report.pdf'));
  await expect(removeStaleFiles(folder, new Map(), [])).rejects.toMatchObject({
    code: 'output-unwritable',
    exitCode: 2,
    message: expect.stringContaining(path.join(folder, 'report.pdf')),
  });
});

describe('exported tables of an earlier run', () => {
  it('are those of its report.json, whatever else lies beside them', async () => {
    await writeFile(path.join(folder, 'report.json'), JSON.stringify(reportWith({ sections: [section] })));
    await writeTableFiles(
      'trend.weeks.csv',
      'trend.weeks.parquet',
      'trend.weeks.txt',
      'mine.csv',
      'my.own.csv',
    );
    const tables = await earlierTables(folder);
    expect(tables.sort()).toEqual(['tables/trend.weeks.csv', 'tables/trend.weeks.parquet']);
    await removeStaleFiles(folder, new Map([['tables/trend.weeks.csv', '']]), tables);
    expect((await readdir(path.join(folder, 'tables'))).sort()).toEqual([
      'mine.csv',
      'my.own.csv',
      'trend.weeks.csv',
      'trend.weeks.txt',
    ]);
  });

  it('go with their folder where nothing else is in it', async () => {
    await writeFile(path.join(folder, 'report.json'), JSON.stringify(reportWith({ sections: [section] })));
    await writeTableFiles('trend.weeks.csv');
    await removeStaleFiles(folder, new Map(), await earlierTables(folder));
    expect(await readdir(folder)).toEqual(['report.json']);
  });

  it('are none where there is no report.json to tell them by', async () => {
    expect(await earlierTables(folder)).toEqual([]);
    await writeTableFiles('trend.weeks.csv');
    expect(await earlierTables(folder)).toEqual([]);
    await writeFile(path.join(folder, 'report.json'), '{"sections":[');
    expect(await earlierTables(folder)).toEqual([]);
  });
});

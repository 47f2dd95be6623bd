import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readTemplates } from '../../src/render/templates.js';
import { temporaryFolder } from '../support/temporary-folder.js';

it('reads the own templates, by their paths with slashes', async () => {
  const templates = await readTemplates(null);
  for (const name of ['report.hbs', 'sections/trend.hbs', 'styles/report.css', 'scripts/report.js']) {
    expect(templates.get(name)?.text.length, name).toBeGreaterThan(10);
  }
});

it('lays a folder of the user over them, file by file, and ignores what is no template', async () => {
  const { folder, remove } = await temporaryFolder();
  await mkdir(path.join(folder, 'sections'));
  await writeFile(path.join(folder, 'sections', 'trend.hbs'), 'MINE');
  await writeFile(path.join(folder, 'README.md'), 'notes');
  const [own, builtIn] = await Promise.all([readTemplates(folder), readTemplates(null)]);
  await remove();
  expect(own.get('sections/trend.hbs')).toEqual({
    text: 'MINE',
    file: path.join(folder, 'sections', 'trend.hbs'),
  });
  expect(own.size).toBe(builtIn.size);
  expect(own.get('report.hbs')).toEqual(builtIn.get('report.hbs'));
});

it('gives the same templates until one of their files changes', async () => {
  const { folder, remove } = await temporaryFolder();
  const file = path.join(folder, 'report.hbs');
  await writeFile(file, 'first');
  const first = await readTemplates(folder);
  const again = await readTemplates(folder);
  await writeFile(file, 'other');
  const other = await readTemplates(folder);
  await remove();
  expect(again).toBe(first);
  expect(first.get('report.hbs')?.text).toBe('first');
  expect(other.get('report.hbs')?.text).toBe('other');
});

it('says when the folder is not there', async () => {
  await expect(readTemplates('/no/such/folder')).rejects.toMatchObject({
    code: 'templates-unreadable',
    exitCode: 2,
  });
});

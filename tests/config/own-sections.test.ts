import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configOf, loadConfig } from '../../src/config/load.js';
import { readOwnSections } from '../../src/config/own-sections.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

async function write(name: string, files: Record<string, string>): Promise<string> {
  const place = path.join(folder, name);
  await mkdir(place, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(place, file), text);
  return place;
}

const small = { 'section.yaml': 'title: Mine', 'rows.sql': 'SELECT 1' };

it('reads what a folder holds, in the order of the names', async () => {
  const place = await write('mine', {
    'section.yaml': 'id: own\ntitle: Mine\ncolumns:\n  a: Label\n  b: { unit: money }\n',
    'b.sql': 'SELECT 2',
    'a.sql': 'SELECT 1',
    'a.vl.json': '\uFEFF{"mark": "bar"}',
    'section.hbs': '{{title}}',
    'notes.txt': 'not read',
  });
  const [section] = await readOwnSections([place]);
  expect(section).toMatchObject({
    id: 'own',
    title: 'Mine',
    headline: null,
    notes: [],
    after: null,
    columns: { a: { label: 'Label' }, b: { unit: 'money' } },
    tables: [
      { id: 'a', name: 'mine/a.sql', text: 'SELECT 1' },
      { id: 'b', name: 'mine/b.sql', text: 'SELECT 2' },
    ],
    charts: [{ id: 'a', name: 'mine/a.vl.json', spec: { mark: 'bar' } }],
    partial: { text: '{{title}}', file: path.join(place, 'section.hbs') },
    folder: place,
  });
  expect(section?.placeOf(['columns', 'b', 'unit'])).toBe('mine/section.yaml, line 5');
});

it.each([
  ['no title', { 'section.yaml': 'headline: x\n' }, 'mine/section.yaml, line 1, title: '],
  [
    'a setting that is not there',
    { 'section.yaml': 'title: x\nsql: y\n' },
    'mine/section.yaml, line 2, sql: ',
  ],
  ['a unit that is not there', { 'section.yaml': 'title: x\ncolumns:\n  a: { unit: rupees }\n' }, 'line 3'],
  ['broken YAML', { 'section.yaml': 'title: x\ntitle: y\n' }, 'mine/section.yaml, line 2: '],
  ['an id that is none', { 'section.yaml': 'title: x\nid: My id\n' }, 'line 2, id: is not an id of a-z'],
  ['a file whose name is no id', { 'My rows.sql': 'SELECT 1' }, 'mine/My rows.sql: the name of the file'],
  ['broken JSON', { 'c.vl.json': '{\n  "a": 1,\n  "b": oops }' }, 'mine/c.vl.json, line 3: it is not JSON'],
  ['single quotes', { 'c.vl.json': "{\n  'a': 1}" }, 'mine/c.vl.json, line 2: it is not JSON'],
  ['a comma too many', { 'c.vl.json': '{\n  "a": [1,\n 2,\n ]}' }, 'mine/c.vl.json, line 3: it is not JSON'],
  ['a comment', { 'c.vl.json': '{\n// why\n"a": 1}' }, 'mine/c.vl.json, line 2: it is not JSON'],
  ['an empty chart', { 'c.vl.json': '' }, 'mine/c.vl.json, line 1: it is not JSON'],
  ['a list for a chart', { 'c.vl.json': '[1]' }, 'mine/c.vl.json, line 1: it has to hold an object'],
])('refuses %s, naming file and line', async (_, files, words) => {
  const place = await write('mine', { ...small, ...files });
  const refused = await readOwnSections([place]).catch((error: unknown) => error);
  expect(refused).toMatchObject({ exitCode: 2, hint: expect.stringContaining('config/sections/README.md') });
  expect(String(refused)).toContain(words);
});

it('refuses folders that are not there, or lack what is needed', async () => {
  const [bare, empty, spaced] = await Promise.all([
    write('bare', { 'rows.sql': 'SELECT 1' }),
    write('empty', { 'section.yaml': 'title: x' }),
    write('My section', small),
  ]);
  await expect(readOwnSections([bare])).rejects.toThrow(`${path.join(bare, 'section.yaml')} is missing`);
  await expect(readOwnSections([empty])).rejects.toThrow(`${empty} holds no SQL file`);
  await expect(readOwnSections([spaced])).rejects.toThrow('set id: in it, or rename the folder');
  await expect(readOwnSections([path.join(folder, 'none')])).rejects.toMatchObject({
    code: 'section-invalid',
    exitCode: 2,
    message: expect.stringContaining(path.join(folder, 'none')),
  });
});

describe('the configuration', () => {
  it('names the folders from where it lies, and is refused with them', async () => {
    const place = await write('sections/mine', small);
    const file = path.join(folder, 'report.yaml');
    await writeFile(file, 'sections: [sections/mine]\n');
    expect((await loadConfig(file)).sections).toEqual([place]);
    await write('sections/mine', { 'section.yaml': 'titel: x\n' });
    await expect(loadConfig(file)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('refuses two sections of one name', async () => {
    await write('one/mine', small);
    await write('two/mine', small);
    const settings = { sections: ['one/mine', 'two/mine'] };
    await expect(configOf(settings, folder)).rejects.toThrow(
      `the section in ${path.join(folder, 'one', 'mine')} is called "mine" too`,
    );
  });

  it('of a program names what is wrong in it', async () => {
    await expect(configOf({ report: { locale: 'nowhere_at_all' } }, folder)).rejects.toMatchObject({
      code: 'config-invalid',
      exitCode: 2,
      message: 'The configuration, report.locale: is not a locale such as en-IN or de-DE',
    });
  });
});

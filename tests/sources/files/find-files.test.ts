import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/sources/files/find-files.js';
import { readHeads } from '../../../src/sources/files/read-heads.js';
import { NO_SETTINGS } from '../../../src/sources/settings.js';
import { refusal, sentence, useScratch } from './scratch.js';

const scratch = useScratch();

async function names(...paths: string[]): Promise<string[]> {
  return (await findFiles(scratch.folder, paths)).map(({ name }) => name);
}

const failure = async (...paths: string[]) =>
  (await refusal(findFiles(scratch.folder, paths))).replaceAll(scratch.folder, 'DIR');

async function write(...files: string[]): Promise<void> {
  for (const file of files) await scratch.write(file, 'a,b\n1,2\n');
}

describe('without paths', () => {
  it('finds the files of the folder and of its sub-folders, one level deep', async () => {
    await write(
      'b.csv',
      'a.csv',
      'drops/week-2.csv',
      'drops/week-1.csv',
      'drops/old/week-0.csv',
      'no extension',
    );
    expect(await names()).toEqual(['a.csv', 'b.csv', 'drops/week-1.csv', 'drops/week-2.csv', 'no extension']);
  });

  it('tells path and size', async () => {
    await write('drops/week-1.csv');
    expect(await findFiles(scratch.folder, [])).toEqual([
      { name: 'drops/week-1.csv', path: path.join(scratch.folder, 'drops', 'week-1.csv'), bytes: 8 },
    ]);
  });

  it('passes over hidden files, lock files of Excel and what the tool itself writes', async () => {
    await write('.hidden.csv', '~$orders.xlsx', 'quarantine.csv', 'out/report.json', 'out/manifest.json');
    await write('.git/a.csv', 'node_modules/a.csv', 'Thumbs.db', 'posts.csv');
    expect(await names()).toEqual(['posts.csv']);
  });

  it('finds nothing in an empty folder', async () => {
    expect(await names()).toEqual([]);
  });

  it('keeps a link that leads nowhere, so that its reading can be refused', async () => {
    await symlink('gone.csv', path.join(scratch.folder, 'posts.csv'));
    const [file] = await findFiles(scratch.folder, []);
    if (!file) throw new Error('not found');
    expect(file.bytes).toBe(0);
    const { problem } = await readHeads(file, NO_SETTINGS);
    expect(problem && sentence(problem)).toBe(
      'missing-file: posts.csv does not exist. Put the file there again.',
    );
  });

  it.skipIf(process.getuid?.() === 0)('keeps a sub-folder that cannot be listed', async () => {
    await write('closed/a.csv');
    await chmod(path.join(scratch.folder, 'closed'), 0);
    expect(await names()).toEqual(['closed']);
    await chmod(path.join(scratch.folder, 'closed'), 0o700);
  });

  it('names a folder that is not there, or is a file', async () => {
    const missing = path.join(scratch.folder, 'nowhere');
    expect(await refusal(findFiles(missing, []))).toBe(
      `missing-folder: The folder ${missing} does not exist. Name the folder that holds your files with --data.`,
    );
    const { path: file } = await scratch.write('posts.csv', '');
    expect(await refusal(findFiles(file, []))).toMatch(`${file} is a file, not a folder.`);
  });
});

describe('with paths', () => {
  it('takes a file, a folder and an absolute path, each file once', async () => {
    await write('a.csv', 'drops/b.csv', 'drops/sub/c.csv', 'drops/sub/deep/d.csv', 'other.csv');
    expect(await names('a.csv', './a.csv', 'drops')).toEqual(['a.csv', 'drops/b.csv', 'drops/sub/c.csv']);
    expect(await names(path.join(scratch.folder, 'other.csv'))).toEqual(['other.csv']);
  });

  it('takes even what it would pass over, when it is named', async () => {
    await write('quarantine.csv', '.hidden.csv');
    expect(await names('quarantine.csv', '.hidden.csv')).toEqual(['.hidden.csv', 'quarantine.csv']);
  });

  it('names a file outside the folder by its absolute path', async () => {
    await write('data/a.csv', 'posts.csv', '..odd.csv');
    const data = path.join(scratch.folder, 'data');
    const [outside] = await findFiles(data, ['../posts.csv']);
    expect(outside?.name).toBe(path.join(scratch.folder, 'posts.csv'));
    expect((await findFiles(scratch.folder, ['..odd.csv']))[0]?.name).toBe('..odd.csv');
  });

  it('does not need the folder when every path is absolute', async () => {
    const { path: file } = await scratch.write('a.csv', '');
    expect(await findFiles(path.join(scratch.folder, 'nowhere'), [file])).toHaveLength(1);
  });

  it('matches *, ? and **', async () => {
    await write(
      'posts-1.csv',
      'posts-22.csv',
      'posts.txt',
      'x/posts-3.csv',
      'x/y/posts-4.csv',
      'x/.z/posts-5.csv',
    );
    expect(await names('posts-?.csv')).toEqual(['posts-1.csv']);
    expect(await names('posts-*.csv')).toEqual(['posts-1.csv', 'posts-22.csv']);
    expect(await names('*/posts-3.csv')).toEqual(['x/posts-3.csv']);
    expect(await names('**/posts-*.csv')).toEqual([
      'posts-1.csv',
      'posts-22.csv',
      'x/posts-3.csv',
      'x/y/posts-4.csv',
    ]);
    expect(await names('x/**')).toEqual(['x/posts-3.csv', 'x/y/posts-4.csv']);
    expect(await names('?')).toEqual(['x/posts-3.csv', 'x/y/posts-4.csv']);
  });

  it('takes other special characters as they are, and a file before a pattern', async () => {
    await write('a[1]+(x).csv', 'a1.csv', 'what?.csv', 'whatX.csv', 'é.csv');
    expect(await names('a[1]+*.csv')).toEqual(['a[1]+(x).csv']);
    expect(await names('what?.csv')).toEqual(['what?.csv']);
    expect(await names('e\u0301*.csv')).toEqual(['é.csv']);
  });

  it('ends on links in a circle', async () => {
    await write('x/a.csv');
    await symlink(scratch.folder, path.join(scratch.folder, 'x', 'loop'));
    expect(await names('**/*.csv')).toEqual(['x/a.csv']);
  });

  it('says what lies there when nothing matches', async () => {
    await write('tracking.csv', 'posts-1.csv', 'drops/week-1.csv');
    const hint = 'Correct the path under `sources` in the configuration, or put the file there.';
    expect(await failure('post.csv')).toBe(
      `missing-file: "post.csv" matches no file. In DIR there are: drops, posts-1.csv, tracking.csv. ${hint}`,
    );
    expect(await failure('drops/w*.txt')).toBe(
      `missing-file: "drops/w*.txt" matches no file. In DIR/drops there are: week-1.csv. ${hint}`,
    );
    expect(await failure('nowhere/*/a.csv')).toMatch('In DIR there are: drops, posts-1.csv');
  });

  it('refuses a folder without files, and lists at most eight names', async () => {
    await mkdir(path.join(scratch.folder, 'empty'));
    expect(await failure('empty')).toMatch('"empty" is a folder without files. DIR/empty is empty.');
    await write(...Array.from({ length: 10 }, (_, index) => `f${index}.csv`));
    expect(await failure('x.csv')).toMatch(/empty, f0.csv, .*, f6.csv and 3 more\./);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps a pipe, which is refused without waiting for it',
    async () => {
      const pipe = path.join(scratch.folder, 'pipe.csv');
      execFileSync('mkfifo', [pipe]);
      const [file] = await findFiles(scratch.folder, ['pipe.csv']);
      if (!file) throw new Error('not found');
      const { problem } = await readHeads(file, NO_SETTINGS);
      expect(problem && sentence(problem)).toBe(
        'unreadable-file: pipe.csv cannot be read: it is a device or a pipe, not a file. Copy its content into a file and run again.',
      );
    },
  );
});

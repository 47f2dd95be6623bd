import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPreparedCache } from '../../src/cache/prepared-cache.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const at = (minute: number) => () => new Date(Date.UTC(2026, 0, 1, 0, minute));
const writes = (text: string) => (file: string) => writeFile(file, text);
const names = async () => (await readdir(path.join(folder, 'prepared'))).sort();

it('finds what it kept, and nothing else', async () => {
  const cache = openPreparedCache(folder, 100, at(0));
  expect(await cache.find('a')).toBeNull();
  await cache.keep('a', writes('content'));
  const file = await cache.find('a');
  expect(await readFile(file ?? '', 'utf8')).toBe('content');
  await cache.drop('a');
  expect(await cache.find('a')).toBeNull();
});

it('drops what was longest unused when the limit is passed', async () => {
  await openPreparedCache(folder, 100, at(0)).keep('a', writes('x'.repeat(40)));
  await openPreparedCache(folder, 100, at(1)).keep('b', writes('x'.repeat(40)));
  const old = path.join(folder, 'prepared', 'a.duckdb');
  await utimes(old, at(0)(), at(0)());
  await utimes(path.join(folder, 'prepared', 'b.duckdb'), at(1)(), at(1)());
  await openPreparedCache(folder, 100, at(2)).find('a');
  await openPreparedCache(folder, 100, at(3)).keep('c', writes('x'.repeat(40)));
  expect(await names()).toEqual(['a.duckdb', 'c.duckdb']);
});

it('does not keep a file that alone is over the limit', async () => {
  await openPreparedCache(folder, 10, at(0)).keep('a', writes('x'.repeat(11)));
  expect(await names()).toEqual([]);
});

it('leaves nothing behind when writing fails, and does not fail itself', async () => {
  const cache = openPreparedCache(folder, 100, at(0));
  await cache.keep('a', async (file) => {
    await writeFile(file, 'half');
    throw new Error('the disk is full');
  });
  expect(await names()).toEqual([]);
});

it('clears away what killed runs left', async () => {
  const cache = openPreparedCache(folder, 100, () => new Date());
  await cache.keep('a', writes('1'));
  const left = path.join(folder, 'prepared', 'left.part');
  await writeFile(left, 'half');
  await utimes(left, new Date(0), new Date(0));
  await cache.keep('b', writes('2'));
  expect(await names()).toEqual(['a.duckdb', 'b.duckdb']);
});

it('lives without a folder that it can write', async () => {
  await writeFile(path.join(folder, 'prepared'), 'a file where the folder should be');
  const cache = openPreparedCache(folder, 100, at(0));
  await cache.keep('a', writes('1'));
  expect(await cache.find('a')).toBeNull();
});

import { createHash } from 'node:crypto';
import { appendFile, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openContentHashes } from '../../src/cache/content-hashes.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { signal } = new AbortController();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** A clock by which every file has long settled. */
const later = () => new Date(Date.now() + 60_000);

let folder: string;
let remove: () => Promise<void>;
let file: string;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  file = path.join(folder, 'tracking_data.csv');
  await writeFile(file, 'a,b\n1,2\n');
});
afterEach(() => remove());

/** Writes a false hash into the book, so that a remembered answer can be told from a read one. */
async function forge(): Promise<string> {
  const bookFile = path.join(folder, 'hashes.json');
  const book = JSON.parse(await readFile(bookFile, 'utf8'));
  book[file].sha256 = '0'.repeat(64);
  await writeFile(bookFile, JSON.stringify(book));
  return book[file].sha256;
}

async function hashOnce(now = later) {
  const hashes = await openContentHashes(folder, now);
  const found = await hashes.of(file, signal);
  await hashes.save();
  return found;
}

it('reads a file that it does not know, and remembers it', async () => {
  expect(await hashOnce()).toEqual({ bytes: 8, sha256: sha256('a,b\n1,2\n') });
  const forged = await forge();
  expect((await hashOnce()).sha256).toBe(forged);
});

it('reads a file again whose content changed, though size and time are as before', async () => {
  await hashOnce();
  await forge();
  await writeFile(file, 'a,b\n1,3\n');
  const time = new Date('2026-01-01');
  await utimes(file, time, time);
  expect((await hashOnce()).sha256).toBe(sha256('a,b\n1,3\n'));
});

it('does not remember a file that was changed a moment ago', async () => {
  await hashOnce(() => new Date());
  expect(await readFile(path.join(folder, 'hashes.json'), 'utf8').catch(() => 'none')).toBe('none');
});

it('takes a damaged book for an empty one', async () => {
  await writeFile(path.join(folder, 'hashes.json'), '{"x": 1');
  expect((await hashOnce()).sha256).toBe(sha256('a,b\n1,2\n'));
});

it('keeps nothing without a folder, and sees every change', async () => {
  const hashes = await openContentHashes(null, later);
  await hashes.of(file, signal);
  await appendFile(file, '3,4\n');
  expect(await hashes.of(file, signal)).toEqual({ bytes: 12, sha256: sha256('a,b\n1,2\n3,4\n') });
  await hashes.save();
});

it('rejects when the signal aborts', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));
  const hashes = await openContentHashes(null, later);
  await expect(hashes.of(file, stopped)).rejects.toThrow();
});

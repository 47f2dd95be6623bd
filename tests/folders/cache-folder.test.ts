import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { privateCacheFolder, temporaryCacheFolder } from '../../src/folders/cache-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  vi.stubEnv('ROI_REPORT_CACHE', undefined);
  vi.stubEnv('XDG_CACHE_HOME', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

it('makes the named folder and those above it, for the user alone', async () => {
  const named = path.join(folder, 'a', 'b');
  vi.stubEnv('ROI_REPORT_CACHE', named);
  expect(await privateCacheFolder()).toBe(named);
  for (const made of [named, path.dirname(named)]) expect((await stat(made)).mode & 0o777).toBe(0o700);
});

it('prefers XDG_CACHE_HOME to the home folder, unless it is relative', async () => {
  vi.stubEnv('HOME', path.join(folder, 'home'));
  expect(await privateCacheFolder()).toBe(path.join(folder, 'home', '.cache', 'roi-report'));
  vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'xdg'));
  expect(await privateCacheFolder()).toBe(path.join(folder, 'xdg', 'roi-report'));
  vi.stubEnv('XDG_CACHE_HOME', 'relative');
  expect(await privateCacheFolder()).toBe(path.join(folder, 'home', '.cache', 'roi-report'));
});

it('refuses a folder that others can write', async () => {
  vi.stubEnv('ROI_REPORT_CACHE', folder);
  for (const mode of [0o770, 0o702]) {
    await chmod(folder, mode);
    await expect(privateCacheFolder()).rejects.toMatchObject({
      code: 'cache-folder',
      exitCode: 4,
      message: `The cache folder ${folder} can be written by other users.`,
      hint: `Run: chmod 700 '${folder}'`,
    });
  }
  await chmod(folder, 0o755);
  expect(await privateCacheFolder()).toBe(folder);
});

it.runIf(process.getuid?.() === 0)('refuses the folder of another user', async () => {
  vi.stubEnv('ROI_REPORT_CACHE', folder);
  await chown(folder, 4321, 4321);
  await expect(privateCacheFolder()).rejects.toMatchObject({
    code: 'cache-folder',
    message: `The cache folder ${folder} belongs to another user (uid 4321).`,
  });
});

it('says so when the named folder cannot be made, and does without when it is the usual one', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  vi.stubEnv('HOME', file);
  expect(await privateCacheFolder()).toBeUndefined();
  vi.stubEnv('ROI_REPORT_CACHE', path.join(file, 'cache'));
  await expect(privateCacheFolder()).rejects.toMatchObject({ code: 'cache-folder', exitCode: 4 });
});

it('has one temporary folder for the whole process', async () => {
  const temporary = await temporaryCacheFolder();
  expect(await temporaryCacheFolder()).toBe(temporary);
  expect((await stat(temporary)).mode & 0o777).toBe(0o700);
  await mkdir(path.join(temporary, 'content'));
  for (const listener of process.listeners('exit')) {
    if (String(listener).includes('rmSync')) listener(0);
  }
  expect(existsSync(temporary)).toBe(false);
});

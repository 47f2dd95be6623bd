import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { quietEffects } from '../../../src/effects.js';
import { locateBrowser, noBrowser } from '../../../src/render/browser/locate.js';
import { chromiumPackage } from '../../../src/render/browser/packaged.js';
import { temporaryFolder } from './browser-programs.js';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

it('takes the browser that PUPPETEER_EXECUTABLE_PATH names before any other', async () => {
  const named = path.join(folder, 'chrome');
  await writeFile(named, '');
  await chmod(named, 0o700);
  vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', named);
  expect(await locateBrowser(quietEffects())).toMatchObject({ executable: named, kind: 'named' });
});

it('refuses a name that is no program: missing, a folder, not executable', async () => {
  const plain = path.join(folder, 'plain');
  await writeFile(plain, '', { mode: 0o600 });
  for (const named of [path.join(folder, 'missing'), folder, plain]) {
    vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', named);
    await expect(locateBrowser(quietEffects())).rejects.toMatchObject({
      code: 'browser-path',
      exitCode: 4,
      message: expect.stringContaining(`PUPPETEER_EXECUTABLE_PATH is not a program: ${named}`),
    });
  }
});

it.runIf(chromiumPackage())('takes the packaged browser when none is named', async () => {
  vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', '');
  expect(await locateBrowser(quietEffects())).toMatchObject({
    kind: 'packaged',
    version: chromiumPackage()?.version,
    executable: expect.stringMatching(/chromium$/),
  });
});

it('tells how to get a browser where there is none', () => {
  expect(noBrowser('The packaged browser does not fit this machine (linux arm64)')).toMatchObject({
    code: 'no-browser',
    exitCode: 4,
    message:
      'No browser to print with. The packaged browser does not fit this machine (linux arm64), and no Chrome is installed.',
    hint: expect.stringContaining('PUPPETEER_EXECUTABLE_PATH'),
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { quietEffects } from '../../../src/effects.js';
import { ReportError } from '../../../src/errors.js';
import { launchBrowser } from '../../../src/render/browser/launch.js';
import { installedBrowser, locateBrowser } from '../../../src/render/browser/locate.js';
import { chromiumPackage } from '../../../src/render/browser/packaged.js';
import { unpackOnce } from '../../../src/render/browser/unpack.js';
import {
  eventually,
  isRunning,
  processesOf,
  profiles,
  temporaryFolder,
  writeProgram,
} from './browser-programs.js';

const isRoot = process.getuid?.() === 0;
let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
  expect(profiles()).toEqual([]);
});

async function writeScript(file: string, body: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o700);
  return file;
}

it('starts a browser, and closes it with all its processes and its profile', async () => {
  const browser = await launchBrowser(quietEffects());
  await browser.openPage();
  expect(isRunning(browser.pid)).toBe(true);
  expect(profiles()).toHaveLength(1);
  await Promise.all([browser.close(), browser.close()]);
  await browser.kill();
  expect(isRunning(browser.pid)).toBe(false);
  expect(profiles()).toEqual([]);
  expect(await eventually(() => processesOf(browser.pid).length === 0)).toBe(true);
});

it('kills the browser when the run is aborted', async () => {
  const controller = new AbortController();
  const browser = await launchBrowser({ ...quietEffects(), signal: controller.signal });
  expect(processesOf(browser.pid).length).toBeGreaterThan(process.platform === 'linux' ? 1 : -1);
  controller.abort();
  await browser.close();
  expect(isRunning(browser.pid)).toBe(false);
  expect(await eventually(() => processesOf(browser.pid).length === 0)).toBe(true);
});

it('does not start when the run is aborted before, or while it starts', async () => {
  const aborted = { ...quietEffects(), signal: AbortSignal.abort(new Error('enough')) };
  await expect(launchBrowser(aborted)).rejects.toThrow('enough');
  const controller = new AbortController();
  const launching = launchBrowser({ ...quietEffects(), signal: controller.signal });
  expect(await eventually(() => profiles().length === 1)).toBe(true);
  controller.abort(new Error('enough'));
  await expect(launching).rejects.toThrow('enough');
});

it('dies with the process that started it, even when that is killed', async () => {
  const program = await writeProgram(
    folder,
    `import { launchBrowser } from './src/render/browser/launch.ts';
     import { quietEffects } from './src/effects.ts';
     const browser = await launchBrowser(quietEffects());
     await browser.openPage();
     console.log(browser.pid);`,
  );
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  const pid = Number(output);
  expect(isRunning(pid)).toBe(true);
  child.kill('SIGKILL');
  expect(await eventually(() => !isRunning(pid) && processesOf(pid).length === 0)).toBe(true);

  const next = await launchBrowser(quietEffects());
  await next.close();
  expect(await eventually(() => profiles(child.pid).length === 0)).toBe(true);
});

it('says what a named browser wrote when it does not start', async () => {
  vi.stubEnv(
    'PUPPETEER_EXECUTABLE_PATH',
    await writeScript(path.join(folder, 'chrome'), 'echo lacks a library >&2; exit 127'),
  );
  await expect(launchBrowser(quietEffects())).rejects.toMatchObject({
    code: 'browser-start',
    exitCode: 4,
    message: `The browser does not start: ${folder}/chrome ended at once: lacks a library.`,
  });
  vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', path.join(folder, 'text'));
  await writeFile(path.join(folder, 'text'), '#!/missing/interpreter\n', { mode: 0o700 });
  await expect(launchBrowser(quietEffects())).rejects.toMatchObject({
    code: 'browser-start',
    message: expect.stringContaining('cannot be run'),
  });
});

it.runIf(chromiumPackage())(
  'falls back to an installed Chrome when the packaged browser does not start',
  async () => {
    vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', '');
    vi.stubEnv('ROI_REPORT_CACHE', folder);
    const unpacked = path.join(folder, `chromium-${chromiumPackage()?.version}`);
    const fill = async (temporary: string) => {
      await mkdir(path.join(temporary, 'lib'));
      await writeScript(path.join(temporary, 'chromium'), 'echo wrong libc >&2; exit 1');
    };
    await unpackOnce(unpacked, fill, new AbortController().signal);
    const launching = launchBrowser(quietEffects());
    if (await installedBrowser()) {
      const browser = await launching;
      expect(browser.located.kind).toBe('installed');
      await browser.close();
    } else {
      await expect(launching).rejects.toThrow(ReportError);
      await expect(launching).rejects.toMatchObject({
        code: 'no-browser',
        message: expect.stringMatching(/does not start here \(.*wrong libc\), and no Chrome is installed/),
      });
    }
  },
);

it('goes without the sandbox only where it must, and says so', async () => {
  const { executable, env } = await locateBrowser(quietEffects());
  const settings = Object.entries(env).filter(([name]) => /^(LD_|FONTCONFIG)/.test(name));
  const assignments = settings.map(([name, value]) => `export ${name}='${value}'`).join('; ');
  const script = `case "$*" in *--no-sandbox*) ${assignments}; exec '${executable}' "$@";; esac; echo 'No usable sandbox!' >&2; exit 1`;
  vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', await writeScript(path.join(folder, 'chrome'), script));
  const progress = vi.fn();
  const browser = await launchBrowser({ ...quietEffects(), progress });
  expect(browser.sandboxed).toBe(false);
  expect(progress.mock.calls).toEqual(
    isRoot ? [] : [["This system does not allow the browser's sandbox; printing without it"]],
  );
  await browser.close();
});

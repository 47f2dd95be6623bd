import { execFile } from 'node:child_process';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chromiumPackage, packagedBrowser, unpackChromium } from '../../../src/render/browser/packaged.js';
import { isIntact } from '../../../src/render/browser/unpack.js';
import { temporaryFolder, writeProgram } from './browser-programs.js';

const chromium = chromiumPackage();
const run = promisify(execFile);

describe.runIf(chromium)('the packaged browser', () => {
  let folder: string;
  let cache: string;
  let remove: () => Promise<void>;
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    cache = path.join(folder, 'cache');
    vi.stubEnv('ROI_REPORT_CACHE', cache);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await remove();
  });

  it('is unpacked once by two processes that start at once, and again when it is damaged', async () => {
    if (!chromium) return;
    const program = await writeProgram(
      folder,
      `import { chromiumPackage, unpackChromium } from './src/render/browser/packaged.ts';
       const { signal } = new AbortController();
       console.log(await unpackChromium(chromiumPackage(), { signal, progress: console.error }));`,
    );
    const unpacked = path.join(cache, `chromium-${chromium.version}`);
    const printed = await Promise.all([run(process.execPath, [program]), run(process.execPath, [program])]);
    expect(printed.map(({ stdout }) => stdout)).toEqual([`${unpacked}\n`, `${unpacked}\n`]);
    expect(printed[0].stderr).toBe(`Unpacking the browser into ${unpacked} (once)\n`);
    expect(await readdir(cache)).toEqual([path.basename(unpacked)]);
    for (const entry of await readdir(cache, { recursive: true, withFileTypes: true })) {
      const { mode, uid } = await stat(path.join(entry.parentPath, entry.name));
      expect.soft(mode & 0o077, entry.name).toBe(0);
      expect.soft(uid, entry.name).toBe(process.getuid?.());
    }
    const { executable, env } = packagedBrowser(unpacked);
    expect((await run(executable, ['--version'], { env })).stdout).toMatch(/^Chromium 147\./);

    await writeFile(executable, 'damaged');
    await utimes(executable, 1, 1);
    const progress = vi.fn();
    await unpackChromium(chromium, { signal: new AbortController().signal, progress });
    expect(progress).toHaveBeenCalledOnce();
    expect(await isIntact(unpacked)).toBe(true);
    await unpackChromium(chromium, { signal: new AbortController().signal, progress });
    expect(progress).toHaveBeenCalledOnce();
  });

  it('leaves nothing when unpacking is aborted', async () => {
    if (!chromium) return;
    const controller = new AbortController();
    const progress = () => void setImmediate(() => controller.abort(new Error('enough')));
    await expect(unpackChromium(chromium, { signal: controller.signal, progress })).rejects.toThrow('enough');
    expect(await readdir(cache)).toEqual([]);
  });

  it('gets libraries, fonts and nothing secret from its environment', async () => {
    vi.stubEnv('SMTP_PASSWORD', 'secret');
    vi.stubEnv('LD_LIBRARY_PATH', '/of/the/user');
    const { env } = packagedBrowser('/somewhere');
    expect(env.LD_LIBRARY_PATH).toBe('/somewhere/lib:/of/the/user');
    expect(JSON.stringify(env)).not.toContain('secret');
    expect(await readFile(path.join(chromium?.archives ?? '', '../package.json'), 'utf8')).toContain(
      `"version": "${chromium?.version}"`,
    );
  });
});

it('does not offer the packaged browser on machines it is not made for', () => {
  if (process.platform === 'linux' && process.arch === 'x64') expect(chromium).toBeDefined();
  else expect(chromium).toBeUndefined();
});

import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import type { Effects } from '../../effects.js';
import { EXIT, messageOf, ReportError } from '../../errors.js';
import { privateCacheFolder, temporaryCacheFolder } from '../../folders/cache-folder.js';
import { isIntact, unpackOnce } from './unpack.js';

/** The browser knows these fonts and no others, so that a page looks the same on every machine. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** The npm package that carries Chromium: where its archives lie, and its version. */
export interface ChromiumPackage {
  archives: string;
  version: string;
}

/** @returns the installed Chromium package, or undefined where it is missing or made for another kind of machine */
export function chromiumPackage(): ChromiumPackage | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let root: string;
  try {
    root = path.resolve(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../..');
  } catch {
    return undefined;
  }
  const archives = path.join(root, 'bin');
  if (!existsSync(path.join(archives, 'chromium.br'))) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return { archives, version: (manifest as { version: string }).version };
}

/** @returns path and environment of the packaged browser in an unpacked folder */
export function packagedBrowser(folder: string): { executable: string; env: NodeJS.ProcessEnv } {
  const libraries = [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executable: path.join(folder, 'chromium'),
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      LD_LIBRARY_PATH: libraries,
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: path.join(folder, 'cache'),
    },
  };
}

/**
 * Unpacks the packaged browser into the cache folder unless it lies there intact. Takes 2 to 3 seconds and 200 MB
 * the first time, a few milliseconds later on.
 * @returns the folder with `chromium`, `lib/`, `fonts/` and `fonts.conf`
 * @throws ReportError `cache-folder` for an unsafe cache folder, `browser-unpack` where unpacking fails; the reason of
 *   an aborted signal
 */
export async function unpackChromium(
  { archives, version }: ChromiumPackage,
  { progress, signal }: Pick<Effects, 'progress' | 'signal'>,
): Promise<string> {
  const name = `chromium-${version}`;
  const cache = await privateCacheFolder();
  if (cache && (await isIntact(path.join(cache, name)))) return path.join(cache, name);
  const parent = cache && (await isWritable(cache)) ? cache : await temporaryCacheFolder();
  const folder = path.join(parent, name);
  if (await isIntact(folder)) return folder;
  progress(
    parent === cache
      ? `Unpacking the browser into ${folder} (once)`
      : 'Unpacking the browser for this run only (set ROI_REPORT_CACHE to a writable folder to keep it)',
  );
  try {
    await unpackOnce(folder, (temporary) => fill(temporary, archives, signal), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new ReportError(`Cannot unpack the browser into ${folder}: ${messageOf(error)}`, {
      code: 'browser-unpack',
      exitCode: EXIT.rendering,
      hint: 'It needs 200 MB: free some space, or set ROI_REPORT_CACHE to a folder that has it.',
      cause: error,
    });
  }
  return folder;
}

async function fill(folder: string, archives: string, signal: AbortSignal): Promise<void> {
  const { extract } = await import('tar-fs');
  const unpackTo = async (archive: string, target: NodeJS.WritableStream) => {
    const source = createReadStream(path.join(archives, archive), { highWaterMark: 1 << 20 });
    await pipeline(source, createBrotliDecompress({ chunkSize: 1 << 20 }), target, { signal });
  };
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const untar = () =>
    extract(folder, {
      ignore: (_name, header) => header?.type !== 'file' && header?.type !== 'directory',
      map: (header) => ({
        ...header,
        ...own,
        mode: header.type === 'directory' ? 0o700 : header.mode & 0o700,
      }),
    });
  await mkdir(path.join(folder, 'lib'), { mode: 0o700 });
  await unpackTo('al2023.tar.br', untar());
  await unpackTo('fonts.tar.br', untar());
  await unpackTo('chromium.br', createWriteStream(path.join(folder, 'chromium'), { mode: 0o700 }));
  await writeFile(path.join(folder, 'fonts.conf'), FONTS_CONF, { mode: 0o600 });
  await mkdir(path.join(folder, 'cache'), { mode: 0o700 });
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Files that are made from inputs and kept between runs, each under a key that says all that it was made from. */
export interface PreparedCache {
  /** Whether a key that begins like this is kept. */
  has(beginning: string): Promise<boolean>;
  /** Absolute path of the file that is kept under a key, or null. Its last use counts as now. */
  find(key: string): Promise<string | null>;
  /**
   * Keeps what `write` writes to the path that it is given, whole or not at all, and drops what was longest unused until all
   * fits the limit. Never fails: what cannot be kept is made again.
   */
  keep(key: string, write: (file: string) => Promise<void>): Promise<void>;
  /** Drops a file that turned out to be unusable. */
  drop(key: string): Promise<void>;
}

const ENDING = '.duckdb';
/** A file that is being written; older ones are left behind by runs that were killed. */
const PART = '.part';
const STALE_MILLISECONDS = 60 * 60 * 1_000;

/**
 * @param folder - private folder of the cache
 * @param maxBytes - most that all kept files may take
 */
export function openPreparedCache(folder: string, maxBytes: number, now: () => Date): PreparedCache {
  const home = path.join(folder, 'prepared');
  const fileOf = (key: string) => path.join(home, `${key}${ENDING}`);
  return {
    async has(beginning) {
      const names = await readdir(home).catch(() => []);
      return names.some((name) => name.startsWith(beginning) && name.endsWith(ENDING));
    },
    async find(key) {
      const file = fileOf(key);
      try {
        await utimes(file, now(), now());
        return file;
      } catch {
        return null;
      }
    },
    async keep(key, write) {
      const part = path.join(home, `${randomUUID()}${PART}`);
      try {
        await mkdir(home, { recursive: true, mode: 0o700 });
        await write(part);
        const { size } = await stat(part);
        if (size <= maxBytes) await rename(part, fileOf(key));
        await dropUnused(home, maxBytes, now().getTime());
      } catch {
        // The report is made; keeping its tables was a favour to the next run.
      } finally {
        await rm(part, { force: true }).catch(() => {});
      }
    },
    async drop(key) {
      await rm(fileOf(key), { force: true }).catch(() => {});
    },
  };
}

async function dropUnused(home: string, maxBytes: number, now: number): Promise<void> {
  const files = await Promise.all(
    (await readdir(home)).map(async (name) => {
      const file = path.join(home, name);
      const { size, mtimeMs } = await stat(file);
      return { file, size, mtimeMs };
    }),
  );
  const stale = files.filter(
    ({ file, mtimeMs }) => file.endsWith(PART) && now - mtimeMs > STALE_MILLISECONDS,
  );
  const kept = files.filter(({ file }) => file.endsWith(ENDING)).sort((a, b) => b.mtimeMs - a.mtimeMs);
  let total = 0;
  const surplus = kept.filter(({ size }) => {
    total += size;
    return total > maxBytes;
  });
  await Promise.all([...stale, ...surplus].map(({ file }) => rm(file, { force: true })));
}

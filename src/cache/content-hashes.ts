import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export interface ContentHash {
  bytes: number;
  /** SHA-256 of the content, hexadecimal. */
  sha256: string;
}

/** Finds the hashes of files, and remembers them between runs where it has a folder. */
export interface ContentHashes {
  /** Hash of a file's content: remembered where the file is surely the one that was hashed, else read from the file. */
  of(file: string, signal: AbortSignal): Promise<ContentHash>;
  /** Writes down what was found out. Never fails: what cannot be kept is found out again. */
  save(): Promise<void>;
}

const entry = z.object({ identity: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const book = z.record(z.string(), entry);

/** More are not remembered; the oldest go first. */
const MOST_ENTRIES = 1_000;
/** A file that was changed so shortly before it was hashed can change again without its times showing it. */
const SETTLED_MILLISECONDS = 3_000;

/**
 * @param folder - private folder that keeps the hashes, or null to keep nothing
 * @param now - the clock that the file system's times are compared with
 */
export async function openContentHashes(folder: string | null, now: () => Date): Promise<ContentHashes> {
  const file = folder === null ? null : path.join(folder, 'hashes.json');
  const known = new Map(Object.entries(file === null ? {} : await readBook(file)));
  let changed = false;
  return {
    async of(target, signal) {
      const before = await identityOf(target);
      const remembered = known.get(target);
      if (remembered?.identity === before.identity) return { bytes: before.bytes, sha256: remembered.sha256 };
      const content = await hashFile(target, signal);
      const after = await identityOf(target);
      const settled = now().getTime() - after.changed > SETTLED_MILLISECONDS;
      if (settled && after.identity === before.identity && after.bytes === content.bytes) {
        known.delete(target);
        known.set(target, { identity: after.identity, sha256: content.sha256 });
        changed = true;
      }
      return content;
    },
    async save() {
      if (file === null || !changed) return;
      const newest = [...known].slice(-MOST_ENTRIES);
      const part = `${file}.${process.pid}.part`;
      try {
        await writeFile(part, JSON.stringify(Object.fromEntries(newest)), { mode: 0o600 });
        await rename(part, file);
      } catch {
        await rm(part, { force: true }).catch(() => {});
      }
    },
  };
}

/**
 * What the file system knows of a file's content: place, size, and the times of its last change, of which one (ctime) cannot be set
 * by a program.
 */
async function identityOf(file: string): Promise<{ identity: string; bytes: number; changed: number }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return {
    identity: [dev, ino, size, mtimeNs, ctimeNs].join(':'),
    bytes: Number(size),
    changed: Number(ctimeNs / 1_000_000n),
  };
}

async function hashFile(file: string, signal: AbortSignal): Promise<ContentHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function readBook(file: string): Promise<z.infer<typeof book>> {
  try {
    return book.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { Edition } from '../ledger/edition.js';

/** An edition's folder while it is made; nobody sees it under its final name before it is whole. */
export interface Stage {
  /** Writes a file; the path is relative to the edition's folder. */
  write(file: string, content: string | Uint8Array): Promise<void>;
  /** Gives the folder its final name, in place of one that an interrupted run left. */
  commit(): Promise<void>;
  /** Removes what was written, unless it was committed. */
  discard(): Promise<void>;
}

/** Where an edition lies in the delivery folder. */
export function editionFolder({ schedule, slot }: Edition): string {
  return path.join('editions', schedule, slot);
}

const STAGE = '.stage-';

/**
 * Begins an edition's folder. Only for who holds the lock of the schedule: what an earlier run left half-made goes away.
 *
 * @param folder - the delivery folder
 * @throws ReportError `archive-unwritable` (exit code 5) from here and from each write
 */
export async function openStage(folder: string, edition: Edition): Promise<Stage> {
  const final = path.join(folder, editionFolder(edition));
  const parent = path.dirname(final);
  const stage = path.join(parent, `${STAGE}${randomUUID()}`);
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw new ReportError(`The edition cannot be written to ${final}: ${messageOf(error)}.`, {
        code: 'archive-unwritable',
        exitCode: EXIT.delivery,
        hint: 'Check the rights and the free space of the folder, or choose another with --out.',
        cause: error,
      });
    }
  };
  await guarded(async () => {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const left = (await readdir(parent)).filter((name) => name.startsWith(STAGE));
    await Promise.all(left.map((name) => rm(path.join(parent, name), { recursive: true, force: true })));
    await mkdir(stage, { mode: 0o700 });
  });
  return {
    write: (file, content) => guarded(() => writeDurably(path.join(stage, file), content)),
    commit: () =>
      guarded(async () => {
        await rm(final, { recursive: true, force: true });
        await rename(stage, final);
      }),
    discard: () => rm(stage, { recursive: true, force: true }),
  };
}

/** Writes a file into the archive, on the disk before this returns. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';

/**
 * Writes files into a folder, each whole or not at all: everything goes to temporary names first and is renamed at the end, so
 * that a run killed at any moment leaves no half-written file under its final name.
 *
 * @param files - path below the folder, with `/` → content
 * @returns the paths written, in order
 * @throws ReportError `output-unwritable` (exit code 2)
 */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<string[]> {
  const staged: { temporary: string; final: string }[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) {
      const final = path.join(folder, name);
      const parent = path.dirname(final);
      const temporary = path.join(parent, `.${path.basename(name)}.${process.pid}-${randomUUID()}.part`);
      staged.push({ temporary, final });
      if (parent !== folder) await mkdir(parent, { recursive: true });
      await writeDurably(temporary, content);
    }
    for (const { temporary, final } of staged) await rename(temporary, final);
    return staged.map(({ final }) => final);
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw new ReportError(`The report cannot be written to ${folder}: ${messageOf(error)}.`, {
      code: 'output-unwritable',
      exitCode: EXIT.usage,
      hint: 'Choose a folder you may write to with --out.',
      cause: error,
    });
  }
}

async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ReportError } from '../../../src/errors.js';
import { type FileHeads, readHeads } from '../../../src/sources/files/read-heads.js';
import type { FoundFile, Head } from '../../../src/sources/row-file.js';
import { NO_SETTINGS, type TableSettings } from '../../../src/sources/settings.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

export interface Scratch {
  /** Absolute path of the folder, fresh for each test. */
  readonly folder: string;
  /** Writes a file, and the folders on its way. */
  write(name: string, content: string | Uint8Array): Promise<FoundFile>;
  /** Writes a file and reads its heads. */
  heads(name: string, content: string | Uint8Array, settings?: Partial<TableSettings>): Promise<FileHeads>;
  /** Writes a file that has one head. */
  head(name: string, content: string | Uint8Array, settings?: Partial<TableSettings>): Promise<Head>;
  /** Writes a file that cannot be read as a table: why. */
  problem(name: string, content: string | Uint8Array, settings?: Partial<TableSettings>): Promise<string>;
}

/** A folder for the files of a test. */
export function useScratch(): Scratch {
  let folder = '';
  beforeEach(async () => {
    ({ folder } = await temporaryFolder());
  });
  afterEach(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });

  const scratch: Scratch = {
    get folder() {
      return folder;
    },
    async write(name, content) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return foundFile(file, name);
    },
    heads: async (name, content, settings) =>
      readHeads(await scratch.write(name, content), { ...NO_SETTINGS, ...settings }),
    async head(name, content, settings) {
      const { heads, problem } = await scratch.heads(name, content, settings);
      if (problem) throw problem;
      const [head] = heads;
      if (!head || heads.length > 1) throw new Error(`${heads.length} heads`);
      return head;
    },
    async problem(name, content, settings) {
      const { heads, problem } = await scratch.heads(name, content, settings);
      if (!problem || heads.length > 0) throw new Error('The file was read.');
      return sentence(problem);
    },
  };
  return scratch;
}

export async function foundFile(file: string, name = path.basename(file)): Promise<FoundFile> {
  return { name, path: file, bytes: (await stat(file)).size };
}

/** Code, message and hint of an error in one text. */
export function sentence({ code, message, hint, exitCode }: ReportError): string {
  if (exitCode !== 3) throw new Error(`Exit code ${exitCode}.`);
  return `${code}: ${message} ${hint ?? ''}`;
}

/** Code, message and hint of the error with which something ends. */
export function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => {
      throw new Error('There was no error.');
    },
    (error: ReportError) => sentence(error),
  );
}

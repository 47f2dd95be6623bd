import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { filesIn } from '../folders/files-in.js';

/** A file as a manifest names it. */
export interface FileFacts {
  /** Its name, or its path below a folder with `/`. */
  file: string;
  bytes: number;
  /** Of its content, hexadecimal. */
  sha256: string;
}

/** What of a user's folder goes into reports. */
const USED = /\.(?:hbs|css|js|sql|json|ya?ml)$/;

export function fileFacts(file: string, content: string | Uint8Array): FileFacts {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The files that go into reports (templates, styles, scripts, queries, settings) of a folder and the folders in it, by their paths. */
export async function folderFacts(folder: string): Promise<FileFacts[]> {
  const files = (await filesIn(folder)).filter(({ name }) => USED.test(name));
  const facts = await Promise.all(files.map(async ({ file, name }) => fileFacts(name, await readFile(file))));
  return facts.sort((a, b) => (a.file < b.file ? -1 : 1));
}

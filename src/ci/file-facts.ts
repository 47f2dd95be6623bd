import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

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
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && USED.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const facts = await Promise.all(
    files.map(async (file) =>
      fileFacts(path.relative(folder, file).split(path.sep).join('/'), await readFile(file)),
    ),
  );
  return facts.sort((a, b) => (a.file < b.file ? -1 : 1));
}

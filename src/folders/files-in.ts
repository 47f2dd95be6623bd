import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file below a folder. */
export interface FoundFile {
  /** Its path. */
  file: string;
  /** Its path from the folder on, with `/`. */
  name: string;
}

/** The files of a folder and of the folders in it, and those that links in them lead to; a link to a folder is not followed. */
export async function filesIn(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const isFile = entry.isSymbolicLink()
        ? await stat(file).then(
            (target) => target.isFile(),
            () => false,
          )
        : entry.isFile();
      return isFile ? [{ file, name: path.relative(folder, file).split(path.sep).join('/') }] : [];
    }),
  );
  return found.flat();
}

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ReportError } from '../../errors.js';
import { errorCode } from '../../errors.js';
import type { FoundFile } from '../row-file.js';
import { dataError } from '../source-file.js';
import { isPattern, matchPattern } from './path-pattern.js';

/** How many names of a folder a message lists. */
const NAMES_SHOWN = 8;
/** What the tool itself writes, and what systems leave behind: never data. */
const NEVER_DATA = new Set([
  'quarantine.csv',
  'report.json',
  'manifest.json',
  'thumbs.db',
  'desktop.ini',
  'node_modules',
  '__macosx',
]);

/**
 * The files that may hold data, sorted by name, each once. Without `paths`: those of the folder and of its sub-folders,
 * one level deep. With `paths`: those only; each is a file, a folder or a pattern (`*`, `?`, `**`), absolute or from the folder.
 * A file that cannot be read is among them; so is, under its own path, a sub-folder that cannot be listed.
 * Errors (exit code 3): missing-folder, missing-file (a path that matches nothing).
 */
export async function findFiles(dataDir: string, paths: readonly string[]): Promise<FoundFile[]> {
  const folder = path.resolve(dataDir);
  const needsFolder = paths.length === 0 || paths.some((each) => !path.isAbsolute(each));
  if (needsFolder) await assertFolder(dataDir);
  const found =
    paths.length === 0
      ? await listFiles(folder, 1)
      : (await Promise.all(paths.map((each) => filesAt(folder, each)))).flat();
  const files = await Promise.all([...new Set(found)].map((file) => describe(folder, file)));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function assertFolder(dataDir: string): Promise<void> {
  const failure = await readdir(dataDir).then(
    () => null,
    (error: unknown) => error,
  );
  if (failure === null) return;
  const messages: Record<string, string> = {
    ENOENT: `The folder ${dataDir} does not exist.`,
    ENOTDIR: `${dataDir} is a file, not a folder.`,
    EACCES: `The folder ${dataDir} cannot be read: you have no permission.`,
  };
  const code = errorCode(failure);
  throw dataError(
    'missing-folder',
    messages[code] ?? `The folder ${dataDir} cannot be read (${code || 'unknown reason'}).`,
    'Name the folder that holds your files with --data.',
    failure,
  );
}

/** Absolute paths of the files of a folder, and of its sub-folders as many levels deep. */
async function listFiles(folder: string, levels: number): Promise<string[]> {
  const names = (await readdir(folder)).filter(mayBeData);
  const lists = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      if (!(await isFolder(file))) return [file];
      // A sub-folder that cannot be listed is told like a file that cannot be read.
      return levels > 0 ? listFiles(file, levels - 1).catch(() => [file]) : [];
    }),
  );
  return lists.flat();
}

async function filesAt(folder: string, given: string): Promise<string[]> {
  const file = path.resolve(folder, given);
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  const isWild = !exists && isPattern(given);
  const matches = isWild ? (await matchPattern(file)).filter((each) => mayBeData(path.basename(each))) : [];
  const places = exists ? [file] : matches;
  const files = await Promise.all(
    places.map(async (place) =>
      (await isFolder(place)) ? listFiles(place, 1).catch(() => [place]) : [place],
    ),
  );
  if (files.flat().length > 0) return files.flat();
  throw await nothingThere(folder, given, file, exists);
}

async function nothingThere(
  folder: string,
  given: string,
  file: string,
  exists: boolean,
): Promise<ReportError> {
  const fixed = isPattern(given) ? file.slice(0, file.search(/[*?]/)) : file;
  const nearest = path.dirname(`${fixed}_`);
  const place = exists ? file : (await isFolder(nearest)) ? nearest : folder;
  const names = (await readdir(place).catch(() => [])).filter(mayBeData).sort();
  const listed = names.slice(0, NAMES_SHOWN).join(', ');
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : '';
  return dataError(
    'missing-file',
    `"${given}" ${exists ? 'is a folder without files' : 'matches no file'}. ${
      names.length > 0 ? `In ${place} there are: ${listed}${more}.` : `${place} is empty.`
    }`,
    'Correct the path under `sources` in the configuration, or put the file there.',
  );
}

async function describe(folder: string, file: string): Promise<FoundFile> {
  const inside = path.relative(folder, file);
  const isInside = inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside);
  const bytes = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  return { name: isInside ? inside.split(path.sep).join('/') : file, path: file, bytes };
}

function mayBeData(name: string): boolean {
  return !name.startsWith('.') && !name.startsWith('~$') && !NEVER_DATA.has(name.toLowerCase());
}

function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Whether a path has wildcards: `*`, `?`. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * The paths that match a pattern: `*` is any part of a name, `?` one character, `**` any number of folders.
 * Hidden names match only a part that begins with a dot. `**` does not follow links to folders, so that it always ends.
 * @param pattern absolute
 * @returns absolute paths of files and folders; none where the pattern's folder does not exist
 */
export async function matchPattern(pattern: string): Promise<string[]> {
  const { root } = path.parse(pattern);
  const parts = pattern.slice(root.length).split(path.sep).filter(Boolean);
  return [...new Set(await matchParts(root, parts))];
}

async function matchParts(folder: string, [part, ...rest]: readonly string[]): Promise<string[]> {
  if (part === undefined) {
    return lstat(folder).then(
      () => [folder],
      () => [],
    );
  }
  if (!isPattern(part)) return matchParts(path.join(folder, part), rest);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const next = (name: string, parts: readonly string[]) => matchParts(path.join(folder, name), parts);
  if (part === '**') {
    const inner = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    const remaining = rest.length > 0 ? rest : ['*'];
    const deeper = await Promise.all(inner.map(({ name }) => next(name, [part, ...rest])));
    return [...(await matchParts(folder, remaining)), ...deeper.flat()];
  }
  const names = entries.map(({ name }) => name).filter((name) => matchesName(name, part));
  return (await Promise.all(names.map((name) => next(name, rest)))).flat();
}

function matchesName(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const source = pattern.normalize().replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = source.replace(/\*+/g, '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(name.normalize());
}

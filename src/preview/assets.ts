import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../package-root.js';

const FOLDER = path.join(packageRoot, 'templates', 'preview');
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** A file of the page itself; null for a name that is none of them. Nothing outside the folder can be named. */
export async function asset(name: string): Promise<{ content: string; type: string } | null> {
  const names = await readdir(FOLDER);
  const type = TYPES[path.extname(name)];
  if (!names.includes(name) || type === undefined) return null;
  return { content: await readFile(path.join(FOLDER, name), 'utf8'), type };
}

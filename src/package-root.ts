import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installed package: the place of `templates/`, `config/` and `package.json`. */
export const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** Version of this package, as in its package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

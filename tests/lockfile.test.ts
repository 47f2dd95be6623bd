import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';

interface Locked {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

it('locks the build of every platform, without which npm ci refuses the file', () => {
  const lock: unknown = JSON.parse(readFileSync(path.join(packageRoot, 'package-lock.json'), 'utf8'));
  const { packages } = lock as Locked;
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`],
    ),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(missing).toEqual([]);
});

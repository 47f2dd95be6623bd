import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.js';
import { sections } from '../src/sections/registry.js';

const src = path.join(packageRoot, 'src');

/** What each folder of src, or file at its top, may import of the others; from the leaves upwards. */
const ALLOWED: Record<string, readonly string[]> = {
  effects: [],
  errors: [],
  format: [],
  'package-root': [],
  folders: ['errors'],
  fonts: ['errors'],
  sample: ['errors'],
  warehouse: ['errors'],
  sources: ['errors', 'folders', 'warehouse'],
  config: ['errors', 'format', 'sources'],
  init: ['config', 'errors', 'format', 'sources'],
  cache: [],
  model: ['format', 'warehouse'],
  report: ['format'],
  checks: ['errors', 'format', 'model', 'report', 'sources', 'warehouse'],
  charts: ['effects', 'errors', 'fonts', 'package-root', 'report'],
  sections: ['charts', 'format', 'model', 'report'],
  output: ['checks', 'errors', 'model', 'report'],
  comparison: ['errors', 'format', 'output', 'report'],
  ci: ['errors', 'folders', 'format', 'report'],
  render: ['charts', 'config', 'effects', 'errors', 'folders', 'fonts', 'format', 'package-root', 'report'],
  'own-sections': [
    'charts',
    'config',
    'effects',
    'errors',
    'format',
    'model',
    'report',
    'sections',
    'warehouse',
  ],
  pipeline: [
    'cache',
    'checks',
    'comparison',
    'config',
    'effects',
    'errors',
    'format',
    'init',
    'model',
    'own-sections',
    'package-root',
    'report',
    'sections',
    'sources',
    'warehouse',
  ],
  exports: ['folders', 'format', 'output', 'report', 'warehouse'],
  email: ['charts', 'config', 'effects', 'errors', 'fonts', 'format', 'render', 'report'],
  ledger: ['errors'],
  schedule: ['errors', 'format'],
  delivery: ['config', 'errors', 'ledger'],
  doctor: ['config', 'delivery', 'effects', 'errors', 'fonts', 'render', 'sources'],
  editions: [
    'checks',
    'comparison',
    'config',
    'delivery',
    'effects',
    'email',
    'errors',
    'exports',
    'format',
    'ledger',
    'model',
    'output',
    'pipeline',
    'render',
    'report',
    'schedule',
  ],
  service: ['config', 'editions', 'errors', 'ledger', 'package-root', 'schedule'],
  preview: [
    'charts',
    'config',
    'effects',
    'errors',
    'exports',
    'fonts',
    'format',
    'model',
    'output',
    'package-root',
    'pipeline',
    'render',
    'report',
  ],
  index: ['config', 'effects', 'errors', 'exports', 'model', 'pipeline', 'render', 'report'],
  schemas: ['ci', 'config', 'package-root', 'report'],
  cli: [
    'checks',
    'ci',
    'comparison',
    'config',
    'exports',
    'folders',
    'preview',
    'delivery',
    'doctor',
    'editions',
    'effects',
    'errors',
    'format',
    'init',
    'ledger',
    'model',
    'output',
    'package-root',
    'pipeline',
    'render',
    'report',
    'schedule',
    'service',
    'warehouse',
  ],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.split(path.sep).join('/'));

/** The files of ours that a file imports, at once or later. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  const targets = text.matchAll(/(?:\bfrom\s|\bimport\s*\(?\s*)'(\.[^']+)\.js'/g);
  return [...targets].map(([, target]) => path.posix.join(path.posix.dirname(file), `${target}.ts`));
}

const room = (file: string) =>
  file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace('.ts', '');

describe('imports', () => {
  it('are found: every one is a file of ours', () => {
    const all = files.flatMap(importsOf);
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter((file) => !files.includes(file) && file !== 'charts/vega-text.d.ts')).toEqual([]);
  });

  it('run one way, along the list of what may import what', () => {
    const surplus = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => room(target) !== room(file) && !ALLOWED[room(file)]?.includes(room(target)))
        .map((target) => `${file} → ${target}`),
    );
    expect(surplus).toEqual([]);
  });

  it('are of a list that runs one way itself, without a permission that nobody uses', () => {
    const done: string[] = [];
    for (const [name, targets] of Object.entries(ALLOWED)) {
      expect(
        targets.filter((target) => !done.includes(target)),
        name,
      ).toEqual([]);
      done.push(name);
      const used = files
        .filter((file) => room(file) === name)
        .flatMap(importsOf)
        .map(room);
      expect(
        targets.filter((target) => !used.includes(target)),
        name,
      ).toEqual([]);
    }
    expect(new Set(files.map(room))).toEqual(new Set(done));
  });

  it('of packages are of those that are installed with the product', () => {
    const manifest: { dependencies: object } = JSON.parse(
      readFileSync(path.join(packageRoot, 'package.json'), 'utf8'),
    );
    const installed = Object.keys(manifest.dependencies);
    const missing = files.flatMap((file) => {
      const text = readFileSync(path.join(src, file), 'utf8');
      return [
        ...text.matchAll(
          /^(?:import|export) (?!type )[^;]*?\bfrom '([^.][^']*)'|\bimport\('([^.][^']*)'\)/gm,
        ),
      ]
        .map(([, now, later]) => now ?? later ?? '')
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !installed.includes(name))
        .map((name) => `${file} → ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('go in no circle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]) => {
      if (state.get(file) === 'open') circles.push([...trail, file].join(' → '));
      if (state.has(file)) return;
      state.set(file, 'open');
      for (const target of importsOf(file)) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

it('gives every section one file, one partial and one line in the registry', () => {
  const ids = sections.map(({ id }) => id);
  const partials = readdirSync(path.join(packageRoot, 'templates', 'sections'));
  expect(partials.sort()).toEqual(ids.map((id) => `${id}.hbs`).sort());
  for (const id of ids) expect(files).toContain(`sections/${id}.ts`);
  expect(new Set(ids).size).toBe(ids.length);
});

it('names no place of a machine in any tracked file', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: packageRoot, encoding: 'utf8' });
  const place = /(?:^|[\s'"`(=:])(?:\/(?:home|root|Users|work|mnt|private)\/|[A-Z]:\\Users)/;
  const naming = tracked
    .split('\0')
    .filter((file) => /\.(ts|js|mjs|json|md|yaml|yml|hbs|css|csv)$/.test(file))
    .filter((file) => {
      try {
        return place.test(readFileSync(path.join(packageRoot, file), 'utf8'));
      } catch {
        return false;
      }
    });
  expect(naming).toEqual([]);
});

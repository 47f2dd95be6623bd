import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileFacts, folderFacts } from '../../src/ci/file-facts.js';
import { manifestJsonSchema, manifestOf, manifestSchema } from '../../src/ci/manifest.js';
import { startStopwatch } from '../../src/ci/stopwatch.js';
import { packageRoot } from '../../src/package-root.js';
import { builtReport } from '../support/built.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('is published as a JSON Schema, up to date', async () => {
  const saved = await readFile(path.join(packageRoot, 'config', 'schema', 'manifest.schema.json'), 'utf8');
  expect(saved).toBe(`${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
});

it('names what a build was made of and what it wrote, by name', () => {
  const source = {
    table: 'posts',
    file: 'posts.csv',
    rows: 2,
    bytes: 9,
    sha256: 'ab',
    ignoredColumns: [],
    notes: [],
  };
  const report = builtReport();
  report.meta.sources.push(source);
  const own = fileFacts('report.yaml', '{}');
  const manifest = manifestOf({
    report,
    files: new Map<string, string | Uint8Array>([
      ['report.json', '₹'],
      ['report.html', new Uint8Array([97])],
    ]),
    configuration: own,
    templates: [own],
    sections: [],
    gates: [{ gate: 'roas<1', ok: false, value: null, text: 't' }],
    browser: null,
    timings: { report: 1, total: 2 },
  });
  expect(manifestSchema.parse(manifest)).toEqual(manifest);
  expect(manifest).toMatchObject({
    report: { asOf: '2025-06-30', status: 'complete', period: { from: '2025-06-02', to: '2025-06-29' } },
    inputs: [{ table: 'posts', file: 'posts.csv', bytes: 9, sha256: 'ab' }],
    configuration: { file: 'report.yaml', bytes: 2, sha256: sha256('{}') },
    previous: null,
    outputs: [
      { file: 'report.html', bytes: 1, sha256: sha256('a') },
      { file: 'report.json', bytes: 3, sha256: sha256('₹') },
    ],
    versions: { 'roi-report': '0.1.0', node: process.versions.node, engine: 'DuckDB', browser: null },
  });
});

it('hashes the files of a folder that go into reports, by name', async () => {
  const { folder, remove } = await temporaryFolder();
  await mkdir(path.join(folder, 'partials'));
  for (const name of ['b.css', 'partials/a.hbs', '.DS_Store', 'notes.txt', 'weeks.sql'])
    await writeFile(path.join(folder, name), name);
  expect(await folderFacts(folder)).toEqual([
    { file: 'b.css', bytes: 5, sha256: sha256('b.css') },
    { file: 'partials/a.hbs', bytes: 14, sha256: sha256('partials/a.hbs') },
    { file: 'weeks.sql', bytes: 9, sha256: sha256('weeks.sql') },
  ]);
  await remove();
});

it('times steps, also those that fail', async () => {
  let now = 1_000;
  const stopwatch = startStopwatch(() => new Date(now));
  const step = async (milliseconds: number) => {
    now += milliseconds;
    return milliseconds;
  };
  expect(await stopwatch.time('report', () => step(50))).toBe(50);
  await stopwatch.time('pdf', () => step(7).then(() => Promise.reject(new Error('no')))).catch(() => {});
  now += 3;
  expect(stopwatch.read()).toEqual({ report: 50, pdf: 7, total: 60 });
});

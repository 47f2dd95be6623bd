import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/schema.js';
import { eventually } from '../render/browser/browser-programs.js';
import { browsersOf, runCli } from '../support/cli.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, 'data'));
  await writeTables(path.join(folder, 'data'), tinyTables);
});
afterAll(() => remove());

const STEPS = [
  'Loading influencers.csv',
  'Loading payouts.csv',
  'Allocating payouts',
  'Computing the sections',
  'Drawing the charts',
  'Filling the templates',
  'Printing the PDF',
];
const INTERRUPTED = STEPS.filter((step) => !/payouts/.test(step));

const args = (out: string) => ['build', '--data', 'data', '--out', out, '--as-of', '2025-06-30'];
const edition = (out: string) => path.join(folder, out, '2025-06-30');

/** Every file under a final name is whole; whatever else lies there is a leftover that starts with a dot. */
async function wholeFiles(out: string): Promise<string[]> {
  const names = await readdir(edition(out)).catch(() => []);
  const final = names.filter((name) => !(name.startsWith('.') && name.endsWith('.part')));
  for (const name of final) {
    const text = await readFile(path.join(edition(out), name), 'latin1');
    if (name === 'report.pdf') expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    if (name === 'report.html') expect(text.trimEnd().endsWith('</html>')).toBe(true);
    if (name === 'report.json') expect(reportSchema.safeParse(JSON.parse(text)).success).toBe(true);
  }
  return final.sort();
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  const steps = signal === 'SIGINT' ? INTERRUPTED : ['Printing the PDF'];
  it.concurrent.each(steps)(
    'while "%s" ends with 130, writes nothing and leaves no browser',
    async (step) => {
      const out = `${signal} ${step}`;
      const { code, stdout, stderr, pid } = await runCli(args(out), {
        cwd: folder,
        onNote: (line, child) => {
          if (line === step) child.kill(signal);
        },
      });
      expect(stderr).toContain(step);
      expect(code).toBe(130);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/Stopped; nothing was written\.\n$/);
      expect(await readdir(edition(out)).catch(() => [])).toEqual([]);
      expect(await eventually(() => browsersOf(pid).length === 0)).toBe(true);
    },
  );
});

describe('SIGKILL', () => {
  it.concurrent.each(STEPS)('while "%s" leaves no half-written file and no browser', async (step) => {
    const out = `killed ${step}`;
    const { code, pid } = await runCli(args(out), {
      cwd: folder,
      onNote: (line, child) => {
        if (line === step) child.kill('SIGKILL');
      },
    });
    expect(code).toBe(null);
    expect(await wholeFiles(out)).toEqual([]);
    expect(await eventually(() => browsersOf(pid).length === 0)).toBe(true);
  });

  it('at any change of the output folder leaves whole files, and the next run succeeds beside what is left', async () => {
    const out = 'changed';
    await mkdir(edition(out), { recursive: true });
    for (const change of [1, 2, 3, 4, 6]) {
      let watcher: FSWatcher | undefined;
      let seen = 0;
      const killed = await runCli(args(out), {
        cwd: folder,
        onNote: (line, child) => {
          if (line !== 'Printing the PDF') return;
          watcher = watch(edition(out), () => {
            seen += 1;
            if (seen === change) child.kill('SIGKILL');
          });
        },
      });
      watcher?.close();
      expect(killed.code).toBe(null);
      await wholeFiles(out);
    }
    const leftovers = (await readdir(edition(out))).filter((name) => name.endsWith('.part'));
    expect(leftovers.length).toBeGreaterThan(0);
    const next = await runCli(args(out), { cwd: folder });
    expect(next.code).toBe(0);
    expect(await wholeFiles(out)).toEqual(['manifest.json', 'report.html', 'report.json', 'report.pdf']);
  });
});

import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const shell = promisify(execFile);
const CLI = `"${process.execPath}" "${path.join(packageRoot, 'dist/cli.js')}"`;

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(path.join(folder, 'data'));
  for (const name of ['influencers', 'posts', 'payouts']) {
    const file = `${name}.csv`;
    await writeFile(path.join(folder, 'data', file), await readFile(path.join(packageRoot, 'data', file)));
  }
  const rows = Array.from({ length: 6_000 }, (_, index) => `I001,2026-06-01,none of your business ${index}`);
  await writeFile(
    path.join(folder, 'data', 'tracking_data.csv'),
    ['influencer_id,date,revenue', 'I001,2026-06-01,10', ...rows, ''].join('\n'),
  );
});
afterAll(() => remove());

it.skipIf(process.platform === 'win32')(
  'a long result goes through a pipe whole, however slow its reader',
  async () => {
    const { stdout } = await shell(
      'sh',
      [
        '-c',
        `${CLI} check --data data --as-of 2026-06-28 --json | (read -r first_line; printf %s "$first_line")`,
      ],
      { cwd: folder, maxBuffer: 1e8 },
    );
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, quarantined: { rows: 6_000 } });
  },
);

it.skipIf(process.platform === 'win32')('a reader that has seen enough is no failure', async () => {
  const { stdout, stderr } = await shell(
    'sh',
    ['-c', `${CLI} check --data data --as-of 2026-06-28 --json | head -c 10`],
    { cwd: folder },
  );
  expect(stdout).toBe('{"ok":fals');
  expect(stderr).not.toContain('EPIPE');
});

import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sample-main-'));
  program = path.join(folder, 'main.mjs');
  await build({
    entryPoints: [path.join(packageRoot, 'src/sample/main.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });

describe('the sample-data command', () => {
  it('writes four files and says so on stderr', async () => {
    const { status, stdout, stderr } = run('--size', '50', '--out', 'made', '--seed', '2');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(
      /^Wrote \d+ influencers, \d+ posts and 50 tracked rows .* to made \(seed 2\)\.\n$/,
    );
    expect((await readdir(path.join(folder, 'made'))).sort()).toEqual([
      'influencers.csv',
      'payouts.csv',
      'posts.csv',
      'tracking_data.csv',
    ]);
  });

  it('answers a bad flag with one line and exit code 2', () => {
    const { status, stdout, stderr } = run('--size', 'many');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^--size must be a whole number .*"many"\. Usage: [^\n]*\n$/);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { packageRoot } from '../../../src/package-root.js';

export { temporaryFolder } from '../../support/temporary-folder.js';

/** Writes a program for a Node process of its own, compiled from TypeScript that may import from `src/`. */
export async function writeProgram(folder: string, source: string): Promise<string> {
  const program = path.join(folder, 'program.mjs');
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: packageRoot, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  await writeFile(program, outputFiles[0]?.contents ?? '');
  await symlink(path.join(packageRoot, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return program;
}

/** Whether a process of this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ids of the living processes of a process group (Linux; elsewhere none are found). */
export function processesOf(group: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const [state, , groupOf] = statOf(name);
      return groupOf === String(group) && state !== 'Z';
    })
    .map(Number);
}

function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Waits, for at most five seconds, until `done` holds; returns whether it does. */
export async function eventually(done: () => boolean): Promise<boolean> {
  for (let left = 250; left > 0 && !done(); left--) await setTimeout(20);
  return done();
}

/** Names of the browser profiles that this process has in the temporary folder. */
export function profiles(pid = process.pid): string[] {
  return readdirSync(os.tmpdir()).filter(
    (name) => name.startsWith('roi-report-browser-') && name.includes(`-${pid}-`),
  );
}

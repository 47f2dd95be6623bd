import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package-root.js';

const PROGRAM = path.join(packageRoot, 'dist', 'cli.js');

export interface CliOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called with every line of stderr as it comes, to act on a run in its middle. */
  onNote?: (line: string, child: ChildProcess) => void;
}

export interface CliResult {
  /** Exit code; null where a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
  pid: number;
}

/** Runs the built command line as a process of its own; `npm run build` has to have gone before. */
export async function runCli(
  args: readonly string[],
  { cwd, env, onNote }: CliOptions = {},
): Promise<CliResult> {
  if (!existsSync(PROGRAM)) throw new Error('dist/cli.js is missing: run npm run build first.');
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let told = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    const lines = stderr.split('\n').slice(0, -1);
    for (const line of lines.slice(told)) onNote?.(line, child);
    told = lines.length;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr, pid: child.pid ?? 0 };
}

/** Ids of the living browsers that a process with this id started (Linux; elsewhere none are found). */
export function browsersOf(pid: number): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => new RegExp(`roi-report-browser-\\S*-${pid}-`).test(commandLine(name)));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

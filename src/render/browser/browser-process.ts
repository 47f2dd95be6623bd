import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { messageOf } from '../../errors.js';
import { makeTemporaryFolder, removeStaleFolders } from '../../folders/temporary.js';
import type { LocatedBrowser } from './locate.js';
import { PipeTransport } from './pipe-transport.js';

const PROFILE = 'roi-report-browser';
const LOG_LENGTH = 4096;
const LAST_WORDS_LIMIT_MS = 500;

/** A browser that did not start; the message says why, without a full stop, and `log` is what the browser wrote. */
export class StartError extends Error {
  readonly log: string;

  constructor(message: string, log = '', cause?: unknown) {
    super(message, { cause });
    this.name = 'StartError';
    this.log = log;
  }
}

/** A browser's process with its own temporary profile. */
export interface BrowserProcess {
  pid: number;
  transport: PipeTransport;
  /** Resolves when the process has ended, to the end of what it wrote to stderr. */
  exited: Promise<string>;
  /** Kills the process and all that it started; resolves when it is gone and its profile removed. */
  kill(): Promise<void>;
}

/**
 * Starts the browser, listening on a pipe: when this process dies, even by SIGKILL, the browser goes with it.
 * @throws StartError when the system cannot run the program
 */
export async function startProcess(
  { executable, env }: LocatedBrowser,
  flags: string[],
): Promise<BrowserProcess> {
  const profile = await makeTemporaryFolder(os.tmpdir(), PROFILE);
  let child: ChildProcess;
  try {
    child = spawn(executable, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
      env: { ...env, TMPDIR: profile, ...(env.HOME ? {} : { HOME: profile }) },
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    await once(child, 'spawn');
  } catch (error) {
    await rm(profile, { recursive: true, force: true });
    throw new StartError(`${executable} cannot be run: ${messageOf(error)}`, '', error);
  }
  void removeStaleFolders(os.tmpdir(), PROFILE).catch(() => {});
  const [, , , toBrowser, fromBrowser] = child.stdio;
  if (child.pid === undefined || !(toBrowser instanceof Writable) || !(fromBrowser instanceof Readable)) {
    throw new StartError(`${executable} was started without its pipes`);
  }
  const { pid } = child;
  const exited = logUntilExit(child, pid);
  let killing: Promise<void> | undefined;
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) killTree(child, pid);
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  };
  const kill = () => {
    killing ??= end();
    return killing;
  };
  return { pid, transport: new PipeTransport(toBrowser, fromBrowser), exited, kill };
}

async function logUntilExit(child: ChildProcess, pid: number): Promise<string> {
  let log = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    log = (log + text).slice(-LOG_LENGTH);
  });
  child.on('error', () => {});
  const closed = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.once('exit', resolve));
  // Those that it started can outlive it by a moment, still write to the profile and hold its stderr open.
  killTree(child, pid);
  await Promise.race([closed, setTimeout(LAST_WORDS_LIMIT_MS, undefined, { ref: false })]);
  return log.trim();
}

function killTree(child: ChildProcess, pid: number): void {
  if (process.platform === 'win32') {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

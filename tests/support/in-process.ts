import { vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import type { CliOptions, CliResult } from './cli.js';

/**
 * Runs the command line in the process of the tests, for what does not depend on a process of its own: it spares the start and the
 * imports. One at a time, since folder, environment and output belong to the whole process.
 */
export async function runInProcess(
  args: readonly string[],
  { cwd = process.cwd(), env = {} }: Pick<CliOptions, 'cwd' | 'env'> = {},
): Promise<Omit<CliResult, 'pid'>> {
  if (vi.isMockFunction(process.stdout.write)) throw new Error('Another run has not ended yet.');
  const before = process.cwd();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listeners = signals.map((signal) => process.listeners(signal));
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  const kept = Object.keys(env).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, env);
  process.chdir(cwd);
  try {
    return { code: await main(args), ...written };
  } finally {
    process.chdir(before);
    for (const [name, value] of kept) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    for (const spy of spies) spy.mockRestore();
    signals.forEach((signal, index) => {
      for (const listener of process.listeners(signal)) {
        if (!listeners[index]?.includes(listener)) process.removeListener(signal, listener);
      }
    });
  }
}

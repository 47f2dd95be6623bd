import { spawn } from 'node:child_process';

/**
 * Runs a Node script in a process of its own.
 *
 * @param args - what follows `node` on the command line
 * @returns `seconds` from start to end of the process, its `stdout`, and its `progress`: the lines of stderr, each with the second
 *   at which it came
 * @throws Error with the last lines of stderr when the script fails; the reason of the aborted signal, once the process is gone
 */
export async function runChild(args, signal) {
  signal.throwIfAborted();
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let stdout = '';
  let seconds = 0;
  const progress = [];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    const second = elapsed();
    for (const line of text.split('\n')) if (line !== '') progress.push({ line, second });
  });
  child.once('exit', () => {
    seconds = elapsed();
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  if (code !== 0) {
    const last = progress.slice(-8).map(({ line }) => line);
    throw new Error(`node ${args.join(' ')} ended with ${code}:\n${last.join('\n')}`);
  }
  return { seconds, stdout, progress };
}

import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { version as duckDbVersion } from '@duckdb/node-api';

/**
 * What the numbers were measured on: cores, memory, and the versions of Node, DuckDB and the browser.
 *
 * @param located - the browser, as `locateBrowser` names it
 */
export function machineFacts({ executable, env }) {
  const [cpu] = os.cpus();
  return {
    system: `${os.platform()} ${os.arch()}`,
    cores: os.availableParallelism(),
    processor: cpu?.model.trim() ?? 'unknown',
    memoryBytes: os.totalmem(),
    load: os.loadavg()[0],
    node: process.version,
    duckdb: duckDbVersion(),
    browser: execFileSync(executable, ['--version'], { env, encoding: 'utf8' }).trim(),
  };
}

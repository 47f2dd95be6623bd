import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { lockSchedule } from '../../src/ledger/schedule-lock.js';
import { packageRoot } from '../../src/package-root.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

it('is held by one at a time, for each schedule by itself', () => {
  const release = lockSchedule(folder, 'weekly');
  expect(release).not.toBeNull();
  expect(lockSchedule(folder, 'weekly')).toBeNull();
  const other = lockSchedule(folder, 'monthly');
  expect(other).not.toBeNull();
  other?.();
  release?.();
  const again = lockSchedule(folder, 'weekly');
  expect(again).not.toBeNull();
  again?.();
});

it('is free at once when the process that holds it is killed', async () => {
  const program = `
    import { lockSchedule } from '${pathToFileURL(`${packageRoot}/dist/ledger/schedule-lock.js`).href}';
    globalThis.held = lockSchedule(${JSON.stringify(folder)}, 'killed');
    console.log(held === null ? 'refused' : 'held');
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  expect(String(said).trim()).toBe('held');
  expect(lockSchedule(folder, 'killed')).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const release = lockSchedule(folder, 'killed');
  expect(release).not.toBeNull();
  release?.();
});

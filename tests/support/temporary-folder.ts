import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Makes a folder that the test removes with `remove`. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'roi-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

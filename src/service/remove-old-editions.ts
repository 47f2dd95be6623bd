import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { editionFolder } from '../editions/archive.js';
import type { EditionContext } from '../editions/context.js';
import { editionName } from '../ledger/edition.js';
import { forgetOldNotices } from '../ledger/notices.js';
import { archivedBefore } from '../ledger/run-lists.js';
import { updateRun } from '../ledger/runs.js';

const DAY_MS = 86_400_000;

/** Removes what was sent longer ago than it is kept; the ledger still tells that and when it was. */
export async function removeOldEditions({
  config,
  folder,
  ledger,
  effects,
  tell,
}: EditionContext): Promise<void> {
  const limit = new Date(effects.now().getTime() - config.delivery.keepDays * DAY_MS);
  for (const run of archivedBefore(ledger, limit)) {
    await rm(path.join(folder, editionFolder(run)), { recursive: true, force: true });
    updateRun(ledger, run, { archived: false });
    tell('info', `${editionName(run)} is no longer kept`, { edition: editionName(run), event: 'removed' });
  }
  forgetOldNotices(ledger, limit);
  await removeOldFiles(path.join(folder, 'dry-run', 'editions'), limit);
}

async function removeOldFiles(folder: string, limit: Date): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    if ((await stat(file)).mtime < limit) await rm(file, { force: true });
  }
}

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { executiveOverview } from '../../src/sections/executive-overview.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { smallest, writeOwn } from './own-folder.js';

it('a query that fails costs nobody the tables that an earlier run kept', async () => {
  const { folder, remove } = await temporaryFolder();
  const cacheFolder = path.join(folder, 'cache');
  await mkdir(cacheFolder);
  const run = async (sql: string) => {
    const config = await loadConfig(await writeOwn(folder, { ...smallest, 'totals.sql': sql }));
    // It is the bytes that make tables worth keeping.
    const filler = 'x'.repeat(400_000);
    const rows = Array.from({ length: 55 }, (_, number) => `A,North,2025-06-02,1,5,${number}${filler}`);
    const lines = ['influencer_id,campaign,date,orders,revenue,note', ...rows, ''];
    await writeFile(path.join(folder, 'tracking_data.csv'), lines.join('\n'));
    const steps: string[] = [];
    const warnings: string[] = [];
    const { report } = await computeReport(
      { dataDir: folder, config, asOf: '2025-06-30', cacheFolder, sections: [executiveOverview] },
      { ...quietEffects(), progress: (step) => steps.push(step), warn: (line) => warnings.push(line) },
    );
    const kept = await readdir(path.join(cacheFolder, 'prepared'));
    return { status: report.status, isLoaded: steps.includes('Loading tracking_data.csv'), warnings, kept };
  };
  try {
    const first = await run('SELECT 1 AS one');
    expect(first).toMatchObject({ status: 'complete', isLoaded: true, warnings: [] });
    const failing = await run('SELECT nothing FROM orders');
    expect(failing).toMatchObject({ status: 'degraded', isLoaded: false, kept: first.kept });
    expect(failing.warnings).toEqual([expect.stringContaining('mine/totals.sql, line 1: ')]);
  } finally {
    await remove();
  }
});

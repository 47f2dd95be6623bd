import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { withSlices } from '../../src/pipeline/slices.js';
import { executiveOverview } from '../../src/sections/executive-overview.js';
import { sections } from '../../src/sections/registry.js';
import { emptyResult, type SectionDefinition } from '../../src/sections/section.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

/** Enough bytes that their tables are worth to be kept, in few rows: it is the bytes that count. */
const ROWS = 13_000;
const FILLER = 'x'.repeat(1_600);
const config = configSchema.parse({});

let folder: string;
let remove: () => Promise<void>;
let dataDir: string;
let cacheFolder: string;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  dataDir = path.join(folder, 'data');
  await mkdir(dataDir);
  await writeTables(dataDir, tinyTables);
  await writeTracking('10.00');
});
afterAll(() => remove());

let runs = 0;
beforeEach(async () => {
  runs++;
  cacheFolder = path.join(folder, `cache-${runs}`);
  await mkdir(cacheFolder);
});

async function writeTracking(revenue: string): Promise<void> {
  const lines = Array.from(
    { length: ROWS },
    (_, index) => `A,Spring,2025-06-0${1 + (index % 9)},1,${revenue},${FILLER}${index}`,
  );
  const text = ['influencer_id,campaign,date,orders,revenue,note', ...lines, 'A,Spring,soon,1,5,', ''];
  await writeFile(path.join(dataDir, 'tracking_data.csv'), text.join('\n'));
}

/** A run, with the steps that it told; the overview alone where it is enough to see which tables were used. */
async function run(settings = config, cache: string | null = cacheFolder, chosen = [executiveOverview]) {
  const steps: string[] = [];
  const effects = { ...quietEffects(), progress: (step: string) => void steps.push(step) };
  const inputs = { dataDir, config: settings, asOf: '2025-06-30', cacheFolder: cache, sections: chosen };
  const { report, quarantined } = await computeReport(inputs, effects);
  return { report, quarantined, loaded: steps.includes('Loading tracking_data.csv') };
}

const runWhole = (settings = config) => run(settings, cacheFolder, [...sections]);

const kept = async () => (await readdir(path.join(cacheFolder, 'prepared')).catch(() => [])).sort();

describe('tables of large files', () => {
  it('are kept, and give the same report without being loaded again', async () => {
    const first = await runWhole();
    const second = await runWhole();
    expect([first.loaded, second.loaded]).toEqual([true, false]);
    expect(second.report).toEqual(first.report);
    expect(second.quarantined).toEqual(first.quarantined);
    expect(first.quarantined).toHaveLength(1);
    const filtered = await runWhole({ ...config, filters: { ...config.filters, campaigns: ['Spring'] } });
    expect(filtered.loaded).toBe(false);
    expect(filtered.report.meta.filters.campaigns).toEqual(['Spring']);
  });

  it('are loaded again when a byte of a file changes, at the same size', async () => {
    const before = await run();
    await writeTracking('10.01');
    const after = await run();
    await writeTracking('10.00');
    const back = await run();
    expect([before.loaded, after.loaded, back.loaded]).toEqual([true, true, false]);
    expect(after.report).not.toEqual(before.report);
    expect(back.report).toEqual(before.report);
  });

  it('are loaded again with other settings of the sources', async () => {
    await run();
    const sources = {
      ...config.sources,
      tracking_data: { ...config.sources.tracking_data, dateOrder: 'dmy' as const },
    };
    expect((await run({ ...config, sources })).loaded).toBe(true);
  });

  it('are loaded again, and nobody notices, when what was kept is damaged', async () => {
    const first = await runWhole();
    const [name = ''] = await kept();
    const file = path.join(cacheFolder, 'prepared', name);
    const bytes = await readFile(file);
    for (const damaged of [
      Buffer.from('no database'),
      Buffer.from(bytes).fill(0x5a, Math.floor(bytes.length / 4), bytes.length),
    ]) {
      await writeFile(file, damaged);
      const again = await runWhole();
      expect(again.loaded).toBe(true);
      expect(again.report).toEqual(first.report);
    }
    expect((await runWhole()).loaded).toBe(true);
  });

  it('are not kept where that is not wanted', async () => {
    await run({ ...config, cache: { maxMegabytes: 0 } });
    await run(config, null);
    expect(await kept()).toEqual([]);
    await rm(cacheFolder, { recursive: true });
  });
});

describe('slices of kept tables', () => {
  const slice = { filters: config.filters, isolated: false };
  const inputs = () => ({ dataDir, config, asOf: '2025-06-30', cacheFolder });

  it('that fail are computed again, with all that the work does, from the files', async () => {
    await run();
    let computed = 0;
    const flaky: SectionDefinition = {
      id: 'flaky',
      title: 'Flaky',
      compute: async () => {
        computed++;
        if (computed === 2) throw new Error('damaged');
        return emptyResult('fine');
      },
    };
    let calls = 0;
    const statuses = await withSlices({ ...inputs(), sections: [flaky] }, quietEffects(), async (slices) => {
      calls++;
      const first = await slices.compute(slice);
      return [first.status, (await slices.compute(slice)).status];
    });
    expect({ calls, computed, statuses }).toEqual({
      calls: 2,
      computed: 4,
      statuses: ['complete', 'complete'],
    });
  });

  it('are not made again when something else fails', async () => {
    await run();
    let calls = 0;
    const working = withSlices(inputs(), quietEffects(), async ({ compute }) => {
      calls++;
      await compute(slice);
      throw new Error('not of the data');
    });
    await expect(working).rejects.toThrow('not of the data');
    expect(calls).toBe(1);
  });
});

it('small files are loaded each time', async () => {
  const small = path.join(folder, 'small');
  await mkdir(small, { recursive: true });
  await writeTables(small, tinyTables);
  await computeReport({ dataDir: small, config, asOf: '2025-06-30', cacheFolder }, quietEffects());
  expect(await kept()).toEqual([]);
});

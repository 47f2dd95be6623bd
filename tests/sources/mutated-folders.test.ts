import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ReportError } from '../../src/errors.js';
import { assertIdentified, identifySources } from '../../src/sources/identify.js';
import { type Loaded, loadSources } from '../../src/sources/load.js';
import { NO_SETTINGS } from '../../src/sources/settings.js';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { mutatedTables } from '../support/mutated-files.js';
import { VALID } from './load-folder.js';
import { referenceRows } from './rows/reference.js';

const RUNS = Number(process.env.MUTATED_FOLDERS ?? 25);
const NAMES = ['influencers.csv', 'posts.csv', 'tracking_data.csv', 'payouts.csv'];
const settings = {
  influencers: NO_SETTINGS,
  posts: NO_SETTINGS,
  tracking_data: NO_SETTINGS,
  payouts: NO_SETTINGS,
};

let warehouse: Warehouse;
let root: string;
beforeAll(async () => {
  warehouse = await openDuckDb({ threads: 2 });
  root = await mkdtemp(path.join(os.tmpdir(), 'roi-report-mutated-'));
});
afterAll(async () => {
  await warehouse.close();
  await rm(root, { recursive: true });
});

async function load(dataDir: string): Promise<Loaded> {
  const survey = await identifySources(dataDir, settings);
  assertIdentified(survey);
  const { signal } = new AbortController();
  return loadSources(warehouse, survey, { settings, currencyDigits: 2, signal, progress: () => {} });
}

it(`loads ${RUNS} damaged folders without losing a row, or refuses them with a reason`, async () => {
  let loadedFolders = 0;
  let folders = 0;
  await fc.assert(
    fc.asyncProperty(mutatedTables, fc.subarray(NAMES, { minLength: 1 }), async (damaged, names) => {
      const files: Record<string, Buffer> = Object.fromEntries(
        NAMES.map((name) => [
          name,
          (names.includes(name) && damaged[name]) || Buffer.from(VALID[name] ?? ''),
        ]),
      );
      const dataDir = path.join(root, String(folders++));
      await mkdir(dataDir);
      for (const [name, content] of Object.entries(files)) await writeFile(path.join(dataDir, name), content);
      const loaded = await load(dataDir).catch((error: unknown) => error);
      await rm(dataDir, { recursive: true });
      if (!('files' in (loaded as object))) {
        expect(loaded).toBeInstanceOf(ReportError);
        expect(loaded).toMatchObject({ exitCode: 3, hint: expect.stringMatching(/\w/) });
        return;
      }
      loadedFolders++;
      const { files: inputs, tables, quarantined } = loaded as Loaded;
      for (const { table: label, read, used, blank, quarantined: left } of tables) {
        const input = inputs.find((file) => file.input.table.label === label)?.input;
        const content = files[input?.head.file.name ?? ''];
        if (!input || !content) throw new Error(`${label} has no file.`);
        const rows = referenceRows({
          content,
          delimiter: input.head.delimiter ?? ',',
          linesAbove: input.headerLine - 1,
          width: input.header.length,
        });
        expect({ label, read }).toEqual({ label, read: rows.length });
        expect(read).toBe(used + blank + left);
        expect(quarantined.filter(({ table }) => table === label)).toHaveLength(left);
        const counted = label === 'tracking_data' ? 'SUM(rows)' : 'COUNT(*)';
        const [inTable] = await warehouse.query<{ rows: number }>(
          `SELECT CAST(COALESCE(${counted}, 0) AS BIGINT) AS rows FROM ${input.table.name}`,
        );
        expect(inTable?.rows).toBe(used);
      }
      for (const { line, file } of quarantined) {
        const text = files[file]?.toString('latin1') ?? '';
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
      }
    }),
    { numRuns: RUNS },
  );
  expect(loadedFolders / RUNS).toBeGreaterThan(0.2);
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { ReportError } from '../../src/errors.js';
import { assertIdentified, identifySources } from '../../src/sources/identify.js';
import { type Loaded, loadSources } from '../../src/sources/load.js';
import { NO_SETTINGS, type TableLabel, type TableSettings } from '../../src/sources/settings.js';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** Content of the input files by name. `undefined` leaves a file out; one of the four that is not named is a small valid one. */
export type Files = Record<string, string | Uint8Array | undefined>;

export interface LoadSettings {
  currencyDigits?: number;
  sources?: Partial<Record<TableLabel, Partial<TableSettings>>>;
}

export interface Loader {
  /** Writes the files into a fresh folder and loads it. */
  load(files: Files, settings?: LoadSettings): Promise<Loaded>;
  /** Loads files that must be refused: the code, message and hint of the error, the folder written as DIR. */
  refusal(
    files: Files,
    settings?: LoadSettings,
  ): Promise<{ code: string; message: string; hint: string | undefined }>;
  query<Row extends object>(sql: string): Promise<Row[]>;
}

export const VALID: Files = {
  'influencers.csv': 'ID,name\nA,Asha\n',
  'posts.csv': 'post_id,influencer_id,date\np1,A,2025-01-01\n',
  'tracking_data.csv': 'influencer_id,date,revenue\nA,2025-01-02,10\n',
  'payouts.csv': 'influencer_id,basis,total_payout\nA,post,100\n',
};

/** One warehouse for the tests of a file, with a fresh folder for each load. */
export function useLoader(folderName = 'data'): Loader {
  let warehouse: Warehouse;
  let root: string;
  let folders = 0;
  beforeAll(async () => {
    warehouse = await openDuckDb({ threads: 2 });
    root = await mkdtemp(path.join(os.tmpdir(), 'roi-report-load-'));
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(root, { recursive: true });
  });

  const folder = () => path.join(root, `${folderName}-${folders}`);

  async function load(
    files: Files,
    { currencyDigits = 2, sources = {} }: LoadSettings = {},
  ): Promise<Loaded> {
    folders++;
    for (const [name, content] of Object.entries({ ...VALID, ...files })) {
      if (content === undefined) continue;
      const file = path.join(folder(), name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const table = (label: TableLabel) => ({ ...NO_SETTINGS, ...sources[label] });
    const settings = {
      influencers: table('influencers'),
      posts: table('posts'),
      tracking_data: table('tracking_data'),
      payouts: table('payouts'),
    };
    const identified = await identifySources(folder(), settings);
    assertIdentified(identified);
    const { signal } = new AbortController();
    return loadSources(warehouse, identified, { settings, currencyDigits, signal, progress: () => {} });
  }

  return {
    load,
    query: (sql) => warehouse.query(sql),
    async refusal(files, settings) {
      const error = await load(files, settings).then(
        () => new Error('The files were loaded.'),
        (reason: unknown) => reason,
      );
      if (!(error instanceof ReportError)) throw error;
      if (error.exitCode !== 3) throw new Error(`Exit code ${error.exitCode}.`, { cause: error });
      return { code: error.code, message: error.message.replaceAll(folder(), 'DIR'), hint: error.hint };
    },
  };
}

/** The quarantined rows as `file:line column value: reason. fix`. */
export function setAside({ quarantined }: Loaded): string[] {
  return quarantined.map(
    ({ file, line, column, value, reason, fix }) => `${file}:${line} ${column} [${value}] ${reason}. ${fix}`,
  );
}

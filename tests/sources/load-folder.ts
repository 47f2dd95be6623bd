import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { ReportError } from '../../src/errors.js';
import { loadSources, type SourceFile } from '../../src/sources/load.js';
import { openDuckDb } from '../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** Content of the input files by name. `undefined` leaves a file out; a file not named is a small valid one. */
export type Files = Record<string, string | Buffer | undefined>;

export interface Loader {
  /** Writes the files into a fresh folder and loads it. */
  load(files: Files, currencyDigits?: number): Promise<SourceFile[]>;
  /** Loads files that must be refused: the code, message and hint of the error, the folder written as DIR. */
  refusal(
    files: Files,
    currencyDigits?: number,
  ): Promise<{ code: string; message: string; hint: string | undefined }>;
  query<Row extends object>(sql: string): Promise<Row[]>;
}

const VALID: Files = {
  'influencers.csv': 'ID,name\nA,Asha\n',
  'posts.csv': 'post_id,influencer_id,date\np1,A,2025-01-01\n',
  'tracking_data.csv': 'influencer_id,date,revenue\nA,2025-01-02,10\n',
  'payouts.csv': 'influencer_id,basis,total_payout\nA,post,100\n',
};

/** One warehouse for the tests of a file, with a fresh folder for each load. */
export function useLoader(folderName = 'data'): Loader {
  let warehouse: Warehouse;
  let root: string;
  beforeAll(async () => {
    warehouse = await openDuckDb({ threads: 2 });
    root = await mkdtemp(path.join(os.tmpdir(), `roi-report-${folderName}-`));
  });
  afterAll(async () => {
    await warehouse.close();
    await rm(root, { recursive: true });
  });

  async function load(files: Files, currencyDigits = 2): Promise<SourceFile[]> {
    for (const [name, content] of Object.entries({ ...VALID, ...files })) {
      const file = path.join(root, name);
      await (content === undefined ? rm(file, { force: true }) : writeFile(file, content));
    }
    const signal = new AbortController().signal;
    return loadSources(warehouse, { dataDir: root, currencyDigits, signal, progress: () => {} });
  }

  return {
    load,
    query: (sql) => warehouse.query(sql),
    async refusal(files, currencyDigits) {
      const error = await load(files, currencyDigits).then(
        () => new Error('The files were loaded.'),
        (reason: unknown) => reason,
      );
      if (!(error instanceof ReportError)) throw error;
      if (error.exitCode !== 3) throw new Error(`Exit code ${error.exitCode}.`, { cause: error });
      return { code: error.code, message: error.message.replaceAll(root, 'DIR'), hint: error.hint };
    },
  };
}

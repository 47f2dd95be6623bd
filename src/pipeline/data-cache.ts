import { createHash } from 'node:crypto';
import { openPreparedCache } from '../cache/prepared-cache.js';
import type { Config } from '../config/schema.js';
import { packageVersion } from '../package-root.js';
import type { Survey } from '../sources/recognise/types.js';
import { SOURCE_TABLES } from '../sources/tables.js';
import type { DuckDb } from '../warehouse/duckdb.js';
import { literal } from '../warehouse/literal.js';
import { type DataFacts, dataFactsSchema } from './data-facts.js';

/** Smaller inputs are loaded again as fast as they are found again. */
const WORTH_KEEPING_BYTES = 20_000_000;

/** Content hash of a file by its absolute path. */
export type HashOf = (path: string) => { bytes: number; sha256: string };

/** Tables that were loaded and prepared in an earlier run, for the same content, settings and version. */
export interface DataCache {
  /** Whether tables of such files are kept, so that it is worth to look at their content first. */
  isLikely(): Promise<boolean>;
  /** Makes the kept tables readable in the warehouse and returns what was told of them; null where there are none. */
  fetch(warehouse: DuckDb, hashOf: HashOf): Promise<DataFacts | null>;
  /** Keeps the tables of a warehouse. Never fails. */
  keep(warehouse: DuckDb, hashOf: HashOf, facts: DataFacts): Promise<void>;
  /** Forgets what `fetch` would find. */
  drop(hashOf: HashOf): Promise<void>;
}

/**
 * @param folder - private folder of the cache
 * @returns null where the files are too small, or nothing is to be kept
 */
export function openDataCache(
  folder: string,
  survey: Survey,
  config: Pick<Config, 'sources' | 'cache' | 'report'>,
  engine: string,
  now: () => Date,
): DataCache | null {
  const files = SOURCE_TABLES.flatMap(({ label }) => survey.files[label]);
  const sizes = new Map(files.map(({ head }) => [head.file.path, head.file.bytes]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const maxBytes = config.cache.maxMegabytes * 1_000_000;
  if (maxBytes === 0 || bytes < WORTH_KEEPING_BYTES) return null;

  const cache = openPreparedCache(folder, maxBytes, now);
  const circumstances = [packageVersion(), engine, config.report.currency, config.sources, survey.files];
  const shape = digest(circumstances);
  const keyOf = (hashOf: HashOf) =>
    `${shape}-${digest(files.map(({ head }) => hashOf(head.file.path).sha256))}`;
  return {
    isLikely: () => cache.has(shape),
    async fetch(warehouse, hashOf) {
      const file = await cache.find(keyOf(hashOf));
      if (file === null) return null;
      await warehouse.attach(file);
      const [row] = await warehouse.query<{ facts: string }>(`-- what was told of the kept tables
        SELECT facts FROM prepared_facts`);
      return dataFactsSchema.parse(JSON.parse(row?.facts ?? 'null'));
    },
    keep: (warehouse, hashOf, facts) =>
      cache.keep(keyOf(hashOf), async (file) => {
        await warehouse.query(`-- what was told of the tables
          CREATE OR REPLACE TABLE prepared_facts AS SELECT ${literal(JSON.stringify(facts))} AS facts`);
        await warehouse.save(file);
      }),
    drop: (hashOf) => cache.drop(keyOf(hashOf)),
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

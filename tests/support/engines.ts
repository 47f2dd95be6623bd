import { openDuckDb } from '../../src/warehouse/duckdb.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openPglite } from './pglite.js';

/** DuckDB with one thread, which is the fastest for tiny tables. */
export const openTinyDuckDb = (): Promise<Warehouse> => openDuckDb({ threads: 1 });

/** Every engine that the model's SQL is run on, by name, for `describe.each`. */
export const engines: readonly (readonly [name: string, open: () => Promise<Warehouse>])[] = [
  ['DuckDB', openTinyDuckDb],
  ['PostgreSQL', openPglite],
];

import { PGlite, types } from '@electric-sql/pglite';
import { QueryError, type Warehouse } from '../../src/warehouse/warehouse.js';

const parsers = { [types.NUMERIC]: wholeOrDouble, [types.INT8]: wholeOrDouble, [types.DATE]: String };

/** Making a database takes seconds of computing and emptying it none, so each process of the tests makes one. */
let making: Promise<PGlite> | undefined;
let isOpen = false;

/** Opens an empty PostgreSQL in memory (PGlite), one at a time: a second real engine behind the Warehouse interface. */
export async function openPglite(): Promise<Warehouse> {
  if (isOpen) throw new Error('Another PostgreSQL is still open: close it first.');
  isOpen = true;
  making ??= PGlite.create();
  const database = await making;
  await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  const [version] = (await database.query<{ server_version: string }>('SHOW server_version')).rows;
  return {
    engine: `PostgreSQL ${version?.server_version}`,
    async query<Row extends object>(sql: string): Promise<Row[]> {
      try {
        const results = await database.exec(sql, { parsers });
        return (results.at(-1)?.rows ?? []) as Row[];
      } catch (error) {
        throw new QueryError(sql, error);
      }
    },
    async close() {
      isOpen = false;
    },
  };
}

function wholeOrDouble(value: string): number {
  const number = Number(value);
  if (!value.includes('.') && !Number.isSafeInteger(number)) throw new Error(`${value} is no exact number.`);
  return number;
}

import { PGlite, types } from '@electric-sql/pglite';
import { QueryError, type Warehouse } from '../../src/warehouse/warehouse.js';

const parsers = { [types.NUMERIC]: wholeOrDouble, [types.INT8]: wholeOrDouble, [types.DATE]: String };

/** Opens an empty PostgreSQL in memory (PGlite): a second real engine behind the Warehouse interface. */
export async function openPglite(): Promise<Warehouse> {
  const database = await PGlite.create();
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
    close: () => database.close(),
  };
}

function wholeOrDouble(value: string): number {
  const number = Number(value);
  if (!value.includes('.') && !Number.isSafeInteger(number)) throw new Error(`${value} is no exact number.`);
  return number;
}

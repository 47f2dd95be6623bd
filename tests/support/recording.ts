import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** A statement that was run and what it returned, or what the table held that it made, in an order of its own. */
export interface Recorded {
  sql: string;
  rows: object[];
}

/** A warehouse that hands everything on to another and notes each statement the first time it is run. */
export function recording(warehouse: Warehouse): Warehouse & { statements: () => Recorded[] } {
  const recorded = new Map<string, object[]>();
  return {
    ...warehouse,
    async query<Row extends object>(sql: string): Promise<Row[]> {
      const rows = await warehouse.query<Row>(sql);
      if (!recorded.has(sql)) recorded.set(sql, (await madeBy(sql, warehouse)) ?? [...rows]);
      return rows;
    },
    statements: () => [...recorded].map(([sql, rows]) => ({ sql, rows })),
  };
}

/** What a table holds that a statement has just made, as text and sorted; undefined for any other statement. */
export async function madeBy(sql: string, warehouse: Warehouse): Promise<object[] | undefined> {
  const [, table] = /CREATE TABLE ([\w.]+)/.exec(sql) ?? [];
  if (table === undefined) return undefined;
  const rows = await warehouse.query(`SELECT * FROM ${table}`);
  return rows.map((row) => ({ row: JSON.stringify(row) })).sort((a, b) => (a.row < b.row ? -1 : 1));
}

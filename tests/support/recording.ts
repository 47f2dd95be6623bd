import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** A statement that was run and what it returned. */
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
      if (!recorded.has(sql)) recorded.set(sql, [...rows]);
      return rows;
    },
    statements: () => [...recorded].map(([sql, rows]) => ({ sql, rows })),
  };
}

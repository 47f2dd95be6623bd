import { checkWords, type Judgement, judge } from '../../src/checks/judge.js';
import type { LoadFacts, QuarantinedRow } from '../../src/checks/load-facts.js';
import type { Severity } from '../../src/checks/settings.js';
import { createFormat } from '../../src/format/format.js';
import { prepareModel } from '../../src/model/prepare.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { fillTables, type Tables } from './tables.js';

/** A load of which there is nothing to say. */
export const noLoad: LoadFacts = { tables: [], files: [], quarantined: [] };

/** A row set aside for a bad revenue. */
export const badRow: QuarantinedRow = {
  code: 'bad-value',
  table: 'tracking_data',
  file: 'tracking_data.csv',
  line: 1204,
  column: 'revenue',
  value: '12,5o',
  reason: '"12,5o" is not a number',
  fix: 'Fix the cell.',
  revenue: null,
};

/** A load that set these rows aside, each of their tables of so many rows. */
export function loadWith(quarantined: readonly QuarantinedRow[], read = 3_000): LoadFacts {
  const tables = [...new Set(quarantined.map(({ table }) => table))].map((table) => {
    const count = quarantined.filter((row) => row.table === table).length;
    return { table, read, used: read - count, blank: 0, quarantined: count };
  });
  return {
    tables,
    files: [],
    quarantined,
  };
}

export interface JudgeChanges {
  load?: LoadFacts;
  asOf?: string;
  severity?: Record<string, Severity>;
  maxShare?: number;
}

/** What the checks say of these tables, in rupees. */
export async function judgeTables(
  warehouse: Warehouse,
  tables: Tables,
  { load = noLoad, asOf = '2025-06-30', severity = {}, maxShare = 0.01 }: JudgeChanges = {},
): Promise<Judgement[]> {
  await fillTables(warehouse, tables);
  await prepareModel(warehouse);
  return judge({
    warehouse,
    load,
    asOf,
    severity,
    limits: { maxShare, maxRevenueShare: 0.01 },
    freshnessDays: 14,
    unattributedAmber: 0.1,
    words: checkWords(createFormat('en-IN', 'INR'), (minor) => minor / 100),
  });
}

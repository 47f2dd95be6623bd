import { checkWords, type Judgement, judge } from '../checks/judge.js';
import { assertWithinLimits } from '../checks/quarantine.js';
import type { Effects } from '../effects.js';
import { EXIT, ReportError } from '../errors.js';
import { createFormat, currencyDigits } from '../format/format.js';
import type { DuckDb } from '../warehouse/duckdb.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import type { DataFacts } from './data-facts.js';
import { type DataInputs, type KeptTables, prepareData } from './prepare-data.js';
import { inMajorUnits } from './quarantined.js';
import { withWarehouse } from './with-warehouse.js';

/** Data that were loaded and judged; the warehouse holds the tables and the model. */
export interface JudgedData extends DataFacts {
  warehouse: Warehouse;
  /** Whether the tables are those that an earlier run kept. */
  areKept: boolean;
  judgements: Judgement[];
  /** Revenue of all tracked rows that are used, minor units. */
  revenue: number;
}

/**
 * Loads the tables, allocates the payouts, runs the checks, and does `work` with them; the warehouse is closed afterwards. Should the work
 * fail on tables that an earlier run kept, they are forgotten and it is done again with tables from the files.
 *
 * @param overLimits - `refuse` stops where more rows are set aside than the configuration allows; `judge` goes on, so that everything
 * that is wrong can be told at once
 * @throws ReportError exit code 3 for data that cannot be used
 */
export async function withJudgedData<Result>(
  inputs: DataInputs,
  effects: Effects,
  overLimits: 'refuse' | 'judge',
  work: (data: JudgedData) => Promise<Result>,
): Promise<Result> {
  const kept: KeptTables = { forget: null };
  const attempt = (cacheFolder: string | null) =>
    withWarehouse(effects, async (warehouse) => {
      const facts = await prepareData(warehouse, { ...inputs, cacheFolder }, effects, kept);
      await warehouse.runSideBySide(Math.max(...facts.load.tables.map(({ used }) => used)));
      const judged = await judgeData(warehouse, facts, inputs, effects, overLimits);
      return work({ ...judged, areKept: kept.forget !== null });
    });
  try {
    return await attempt(inputs.cacheFolder ?? null);
  } catch (error) {
    effects.signal.throwIfAborted();
    const isExpected = error instanceof ReportError && error.exitCode !== EXIT.bug;
    if (kept.forget === null || isExpected) throw error;
    await kept.forget();
    kept.forget = null;
    return attempt(null);
  }
}

async function judgeData(
  warehouse: DuckDb,
  facts: DataFacts,
  { config, asOf }: DataInputs,
  effects: Effects,
  overLimits: 'refuse' | 'judge',
): Promise<Omit<JudgedData, 'areKept'>> {
  const { report, checks, thresholds, quarantine } = config;
  const { load } = facts;
  effects.signal.throwIfAborted();
  const revenue = await revenueOf(warehouse);
  if (overLimits === 'refuse') assertWithinLimits({ load, revenue }, quarantine);
  effects.progress('Checking the data');
  const digits = currencyDigits(report.currency);
  const judgements = await judge({
    warehouse,
    load,
    asOf,
    limits: quarantine,
    severity: checks.severity,
    freshnessDays: checks.freshnessDays,
    unattributedAmber: thresholds.unattributedAmber,
    words: checkWords(createFormat(report.locale, report.currency), inMajorUnits(digits)),
  });
  return { warehouse, ...facts, judgements, revenue };
}

async function revenueOf(warehouse: Warehouse): Promise<number> {
  const [used] = await warehouse.query<{ revenue: number }>(`-- revenue of the rows that are used
  SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT) AS revenue FROM tracking`);
  return used?.revenue ?? 0;
}

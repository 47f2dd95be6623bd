import type { Warehouse } from '../warehouse/warehouse.js';
import { baselineRoas } from './baseline.js';
import { inputControls } from './controls.js';
import { dataCoverage } from './coverage.js';
import { once } from './once.js';
import type { FigureSettings } from './settings.js';

/** The figures of the whole input, which are the same whatever the filters; each is computed once for all reports that share them. */
export type WholeFigures = ReturnType<typeof wholeFigures>;

/** @param warehouse - holds the canonical tables and, from `prepareModel`, `sales` and `ledger` */
export function wholeFigures(warehouse: Warehouse, settings: Pick<FigureSettings, 'baseline'>) {
  return {
    coverage: once(() => dataCoverage(warehouse)),
    baseline: once(() => baselineRoas(warehouse, settings)),
    controls: once(() => inputControls(warehouse)),
    /** The first and the last day of the data, ISO; null where they hold none. */
    days: once(() => firstAndLastDay(warehouse)),
  };
}

async function firstAndLastDay(warehouse: Warehouse): Promise<{ first: string; last: string } | null> {
  const [days] = await warehouse.query<{
    first_day: string | null;
    last_day: string | null;
  }>(`-- first and last day of the data
  SELECT CAST(MIN(date) AS VARCHAR) AS first_day, CAST(MAX(date) AS VARCHAR) AS last_day
  FROM (SELECT date FROM tracking UNION ALL SELECT date FROM published) AS days`);
  return days?.first_day && days.last_day ? { first: days.first_day, last: days.last_day } : null;
}

import type { LoadFacts } from '../checks/load-facts.js';
import { lossOf } from '../checks/quarantine.js';
import type { Quarantined } from '../report/schema.js';

/**
 * The quarantined rows as the Report holds them.
 *
 * @param major - minor units of the currency → major units
 * @param most - how many rows stand in it
 */
export function quarantinedOf(
  load: LoadFacts,
  major: <Money extends number | null>(money: Money) => Money,
  most: number,
): Quarantined {
  const { rows, revenue } = lossOf(load);
  return {
    rows,
    revenue: major(revenue),
    tables: [...load.tables],
    examples: load.quarantined.slice(0, most).map(({ code: _code, ...row }) => ({
      ...row,
      revenue: major(row.revenue),
    })),
  };
}

/** Minor units of a currency with so many decimals → major units, as reports hold money. Null stays null. */
export function inMajorUnits(currencyDigits: number): <Money extends number | null>(money: Money) => Money {
  const unit = 10 ** currencyDigits;
  return <Money extends number | null>(money: Money): Money =>
    (money === null ? money : money / unit) as Money;
}

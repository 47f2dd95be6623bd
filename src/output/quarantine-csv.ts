import type { QuarantinedRow } from '../checks/load-facts.js';
import { csvText } from './csv.js';

const HEADER = ['table', 'file', 'line', 'column', 'value', 'reason', 'fix', 'revenue'];

/**
 * The rows that are not in the figures, as a CSV file for spreadsheets.
 *
 * @param currencyDigits - decimals of the currency; revenue is written in major units
 */
export function quarantineCsv(rows: readonly QuarantinedRow[], currencyDigits: number): string {
  const unit = 10 ** currencyDigits;
  return csvText(
    HEADER,
    rows.map(({ table, file, line, column, value, reason, fix, revenue }) => [
      table,
      file,
      line,
      column,
      value,
      reason,
      fix,
      revenue === null ? null : revenue / unit,
    ]),
  );
}

import { readRowsSql } from '../rows/read-sql.js';
import { dataError } from '../source-file.js';
import type { LoadContext, Loading } from './loading.js';

/** Share of the amounts with a point that have to look like thousands before they are doubted, and how many of them at least. */
const DOUBTFUL_SHARE = 0.9;
const DOUBTFUL_ROWS = 3;

const GROUPED = '[^0-9.,]*[1-9][0-9]{0,2}([.][0-9]{3})+[^0-9.,]*';

/** Whether an amount among the first rows has points that may group thousands. */
export function hasThousands({ input }: Loading): boolean {
  const money = input.found.filter(({ type }) => type === 'money').map(({ index }) => index);
  const isGrouped = new RegExp(`^${GROUPED}$`);
  return input.head.records.some(({ fields }) => money.some((index) => isGrouped.test(fields[index] ?? '')));
}

/**
 * Refuses a money column in which the points may group thousands ("16.500"): where nearly every amount with a point has just three
 * digits after it.
 *
 * @throws ReportError `undecidable-decimals` (exit code 3)
 */
export async function assertDecimalsKnown(loading: Loading, context: LoadContext): Promise<void> {
  const { input, reading } = loading;
  const { label } = input.table;
  const isKnown = context.settings[label].decimal !== null || context.currencyDigits > 2;
  if (isKnown || input.head.kind !== 'csv') return;
  for (const { index, header } of input.found.filter(({ type }) => type === 'money')) {
    const [found] = await context.warehouse.query<{
      points: number;
      thousands: number;
      example: string | null;
    }>(`
      -- amounts with a point, and those that look like thousands
      SELECT
        COUNT(*) AS points,
        COUNT(*) FILTER (WHERE looks_grouped) AS thousands,
        MIN(cell) FILTER (WHERE looks_grouped) AS example
      FROM (
        SELECT
          c${index} AS cell,
          regexp_full_match(c${index}, '${GROUPED}') AS looks_grouped
        FROM ${readRowsSql(input.rows, input.header.length, reading)}
        WHERE c${index} LIKE '%.%'
      ) AS pointed`);
    if (!found || found.thousands < DOUBTFUL_ROWS || found.thousands < DOUBTFUL_SHARE * found.points)
      continue;
    const plain = (found.example ?? '').replace(/[^0-9.]/g, '');
    throw dataError(
      'undecidable-decimals',
      `${input.head.name}, column ${header}: "${found.example}" can be ${plain.replaceAll('.', ',')} or ${Number.parseFloat(plain)} with decimals, and so can ${(found.thousands - 1).toLocaleString('en-US')} other amounts.`,
      `Add sources.${label}.decimal to the configuration: "," where the point groups thousands, "." where it begins the decimals.`,
    );
  }
}

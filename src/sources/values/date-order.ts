import { literal } from '../../warehouse/literal.js';
import type { DateOrder, TableLabel } from '../settings.js';
import { dateSql } from './date-sql.js';
import { NO_VALUE, TIME } from './spellings.js';
import { isOneOf, rewritten, trimmed } from './sql.js';

/**
 * What the values of a date column say about the order of day and month: how many there are of each kind, and the first of
 * each in binary order, without its time (null where there is none).
 */
export interface DateEvidence {
  /** Dates that need no order: the year comes first, or the month has a name. */
  clear: number;
  /** Dates only with the day first: 13/05/2026. */
  dmy: number;
  dmyExample: string | null;
  /** Dates only with the month first: 05/13/2026. */
  mdy: number;
  mdyExample: string | null;
  /** Two different dates: 03/04/2026. */
  either: number;
  eitherExample: string | null;
  /** The same date both ways: 03/03/2026. */
  same: number;
  /** Dates with the day first or with the year first, but not with the month first: 25/12/26. */
  short: number;
  shortExample: string | null;
  /** No dates. */
  neither: number;
}

/** The order of a column, and how it was found, in a sentence; or why it is not known, and what to do. */
export type DateOrderDecision =
  | { order: DateOrder | null; how: string }
  | { undecidable: string; fix: string };

/**
 * Query for the `DateEvidence` of a column of text, from all rows of `relation` (anything that can stand in FROM). Blank
 * cells do not count.
 */
export function dateEvidenceSql(relation: string, column: string): string {
  const read = (dateOrder: DateOrder | null) => dateSql('value', { dateOrder, serialDates: null });
  const shortYearFirst = rewritten('value', '([0-9]{2})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})', '20\\1-\\2-\\3');
  const kinds = ['clear', 'dmy', 'mdy', 'either', 'same', 'short', 'neither'];
  const counts = kinds.map(
    (kind) => `CAST(coalesce(sum(occurrences) FILTER (kind = '${kind}'), 0) AS BIGINT) AS "${kind}"`,
  );
  const examples = ['dmy', 'mdy', 'either', 'short'].map(
    (kind) => `min(value) FILTER (kind = '${kind}') AS "${kind}Example"`,
  );
  return `
    -- what the dates of a column say about the order of day and month
    WITH days AS (
      SELECT
        CASE
          WHEN strlen(${column}) > 10 THEN regexp_replace(${trimmed(column)}, ${literal(`${TIME}$`)}, '', 'i')
          ELSE ${trimmed(column)}
        END AS value,
        count(*) AS occurrences
      FROM ${relation}
      GROUP BY ALL
    ),
    readings AS (
      SELECT
        value,
        occurrences,
        ${read(null)} AS clear,
        ${read('dmy')} AS dmy,
        ${read('mdy')} AS mdy,
        TRY_CAST(${shortYearFirst} AS DATE) AS short
      FROM days
      WHERE NOT ${isOneOf('lower(value)', NO_VALUE)}
    ),
    kinds AS (
      SELECT
        value,
        occurrences,
        CASE
          WHEN clear IS NOT NULL THEN 'clear'
          WHEN dmy IS NULL AND mdy IS NULL THEN 'neither'
          WHEN dmy IS NULL THEN 'mdy'
          WHEN mdy IS NULL AND short IS NULL THEN 'dmy'
          WHEN mdy IS NULL THEN 'short'
          WHEN dmy = mdy AND short IS NULL THEN 'same'
          ELSE 'either'
        END AS kind
      FROM readings
    )
    SELECT
      ${[...counts, ...examples].join(',\n      ')}
    FROM kinds`;
}

/** Share of the proofs that may contradict the others: typing errors, whose rows are then set aside. */
const LARGEST_MINORITY = 0.01;

/**
 * The order of day and month in a date column of a table. `declared` (the configuration) comes first, then what the column's
 * own values prove, then `otherFilesOrder`, the order of other files of the same table. null: the dates need no order.
 */
export function decideDateOrder(
  evidence: DateEvidence,
  declared: DateOrder | null,
  otherFilesOrder: DateOrder | null,
  label: TableLabel,
): DateOrderDecision {
  const setting = `sources.${label}.dateOrder`;
  if (declared !== null) return { order: declared, how: `${ORDERS[declared]}, as ${setting} says.` };

  const { dmy, mdy, either, same, short } = evidence;
  const notMonthFirst = dmy + short;
  const dates = evidence.clear + dmy + mdy + either + same + short;
  const proof = (count: number, example: string | null) =>
    `because ${example} can be read in no other way (${share(count, dates)})`;

  if (Math.min(mdy, notMonthFirst) > LARGEST_MINORITY * (mdy + notMonthFirst))
    return {
      undecidable: `the dates are mixed: ${evidence.dmyExample ?? evidence.shortExample} does not have the month first (${share(notMonthFirst, dates)}), ${evidence.mdyExample} has (${share(mdy, dates)})`,
      fix: `Write all dates as YYYY-MM-DD; or add ${setting} (dmy, mdy) to the configuration, and rows that do not fit it are set aside.`,
    };
  if (mdy > notMonthFirst) return { order: 'mdy', how: `${ORDERS.mdy}, ${proof(mdy, evidence.mdyExample)}.` };
  if (dmy > 0) return { order: 'dmy', how: `${ORDERS.dmy}, ${proof(dmy, evidence.dmyExample)}.` };
  if (either + short > 0) {
    const fits = otherFilesOrder === 'dmy' || (otherFilesOrder === 'mdy' && short === 0);
    return fits
      ? { order: otherFilesOrder, how: `${ORDERS[otherFilesOrder]}, as in the other files of ${label}.` }
      : {
          undecidable: ambiguity(evidence),
          fix: `Add ${setting} to the configuration: dmy where the day comes first, mdy where the month does${short > 0 ? '; or write years with four digits' : ''}.`,
        };
  }
  if (same > 0) return { order: 'dmy', how: 'Day and month are the same in every date that needs an order.' };
  return { order: null, how: 'No date needs an order of day and month.' };
}

const ORDERS: Record<DateOrder, string> = {
  dmy: 'Day before month',
  mdy: 'Month before day',
  ymd: 'Year before month before day',
};

function ambiguity({ either, eitherExample, shortExample }: DateEvidence): string {
  const example = (either > 0 ? eitherExample : shortExample) ?? '';
  const [first = 0, second = 0, third = 0] = example.split(/\D/).map(Number);
  const year = third < 100 ? 2000 + third : third;
  const readings =
    either > 0 && first !== second
      ? [longDate(year, second, first), longDate(year, first, second)]
      : [longDate(year, second, first), longDate(2000 + first, second, third)];
  return `${example} can be ${readings.join(' or ')}, and no other date settles it`;
}

function longDate(year: number, month: number, day: number): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function share(count: number, of: number): string {
  return `${count.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} ${of === 1 ? 'date' : 'dates'}`;
}

import { literal } from '../../warehouse/literal.js';
import type { DateOrder } from '../settings.js';
import type { ValueStyle } from '../source-file.js';
import type { Rules } from './rules.js';
import { DATE_WITH_NAME, type DateSpelling, dateInDigits, SERIAL_NUMBER } from './spellings.js';
import { matches, once, rewritten } from './sql.js';

/** The rules of a date from 1900 to 2199. */
export function dateRules({ name }: { name: string }, style: ValueStyle): Rules {
  return {
    cast: `TRY_CAST(${name}_raw AS DATE)`,
    plain: `CASE WHEN CAST(${name}_cast AS VARCHAR) = ${name}_raw AND ${inRange(`${name}_cast`)} THEN ${name}_cast END`,
    careful: (text) => dateSql(text, style),
  };
}

/** The day written in a trimmed text, as a SQL expression; NULL where it is none, or not from 1900 to 2199. */
export function dateSql(
  text: string,
  { dateOrder, serialDates }: Pick<ValueStyle, 'dateOrder' | 'serialDates'>,
): string {
  const written = `CASE WHEN regexp_matches(${text}, ${literal(NAMES_A_MONTH)}, 'i') THEN ${namedDate(text)} ELSE ${dateOfDigits(text, dateOrder)} END`;
  const day =
    serialDates === null
      ? written
      : `CASE WHEN ${matches(text, SERIAL_NUMBER)} THEN ${serialDate(text, serialDates)} ELSE ${written} END`;
  return once(day, 'day', (date) => `CASE WHEN ${inRange(date)} THEN ${date} END`);
}

/** Letters at the beginning, or after one number; those of a time zone come later. */
const NAMES_A_MONTH = '^(?:[0-9]{1,4}[^0-9a-z]{1,2})?[a-z]{3}';

function inRange(date: string): string {
  return `${date} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'`;
}

function dateOfDigits(text: string, order: DateOrder | null): string {
  return `TRY_CAST(${yearMonthDay(text, dateInDigits(order))} AS DATE)`;
}

function namedDate(text: string): string {
  const shortName = `regexp_replace(${yearMonthDay(text, DATE_WITH_NAME)}, '-([a-z]{3})[a-z]*', '-\\1', 'i')`;
  return `CAST(TRY_STRPTIME(${shortName}, '%Y-%b-%d') AS DATE)`;
}

/** Year, month and day with hyphens between them; a year of two digits is given its century. */
function yearMonthDay(text: string, { pattern, year, month, day }: DateSpelling): string {
  const replacement = [year, month, day].map((groups) => groups.map((group) => `\\${group}`).join(''));
  return `regexp_replace(${rewritten(text, pattern, replacement.join('-'))}, '^([0-9]{2})-', '20\\1-')`;
}

/** Spreadsheets that count from 1900 have a day 60, 29 February 1900, which never was. */
function serialDate(text: string, from: 1900 | 1904): string {
  const number = `CAST(split_part(${text}, '.', 1) AS INTEGER)`;
  return from === 1904
    ? once(number, 'serial', (serial) => `CASE WHEN ${serial} > 0 THEN DATE '1904-01-01' + ${serial} END`)
    : once(
        number,
        'serial',
        (serial) =>
          `CASE WHEN ${serial} < 60 THEN DATE '1899-12-31' + ${serial} WHEN ${serial} > 60 THEN DATE '1899-12-30' + ${serial} END`,
      );
}

import type { DateOrder, DecimalMark } from '../settings.js';

/** Largest count, and largest amount in minor units: sums over 100 rows of this size are still exact integers. */
export const LARGEST_VALUE = 90_000_000_000_000;

/** What is trimmed from the ends of a cell: space, tab, no-break space. */
export const TRIMMED = ' \t\u00a0';

/** Cells that hold no value in date and number columns, in lower case. */
export const NO_VALUE = ['', 'null', 'n/a', '#n/a', 'na', 'nan', 'none', 'nil', '-', '–', '—'];

/** Cells that hold no value in text and id columns, as exports write them. Other spellings can be names: "None", "-". */
export const NO_TEXT = ['', 'NULL', 'null', '#N/A', 'NaN', 'nan'];

/**
 * A way to write a number: regular expressions for the whole trimmed cell, in upper or lower case, which the engine and
 * JavaScript read alike.
 */
export interface NumberSpelling {
  positive: string;
  negative: string;
}

/** A way to write a date, as `NumberSpelling`; year, month and day each stand in one of their groups of the pattern. */
export interface DateSpelling {
  pattern: string;
  year: readonly number[];
  month: readonly number[];
  day: readonly number[];
}

/** Space, no-break space, thin space, narrow no-break space. */
const SPACES = ' \u00a0\u2009\u202f';
const SPACE = `[${SPACES}]`;
const PLUS = `(?:[+]${SPACE}?)?`;
const MINUS = `[-−]${SPACE}?`;

const CODES =
  'aed|aud|bdt|brl|cad|chf|cny|czk|dkk|egp|eur|gbp|hkd|huf|idr|ils|inr|jpy|kes|krw|lkr|mxn|myr|ngn|nok|npr|nzd|php|pkr|pln|qar|ron|rub|sar|sek|sgd|thb|try|twd|uah|usd|vnd|zar';
const SYMBOL = '[$€£¥₹₨₩₽₺₫₴₱฿₦₪]';
const CURRENCY_BEFORE = `(?:(?:(?:us|au?|ca?|s|hk|nz|r|nt)[$]|${SYMBOL}|rs\\.?|${CODES})${SPACE}?)?`;
const CURRENCY_AFTER = `(?:/-)?(?:${SPACE}?(?:${SYMBOL}|rs\\.?|${CODES}))?`;

/** A whole number, with or without a fraction of zeros: `1,234`, `12,34,567`, `1 234`, `42.0`, `1e3`. */
export function countSpelling(decimal: DecimalMark): NumberSpelling {
  const zeros = `[${decimal}]0+`;
  return withSign(`(?:(?:${groups(decimal)}|[0-9]+)(?:${zeros})?|${zeros}|${scientific(decimal)})`);
}

/** A number without a currency. */
export function numberSpelling(decimal: DecimalMark): NumberSpelling {
  return withSign(number(decimal));
}

/** An amount of money: a number with a currency and a sign on either side, or in the brackets of accountants. */
export function amountSpelling(decimal: DecimalMark): NumberSpelling {
  const amount = `${number(decimal)}${CURRENCY_AFTER}`;
  return {
    positive: `(?:${PLUS}${CURRENCY_BEFORE}|${CURRENCY_BEFORE}${PLUS})${amount}`,
    negative: `(?:(?:${MINUS}${CURRENCY_BEFORE}|${CURRENCY_BEFORE}${MINUS})${amount}|${CURRENCY_BEFORE}${amount}[-−]|[(]${CURRENCY_BEFORE}${amount}[)])`,
  };
}

/** A percentage: `12.3%`. */
export function percentSpelling(decimal: DecimalMark): NumberSpelling {
  return withSign(`${withFraction(decimal)}${SPACE}?%`);
}

/** The first group of this is the number in a cell of any of these spellings, without its sign and currency. */
export const DIGITS = `(?:rs[.][^0-9.,]*)?([0-9.,][0-9.,${SPACES}]*(?:e[-+]?[0-9]+)?)`;

/**
 * The characters to replace in `DIGITS` so that the engine and JavaScript read them: the first of `from` becomes the one of
 * `to`, the others nothing.
 */
export function plainCharacters(decimal: DecimalMark): { from: string; to: string } {
  return { from: `${decimal}${decimal === '.' ? ',' : '.'}${SPACES}`, to: '.' };
}

function withSign(number: string): NumberSpelling {
  return { positive: `${PLUS}${number}`, negative: `${MINUS}${number}` };
}

function number(decimal: DecimalMark): string {
  return `(?:${withFraction(decimal)}|${scientific(decimal)})`;
}

function withFraction(decimal: DecimalMark): string {
  return `(?:(?:${groups(decimal)}|[0-9]+)(?:[${decimal}][0-9]+)?|[${decimal}][0-9]+)`;
}

/** An exponent follows at most 18 digits, because the engine takes more of them for too large a number. */
function scientific(decimal: DecimalMark): string {
  return `[0-9]{1,18}(?:[${decimal}][0-9]+)?e[-+]?[0-9]{1,3}`;
}

/** Groups of three digits; or, as in India, of two digits before the last three. */
function groups(decimal: DecimalMark): string {
  const mark = decimal === '.' ? ',' : '[.]';
  const threes = `[0-9]{1,3}(?:${mark}[0-9]{3})+|[0-9]{1,3}(?:${SPACE}[0-9]{3})+`;
  return `${threes}|[0-9]{1,2}(?:${mark}[0-9]{2})*${mark}[0-9]{3}`;
}

const TIME_OF_DAY = `(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:${SPACE}?[ap]\\.?m\\.?)?`;
const TIME_ZONE = `(?:${SPACE}?(?:z|[a-z]{3,4}|(?:utc|gmt)?[-+][0-9]{1,2}(?::?[0-9]{2})?))?`;

/** A time after a date, with the separator before it: `T10:20:30.123Z`, ` 2:30 PM`, ` 10:20:30 +0530`. */
export const TIME = `(?:(?:t|,?${SPACE}{1,2})${TIME_OF_DAY}${TIME_ZONE})`;

/**
 * A date in digits. Year first (`2026-05-01`, `2026/5/1`, `20260501`) is always understood; day or month first
 * (`1/5/2026`, `01.05.26`) only in the order given. A year of two digits is in this century.
 */
export function dateInDigits(order: DateOrder | null): DateSpelling {
  const yearFirst = '([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})';
  const yearLast = '([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})';
  if (order === null || order === 'ymd')
    return { pattern: `(?:${yearFirst})${TIME}?`, year: [1, 4], month: [2, 5], day: [3, 6] };
  const [day, month] = order === 'dmy' ? [7, 8] : [8, 7];
  return {
    pattern: `(?:${yearFirst}|${yearLast})${TIME}?`,
    year: [1, 4, 9],
    month: [2, 5, month],
    day: [3, 6, day],
  };
}

const MONTH =
  '(january|february|march|april|may|june|july|august|september|october|november|december|sept|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)';
const BESIDE_MONTH = `(?:[-/]|[.,]?${SPACE}|[.,])`;

/** A date with an English month name, of which the first three letters tell the month: `5 May 2026`, `05-May-26`, `May 5, 2026`, `2026-May-05`. */
export const DATE_WITH_NAME: DateSpelling = {
  pattern: `(?:${[
    `([0-9]{1,2})${BESIDE_MONTH}${MONTH}${BESIDE_MONTH}([0-9]{4}|[0-9]{2})`,
    `${MONTH}${BESIDE_MONTH}([0-9]{1,2})${BESIDE_MONTH}([0-9]{4}|[0-9]{2})`,
    `([0-9]{4})${BESIDE_MONTH}${MONTH}${BESIDE_MONTH}([0-9]{1,2})`,
  ].join('|')})${TIME}?`,
  day: [1, 5, 9],
  month: [2, 4, 8],
  year: [3, 6, 7],
};

/** A spreadsheet's number of a day, with a fraction for the time. */
export const SERIAL_NUMBER = '[0-9]{1,6}(?:[.][0-9]+)?';

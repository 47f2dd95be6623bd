import type { ColumnType } from '../tables.js';
import { NO_VALUE } from '../values/spellings.js';
import { CURRENCY_WORDS } from './spelling.js';

/**
 * Whether the values of a column could be of a type, going by how most of them look: dates like dates, amounts and counts
 * like numbers. Blank values say nothing; neither does any value of a text.
 */
export function isPlausible(type: ColumnType, values: readonly string[]): boolean {
  const looks = type === 'date' ? isDateLike : type === 'count' || type === 'money' ? isNumberLike : null;
  if (looks === null) return true;
  const filled = values.map((value) => value.trim()).filter((value) => !isBlank(value));
  return filled.filter(looks).length * 2 >= filled.length;
}

/** Whether a cell holds no value: nothing, or what exports write for nothing ("N/A"). */
export function isBlank(value: string): boolean {
  return NO_VALUE.includes(value.trim().toLowerCase());
}

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const NUMERIC_DATE = /^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?!\d)/;
const NAMED_DATE = new RegExp(
  `^(\\p{L}{3,9},? )?(\\d{1,4}[-/. ]*(${MONTHS})|(${MONTHS})\\p{L}*[-/. ]*\\d)`,
  'iu',
);
const SERIAL_DATE = /^\d{5}(\.\d+)?$/;

function isDateLike(value: string): boolean {
  return NUMERIC_DATE.test(value) || NAMED_DATE.test(value) || SERIAL_DATE.test(value);
}

const UNIT = `(\\p{Sc}|(${[...CURRENCY_WORDS].join('|')})\\.?)?`;
const NUMBER = new RegExp(
  `^[-+−(]*\\s*${UNIT}\\s*[-+−(]*\\s*\\d[\\d.,\\s]*(e[-+]?\\d+)?\\s*%?${UNIT}[-)]*$`,
  'iu',
);

function isNumberLike(value: string): boolean {
  return value.length <= 60 && NUMBER.test(value);
}

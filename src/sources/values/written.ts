import type { DecimalMark } from '../settings.js';
import { type DateSpelling, DIGITS, type NumberSpelling, plainCharacters } from './spellings.js';

/** Whether the whole of a text is written by the pattern, in upper or lower case. */
export function isWritten(text: string, pattern: string): boolean {
  return groups(text, pattern) !== null;
}

/** The number in a text, near enough to compare; null where the text is not written so. */
export function numberIn(text: string, spelling: NumberSpelling, decimal: DecimalMark): number | null {
  const isNegative = isWritten(text, spelling.negative);
  if (!isNegative && !isWritten(text, spelling.positive)) return null;
  const [, digits = ''] = new RegExp(DIGITS, 'iu').exec(text) ?? [];
  const { from, to } = plainCharacters(decimal);
  const plain = Array.from(digits, (each) => (from.includes(each) ? to.charAt(from.indexOf(each)) : each));
  return (isNegative ? -1 : 1) * Number(plain.join(''));
}

/** Whether a text is written so and names a day that exists, in whatever century. */
export function isDay(text: string, { pattern, year, month, day }: DateSpelling): boolean {
  const found = groups(text, pattern);
  if (found === null) return false;
  const part = (at: readonly number[]) => at.map((group) => found[group] ?? '').join('');
  const named = MONTHS.indexOf(part(month).slice(0, 3).toLowerCase()) + 1;
  const [y, m, d] = [Number(part(year)), named || Number(part(month)), Number(part(day))];
  const date = new Date(Date.UTC(2000, 0));
  date.setUTCFullYear(part(year).length === 2 ? 2000 + y : y, m - 1, d);
  return date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function groups(text: string, pattern: string): RegExpExecArray | null {
  return new RegExp(`^(?:${pattern})$`, 'iu').exec(text);
}

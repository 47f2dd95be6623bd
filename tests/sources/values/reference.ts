import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';

/** Why a cell is no value of its column. */
export type FaultKind = 'blank' | 'unreadable' | 'beyond' | 'not whole';

/** What a cell means: a text, a date `YYYY-MM-DD`, a count or minor units; or why it is a fault. */
export type Meaning = { value: string | number | null; rounded: boolean } | { fault: FaultKind };

/** The rules of the columns once more, written as plainly as possible and independently of src; numbers are exact. */
export function parse(
  cell: string | null,
  column: Column,
  style: ValueStyle,
  currencyDigits: number,
): Meaning {
  const text = trim(cell ?? '');
  if (isBlank(text, column)) {
    if (column.required === 'value') return { fault: 'blank' };
    return { value: column.whenBlank ?? null, rounded: false };
  }
  switch (column.type) {
    case 'text':
      return { value: text, rounded: false };
    case 'id':
      return { value: withoutZeros(text), rounded: false };
    case 'basis':
      return { value: basisOf(text), rounded: false };
    case 'date':
      return dateOf(text, style);
    case 'count':
      return countOf(text, style);
    case 'money':
      return moneyOf(text, style, column.name === 'rate', currencyDigits);
  }
}

function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && ' \t\u00a0'.includes(text.charAt(start))) start++;
  while (end > start && ' \t\u00a0'.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(text: string, { type }: Column): boolean {
  if (text === '') return true;
  if (type === 'text' || type === 'id') return ['NULL', 'null', '#N/A', 'NaN', 'nan'].includes(text);
  if (type === 'basis') return false;
  return 'null n/a #n/a na nan none nil - – —'.split(' ').includes(text.toLowerCase());
}

function withoutZeros(id: string): string {
  const [whole = '', zeros, ...more] = id.split('.');
  const isNumber = isDigits(whole) && zeros !== undefined && zeros !== '' && /^0*$/.test(zeros);
  return isNumber && more.length === 0 ? whole : id;
}

function basisOf(text: string): string | null {
  let word = text.toLowerCase();
  if (word.startsWith('per')) word = word.slice(3);
  while (word.length < text.length && word !== '' && ' _-\u00a0'.includes(word.charAt(0)))
    word = word.slice(1);
  if (word.endsWith('s')) word = word.slice(0, -1);
  return word === 'post' || word === 'order' ? word : null;
}

/** An exact number: `digits` divided by 10 to the power `decimals`. */
interface Exact {
  digits: bigint;
  decimals: number;
}

const LARGEST = 90_000_000_000_000n;

function countOf(text: string, style: ValueStyle): Meaning {
  const { sign, rest } = signed(text);
  const number = unsignedNumber(rest, style.decimal, true);
  if (number === null) return { fault: 'unreadable' };
  const unit = 10n ** BigInt(number.decimals);
  if (number.digits > LARGEST * unit) return { fault: 'beyond' };
  if (number.digits % unit !== 0n) return { fault: 'not whole' };
  return { value: Number((sign * number.digits) / unit) + 0, rounded: false };
}

function moneyOf(text: string, style: ValueStyle, isRate: boolean, currencyDigits: number): Meaning {
  const amount = (isRate ? percentage(text, style) : null) ?? amountIn(text, style);
  if (amount === null) return { fault: 'unreadable' };
  const { sign, number } = amount;
  const unit = 10n ** BigInt(number.decimals);
  const minor = number.digits * 10n ** BigInt(currencyDigits);
  const rounded = (2n * minor + unit) / (2n * unit);
  if (rounded > LARGEST) return { fault: 'beyond' };
  return { value: Number(sign * rounded) + 0, rounded: minor % unit !== 0n };
}

interface Amount {
  sign: bigint;
  number: Exact;
}

function percentage(text: string, { decimal }: ValueStyle): Amount | null {
  if (!text.endsWith('%')) return null;
  const { sign, rest } = signed(withoutLastSpace(text.slice(0, -1)));
  const number = unsignedNumber(rest, decimal, false);
  return number && { sign, number: { ...number, decimals: number.decimals + 2 } };
}

function amountIn(text: string, { decimal }: ValueStyle): Amount | null {
  const inBrackets = text.startsWith('(') && text.endsWith(')');
  if (inBrackets) {
    const rest = withoutCurrencyBefore(text.slice(1, -1));
    const number = unsignedNumber(withoutCurrencyAfter(rest), decimal, true);
    return number && { sign: -1n, number };
  }
  const first = signed(text);
  const second = signed(withoutCurrencyBefore(first.rest));
  const hasMinusAfter = /[-−]$/.test(second.rest) && !second.rest.endsWith('/-');
  const body = hasMinusAfter ? second.rest.slice(0, -1) : second.rest;
  if ([first.isSigned, second.isSigned, hasMinusAfter].filter(Boolean).length > 1) return null;
  const number = unsignedNumber(withoutCurrencyAfter(body), decimal, true);
  return number && { sign: first.sign * second.sign * (hasMinusAfter ? -1n : 1n), number };
}

const SPACES = [' ', '\u00a0', '\u2009', '\u202f'];

function signed(text: string): { sign: bigint; isSigned: boolean; rest: string } {
  const isSigned = text !== '' && '+-−'.includes(text.charAt(0));
  return {
    sign: isSigned && text.charAt(0) !== '+' ? -1n : 1n,
    isSigned,
    rest: isSigned ? withoutFirstSpace(text.slice(1)) : text,
  };
}

const CURRENCIES = [
  ...['us$', 'a$', 'au$', 'c$', 'ca$', 's$', 'hk$', 'nz$', 'r$', 'nt$', '$', '€', '£', '¥', '₹', '₨', '₩'],
  ...['₽', '₺', '₫', '₴', '₱', '฿', '₦', '₪', 'rs.', 'rs', 'inr', 'usd', 'eur', 'gbp', 'jpy', 'aed'],
];

function withoutCurrencyBefore(text: string): string {
  const currency = CURRENCIES.find((each) => text.toLowerCase().startsWith(each));
  return currency === undefined ? text : withoutFirstSpace(text.slice(currency.length));
}

function withoutCurrencyAfter(text: string): string {
  const lower = text.toLowerCase();
  const currency = CURRENCIES.find((each) => lower.endsWith(each) && !/[a-z]\$$/.test(each));
  const amount = currency === undefined ? text : withoutLastSpace(text.slice(0, -currency.length));
  return amount.endsWith('/-') ? amount.slice(0, -2) : amount;
}

function withoutFirstSpace(text: string): string {
  return SPACES.includes(text.charAt(0)) ? text.slice(1) : text;
}

function withoutLastSpace(text: string): string {
  return SPACES.includes(text.charAt(text.length - 1)) ? text.slice(0, -1) : text;
}

function unsignedNumber(text: string, decimal: '.' | ',', mayHaveExponent: boolean): Exact | null {
  const [mantissa = '', exponent, ...more] = text.toLowerCase().split('e');
  if (exponent !== undefined) {
    const digits = exponent.replace(/^[-+]/, '');
    const [whole = ''] = mantissa.split(decimal);
    if (more.length > 0 || !mayHaveExponent || !isDigits(digits) || digits.length > 3) return null;
    if (!isDigits(whole) || whole.length > 18) return null;
    const number = unsignedNumber(mantissa, decimal, false);
    if (number === null) return null;
    const decimals = number.decimals - Number(exponent);
    if (decimals >= 0) return { ...number, decimals };
    return { digits: number.digits * 10n ** BigInt(-decimals), decimals: 0 };
  }
  const [whole = '', fraction, ...others] = mantissa.split(decimal);
  if (others.length > 0 || (fraction !== undefined && !isDigits(fraction))) return null;
  const digits =
    whole === '' && fraction !== undefined ? '0' : withoutGroups(whole, decimal === '.' ? ',' : '.');
  return digits === null
    ? null
    : { digits: BigInt(`${digits}${fraction ?? ''}`), decimals: fraction?.length ?? 0 };
}

function withoutGroups(text: string, mark: string): string | null {
  const isSpaced = SPACES.some((space) => text.includes(space));
  const groups = isSpaced ? splitAtSpaces(text) : text.split(mark);
  if (!groups.every(isDigits)) return null;
  if (groups.length === 1) return text;
  const [first = '', ...rest] = groups;
  const last = rest.pop() ?? '';
  const isWestern = first.length <= 3 && rest.every((group) => group.length === 3);
  const isIndian = !isSpaced && first.length <= 2 && rest.every((group) => group.length === 2);
  return last.length === 3 && (isWestern || isIndian) ? groups.join('') : null;
}

function splitAtSpaces(text: string): string[] {
  return SPACES.reduce((parts, space) => parts.flatMap((part) => part.split(space)), [text]);
}

function isDigits(text: string): boolean {
  return text !== '' && [...text].every((character) => character >= '0' && character <= '9');
}

function dateOf(text: string, style: ValueStyle): Meaning {
  const serial = style.serialDates !== null && serialDay(text, style.serialDates);
  if (serial) return serial;
  const parts = dateParts(text, style);
  if (parts === null) return { fault: 'unreadable' };
  const [year, month, day] = parts;
  const days = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30];
  const length = [...days, 31, 31, 30, 31, 30, 31][month - 1];
  if (length === undefined || day < 1 || day > length) return { fault: 'unreadable' };
  if (year < 1900 || year > 2199) return { fault: 'beyond' };
  return { value: iso(year, month, day), rounded: false };
}

function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function serialDay(text: string, from: 1900 | 1904): Meaning | null {
  const [days = '', fraction, ...more] = text.split('.');
  if (!isDigits(days) || days.length > 6 || more.length > 0) return null;
  if (fraction !== undefined && !isDigits(fraction)) return null;
  const number = Number(days);
  const isDay = number >= 1 && !(from === 1900 && number === 60);
  const before = from === 1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, number < 60 ? 31 : 30);
  const date = new Date(before + number * 86_400_000);
  if (!isDay || date.getUTCFullYear() > 2199) return { fault: 'beyond' };
  return { value: date.toISOString().slice(0, 10), rounded: false };
}

const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');

/** Year, month and day, in whatever way they are written; null where a part is missing. */
function dateParts(text: string, { dateOrder }: ValueStyle): [number, number, number] | null {
  const day = withoutTime(text);
  if (day === null) return null;
  if (isDigits(day) && day.length === 8)
    return [Number(day.slice(0, 4)), Number(day.slice(4, 6)), Number(day.slice(6))];
  const words = day.split(/[-/.]/);
  if (words.length === 3 && words.every(isDigits)) {
    const [a = '', b = '', c = ''] = words;
    if (a.length === 4 && b.length <= 2 && c.length <= 2) return [Number(a), Number(b), Number(c)];
    if (a.length > 2 || b.length > 2 || (c.length !== 4 && c.length !== 2)) return null;
    if (dateOrder === 'dmy') return [inCentury(c), Number(b), Number(a)];
    if (dateOrder === 'mdy') return [inCentury(c), Number(a), Number(b)];
    return null;
  }
  return partsWithName(day);
}

function partsWithName(day: string): [number, number, number] | null {
  const words = day.match(/[0-9]+|[a-z]+|[^0-9a-z]+/gi) ?? [];
  const [a = '', gap = '', b = '', otherGap = '', c = ''] = words;
  if (words.length !== 5 || ![gap, otherGap].every(isGapAtMonth)) return null;
  const isShort = (digits: string) => isDigits(digits) && digits.length <= 2;
  const isYear = (digits: string) => isDigits(digits) && (digits.length === 4 || digits.length === 2);
  if (isShort(a) && monthOf(b) > 0 && isYear(c)) return [inCentury(c), monthOf(b), Number(a)];
  if (monthOf(a) > 0 && isShort(b) && isYear(c)) return [inCentury(c), monthOf(a), Number(b)];
  if (a.length === 4 && isDigits(a) && monthOf(b) > 0 && isShort(c))
    return [Number(a), monthOf(b), Number(c)];
  return null;
}

function isGapAtMonth(gap: string): boolean {
  const [first = '', second] = [...gap];
  if (gap.length === 1) return '-/.,'.includes(first) || SPACES.includes(first);
  return gap.length === 2 && '.,'.includes(first) && SPACES.includes(second ?? '');
}

function monthOf(word: string): number {
  const lower = word.toLowerCase();
  const short = lower === 'sept' ? 'sep' : lower;
  return MONTH_NAMES.findIndex((name) => name === short || name.slice(0, 3) === short) + 1;
}

function inCentury(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

/** The text before the time; null where what follows the day is no time. */
function withoutTime(text: string): string | null {
  const colon = text.indexOf(':');
  if (colon < 0) return text;
  let start = colon;
  while (start > 0 && isDigits(text.charAt(start - 1))) start--;
  const hour = text.slice(start, colon);
  if (hour.length < 1 || hour.length > 2 || Number(hour) > 23 || !isRestOfTime(text.slice(colon)))
    return null;
  return beforeTime(text.slice(0, start));
}

function beforeTime(text: string): string | null {
  if (text.toLowerCase().endsWith('t')) return text.slice(0, -1);
  let end = text.length;
  while (end > 0 && text.length - end < 2 && SPACES.includes(text.charAt(end - 1))) end--;
  if (end === text.length) return null;
  return text.charAt(end - 1) === ',' ? text.slice(0, end - 1) : text.slice(0, end);
}

/** What follows the hour: minutes, perhaps seconds, a fraction, AM or PM, and a time zone. */
function isRestOfTime(text: string): boolean {
  let rest = text;
  const take = (length: number) => {
    rest = rest.slice(length);
    return true;
  };
  const isSixty = (at: number) =>
    isDigits(rest.slice(at, at + 2)) && rest.length >= at + 2 && Number(rest.slice(at, at + 2)) < 60;
  if (!isSixty(1)) return false;
  take(3);
  if (rest.startsWith(':')) {
    if (!isSixty(1)) return false;
    take(3);
    if ('.,'.includes(rest.charAt(0)) && isDigits(rest.charAt(1))) {
      take(1);
      while (isDigits(rest.charAt(0))) take(1);
    }
  }
  const unspaced = (zone: string) => withoutFirstSpace(zone).toLowerCase();
  const zones = [
    rest,
    ...['am', 'pm', 'a.m.', 'p.m.', 'a.m', 'p.m', 'am.', 'pm.'].flatMap((half) =>
      unspaced(rest).startsWith(half) ? [unspaced(rest).slice(half.length)] : [],
    ),
  ];
  return zones.some((zone) => zone === '' || isZone(unspaced(zone)));
}

function isZone(zone: string): boolean {
  if (zone === 'z') return true;
  const letters = zone.match(/^[a-z]*/)?.[0] ?? '';
  const offset = zone.slice(letters.length);
  if (offset === '') return letters.length === 3 || letters.length === 4;
  if (!['', 'utc', 'gmt'].includes(letters) || !'+-'.includes(offset.charAt(0))) return false;
  const [hours = '', minutes, ...others] = offset.slice(1).split(':');
  if (others.length > 0) return false;
  if (minutes !== undefined)
    return isDigits(hours) && hours.length <= 2 && isDigits(minutes) && minutes.length === 2;
  return isDigits(hours) && hours.length <= 4;
}

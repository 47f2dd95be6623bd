/** How a value is written; the same list as the units of the report's columns and KPIs. */
export type Unit = 'money' | 'price' | 'count' | 'ratio' | 'share' | 'number' | 'exact' | 'text' | 'date';

export type Value = string | number | null;

/** Writes values for people, in one locale and currency. Money comes in major units; null becomes "n/a". */
export interface Format {
  /** By unit: money without decimals, price with the currency's, exact with those it has, ratio as 0.72×, share as 12.3%. No currency sign. */
  value(value: Value, unit: Unit): string;
  /** As `value`, with an explicit sign: +0.19×, −13.0%. */
  signed(value: number | null, unit: Unit): string;
  /** Money with its sign and as few digits as say it: ₹61,866 · ₹24.17 L · ₹3.36 Cr; elsewhere $61,866 · $2.42 M. */
  compact(value: number | null): string;
  /** As `compact`, without decimals that say nothing: for axes (₹2 L, ₹2.5 L). */
  tick(value: number): string;
  /** Money in full, with its sign: ₹24,17,112. */
  money(value: number | null): string;
  /** A price with its sign and the currency's decimals: ₹71.43. */
  price(value: number | null): string;
  /** 14 Jul 2025 */
  date(day: string): string;
  /** 14 Jul, for axes. */
  shortDate(day: string): string;
  /** 14–20 Jul 2025, naming month and year once where they are the same. */
  range(from: string, to: string): string;
  /** "1 order", "1,200 orders". */
  plural(count: number, one: string, many?: string): string;
  currencySymbol: string;
}

export const NOT_AVAILABLE = 'n/a';

/** Decimals of a currency: 2 for INR, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Making one takes milliseconds, and each report asks several times. */
const formats = new Map<string, Format>();

/** @throws RangeError for a locale or currency that does not exist */
export function createFormat(locale: string, currency: string): Format {
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? newFormat(locale, currency);
  formats.set(key, format);
  return format;
}

function newFormat(locale: string, currency: string): Format {
  const digits = currencyDigits(currency);
  const plain = (fraction: number, most = fraction) => {
    const format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: fraction,
      maximumFractionDigits: most,
      numberingSystem: 'latn',
    });
    return (value: number) => trueMinus(format.format(noNegativeZero(value, most)));
  };
  const whole = plain(0);
  const exact = plain(digits);
  const two = plain(2);
  const one = plain(1);
  const upToTwo = plain(0, 2);
  const upToDigits = plain(0, digits);
  const symbol =
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
      .formatToParts(0)
      .find((part) => part.type === 'currency')?.value ?? currency;
  const withSymbol = (write: (value: number) => string) => (value: number | null) => {
    if (value === null) return NOT_AVAILABLE;
    const amount = write(Math.abs(value));
    return `${value < 0 && /[1-9]/.test(amount) ? '−' : ''}${symbol}${amount}`;
  };
  const steps = locale.endsWith('-IN') ? INDIAN_STEPS : WESTERN_STEPS;

  const byUnit: Record<Unit, (value: number) => string> = {
    money: whole,
    price: exact,
    count: whole,
    ratio: (value) => `${two(value)}×`,
    share: (value) => `${one(value * 100)}%`,
    number: one,
    exact: upToDigits,
    text: String,
    date: String,
  };
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC', numberingSystem: 'latn' });
    return {
      day: (day: string) => format.format(toDate(day)),
      range: (from: string, to: string) => format.formatRange(toDate(from), toDate(to)),
    };
  };
  const full = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const short = dates({ day: 'numeric', month: 'short' });

  const value = (raw: Value, unit: Unit): string => {
    if (raw === null) return NOT_AVAILABLE;
    if (typeof raw === 'string') return unit === 'date' ? full.day(raw) : raw;
    return byUnit[unit](raw);
  };
  return {
    value,
    signed: (raw, unit) =>
      raw !== null && Number(rounded(raw, unit)) > 0 ? `+${value(raw, unit)}` : value(raw, unit),
    compact: withSymbol((amount) => compactAmount(amount, steps, whole, two)),
    tick: withSymbol((amount) => compactAmount(amount, steps, whole, upToTwo)),
    money: withSymbol(whole),
    price: withSymbol(exact),
    date: full.day,
    shortDate: short.day,
    range: (from, to) => (from === to ? full.day(from) : full.range(from, to).replaceAll('\u2009', ' ')),
    plural: (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`,
    currencySymbol: symbol,
  };
}

interface Step {
  size: number;
  name: string;
}

const INDIAN_STEPS: Step[] = [
  { size: 1e7, name: 'Cr' },
  { size: 1e5, name: 'L' },
];
const WESTERN_STEPS: Step[] = [
  { size: 1e9, name: 'B' },
  { size: 1e6, name: 'M' },
  { size: 1e5, name: 'K' },
];

/** Rounds in each unit first and promotes what the rounding carries over: 99,999.7 is 1.00 L, not 1,00,000. */
function compactAmount(
  amount: number,
  steps: Step[],
  whole: (value: number) => string,
  two: (value: number) => string,
): string {
  const smallest = steps.at(-1);
  if (!smallest || Math.round(amount) < smallest.size) return whole(amount);
  const ascending = [...steps].reverse();
  for (const [index, { size, name }] of ascending.entries()) {
    const divisor = name === 'K' ? 1e3 : size;
    const inUnit = Math.round((amount / divisor) * 100) / 100;
    const next = ascending[index + 1];
    if (!next || inUnit * divisor < next.size) return `${two(inUnit)} ${name}`;
  }
  return whole(amount);
}

function rounded(value: number, unit: Unit): string {
  return unit === 'share'
    ? (value * 100).toFixed(1)
    : value.toFixed(unit === 'count' || unit === 'money' ? 0 : 2);
}

function trueMinus(written: string): string {
  return written.replace('-', '−');
}

function noNegativeZero(value: number, fraction: number): number {
  return Number(value.toFixed(fraction)) === 0 ? 0 : value;
}

function toDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

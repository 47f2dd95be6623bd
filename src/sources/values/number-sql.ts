import { literal } from '../../warehouse/literal.js';
import type { ValueStyle } from '../source-file.js';
import type { Rules } from './rules.js';
import {
  amountSpelling,
  countSpelling,
  DIGITS,
  LARGEST_VALUE,
  type NumberSpelling,
  percentSpelling,
  plainCharacters,
} from './spellings.js';
import { matches, once, trimmed } from './sql.js';

/** The rules of a whole number. */
export function countRules({ name }: { name: string }, style: ValueStyle): Rules {
  return {
    cast: `TRY_CAST(${name}_raw AS INTEGER)`,
    // A single character with a value is a digit; printing the value again is slower.
    plain: `CASE WHEN strlen(${name}_raw) = 1 OR CAST(${name}_cast AS VARCHAR) = ${name}_raw THEN CAST(${name}_cast AS BIGINT) END`,
    careful: (text) =>
      once(`TRY_CAST(${signed(text, countSpelling(style.decimal), style)} AS DOUBLE)`, 'number', (value) => {
        const isWhole = `${value} = floor(${value})`;
        return `CASE WHEN ${value} BETWEEN -${LARGEST_VALUE} AND ${LARGEST_VALUE} AND ${isWhole} THEN CAST(${value} AS BIGINT) END`;
      }),
  };
}

/** The rules of an amount of money, in minor units of a currency with so many digits. A `rate` may be a percentage. */
export function moneyRules({ name }: { name: string }, style: ValueStyle, digits: number): Rules {
  const [raw, cast, plain] = [`${name}_raw`, `${name}_cast`, `${name}_plain`];
  const written = (text: string) => (name === 'rate' ? signedRate(text, style) : signedAmount(text, style));
  const scales = Array.from({ length: digits + 1 }, (_, fewer) => digits - fewer);
  const isPlain = scales.map((scale) => `${printed(`CAST(${cast} AS ${major(scale)})`, style)} = ${raw}`);
  return {
    cast: `TRY_CAST(${style.decimal === ',' ? `replace(${raw}, ',', '.')` : raw} AS ${major(digits)})`,
    plain: `CASE WHEN ${isPlain.join(' OR ')} THEN ${minorUnits(cast, digits)} END`,
    careful: (text) =>
      once(
        once(written(text), 'number', (number) => rounded(number, digits)),
        'amount',
        (amount) => minorUnits(amount, digits),
      ),
    rounded: `CASE WHEN ${plain} IS NULL AND ${name} IS NOT NULL THEN ${hasMoreDecimals(name, written(trimmed(raw)), style, digits)} END`,
  };
}

/** Amounts in whole units of the currency; the digits hold every amount up to `LARGEST_VALUE`. */
function major(digits: number): string {
  return `DECIMAL(14, ${digits})`;
}

/** Minor units of an amount in whole units; NULL beyond the limit. */
function minorUnits(amount: string, digits: number): string {
  const largest = (LARGEST_VALUE / 10 ** digits).toFixed(digits);
  return `CASE WHEN ${amount} BETWEEN -${largest} AND ${largest} THEN CAST(${amount} * CAST(${10 ** digits} AS DECIMAL(${digits + 1}, 0)) AS BIGINT) END`;
}

function printed(amount: string, { decimal }: ValueStyle): string {
  return decimal === ',' ? `replace(CAST(${amount} AS VARCHAR), '.', ',')` : `CAST(${amount} AS VARCHAR)`;
}

/** Number with 16 decimals, which are all of them in practice. Slow. */
const EXACT = 'DECIMAL(34, 16)';

/** A number in text as an amount, halves rounded away from zero; the direct cast rounds an exponent wrongly. */
function rounded(number: string, digits: number): string {
  return `CASE WHEN contains(lower(${number}), 'e') THEN TRY_CAST(TRY_CAST(${number} AS ${EXACT}) AS ${major(digits)}) ELSE TRY_CAST(${number} AS ${major(digits)}) END`;
}

/** Whether a valid cell has a decimal other than 0 beyond those of the currency. The point of `Rs.` is not a decimal one. */
function hasMoreDecimals(name: string, number: string, { decimal }: ValueStyle, digits: number): string {
  const unit = `CAST(${(1 / 10 ** digits).toFixed(digits)} AS DECIMAL(${digits + 1}, ${digits}))`;
  return `CASE
    WHEN regexp_matches(${name}_raw, '[0-9][eE][-+0-9]|%') THEN TRY_CAST(${number} AS ${EXACT}) <> CAST(${name} AS DECIMAL(18, 0)) * ${unit}
    ELSE regexp_matches(${name}_raw, '(?:^|[^sS])[${decimal}][0-9]{${digits}}[0-9]*[1-9]')
  END`;
}

function signedAmount(text: string, style: ValueStyle): string {
  return signed(text, amountSpelling(style.decimal), style);
}

function signedRate(text: string, style: ValueStyle): string {
  const percentage = `${signed(text, percentSpelling(style.decimal), style)} || 'e-2'`;
  return `CASE WHEN suffix(${text}, '%') THEN ${percentage} ELSE ${signedAmount(text, style)} END`;
}

/** The number written in a text as text that can be cast; NULL where it is not written so. */
function signed(text: string, { positive, negative }: NumberSpelling, { decimal }: ValueStyle): string {
  const { from, to } = plainCharacters(decimal);
  const digits = `translate(regexp_extract(${text}, ${literal(DIGITS)}, 1, 'i'), ${literal(from)}, ${literal(to)})`;
  return `CASE WHEN ${matches(text, positive)} THEN ${digits} WHEN ${matches(text, negative)} THEN '-' || ${digits} END`;
}

import type { Column, ColumnType } from './tables.js';

/** What counts as a number in a cell: sign, digits, fraction, exponent. Understood by DuckDB and by JavaScript. */
export const NUMBER_PATTERN = '[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?';

/** Largest count, and largest amount in minor units: sums over 100 rows of this size are still exact integers. */
export const LARGEST_VALUE = 90_000_000_000_000;

/** DECIMAL digits that hold every amount up to `LARGEST_VALUE`. */
const MONEY_DIGITS = 14;

/** Rules by which the text of one column, `<name>_raw`, becomes its value. Each is a SQL expression. */
export interface TypedColumn {
  name: string;
  /** Engine's own lenient reading, `<name>_cast`; only where `plain` needs it. */
  cast?: string;
  /** Value of a cell that is written in the plainest way, else NULL, as `<name>_plain`: the fast path. */
  plain?: string;
  /** Value of any valid cell, else NULL. */
  value: string;
  /** True where the cell is not valid; NULL or false elsewhere. May use `name` for the value. */
  fault?: string;
  /** True where the value had more decimals than the currency has. */
  rounded?: string;
}

/**
 * The SQL rules of a canonical column for a currency with `currencyDigits` decimals.
 *
 * The engine's casts accept much that is not in our rules ("2024-1-5", "infinity", "1_000", 12.7 as a whole number).
 * A value that, printed again, gives the very text of the cell was written plainly and is taken as it is; every other
 * cell goes through the strict and slower rule.
 */
export function typedColumn(column: Column, currencyDigits: number): TypedColumn {
  const { name } = column;
  const { careful, fault, ...rules } = RULES[column.type](name, currencyDigits);
  const whenNotPlain =
    column.whenBlank === undefined
      ? careful
      : `CASE WHEN ${isBlank(name)} THEN ${column.whenBlank} ELSE ${careful} END`;
  return {
    name,
    ...rules,
    // Not coalesce: the optimizer would work out parts of the second argument for every row.
    value:
      rules.plain === undefined
        ? whenNotPlain
        : `CASE WHEN ${name}_plain IS NOT NULL THEN ${name}_plain ELSE ${whenNotPlain} END`,
    fault: column.required === 'value' ? `${name} IS NULL` : fault,
  };
}

/** As `TypedColumn`, with the value of a cell that is not written plainly in place of `value`. */
type Rules = Omit<TypedColumn, 'name' | 'value'> & { careful: string };

const RULES: Record<ColumnType, (name: string, currencyDigits: number) => Rules> = {
  text: (name) => ({
    careful: `CASE WHEN ${hasPlainEdges(`${name}_raw`)} THEN ${name}_raw ELSE nullif(${trimmed(name)}, '') END`,
  }),

  basis: (name) => ({
    careful: `CASE regexp_replace(lower(${trimmed(name)}), '^per[ _-]*', '') WHEN 'post' THEN 'post' WHEN 'order' THEN 'order' END`,
  }),

  date: (name) => {
    const inRange = "BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'";
    const again = `TRY_CAST(${trimmed(name)} AS DATE)`;
    return {
      cast: `TRY_CAST(${name}_raw AS DATE)`,
      plain: `CASE WHEN CAST(${name}_cast AS VARCHAR) = ${name}_raw AND ${name}_cast ${inRange} THEN ${name}_cast END`,
      careful: `CASE WHEN CAST(${again} AS VARCHAR) = ${trimmed(name)} AND ${again} ${inRange} THEN ${again} END`,
      fault: notBlankButNull(name),
    };
  },

  count: (name) => {
    const whole = `TRY_CAST(${exact(name)} AS BIGINT)`;
    return {
      cast: `TRY_CAST(${name}_raw AS BIGINT)`,
      plain: `CASE WHEN CAST(${name}_cast AS VARCHAR) = ${name}_raw AND ${name}_cast ${withinLimit} THEN ${name}_cast END`,
      careful: `CASE WHEN ${isNumber(name)} AND ${exact(name)} = ${whole} AND ${whole} ${withinLimit} THEN ${whole} END`,
      fault: notBlankButNull(name),
    };
  },

  money: (name, digits) => {
    const major = `DECIMAL(${MONEY_DIGITS}, ${digits})`;
    const toMinor = (amount: string) =>
      `CAST(${amount} * CAST(${10 ** digits} AS DECIMAL(${digits + 1}, 0)) AS BIGINT)`;
    const minor = toMinor(`${name}_cast`);
    // Text with an exponent goes through `exact`, because the engine's cast rounds it wrongly (0.5e-3 to 0.01).
    const rounded = `TRY_CAST(CASE WHEN regexp_matches(${name}_raw, '[eE]') THEN CAST(${exact(name)} AS VARCHAR) ELSE ${trimmed(name)} END AS ${major})`;
    return {
      cast: `TRY_CAST(${name}_raw AS ${major})`,
      plain: `CASE WHEN CAST(${name}_cast AS VARCHAR) = ${name}_raw AND ${minor} ${withinLimit} THEN ${minor} END`,
      careful: `CASE WHEN ${isNumber(name)} AND ${toMinor(rounded)} ${withinLimit} THEN ${toMinor(rounded)} END`,
      fault: notBlankButNull(name),
      rounded: `CASE WHEN ${name}_plain IS NULL THEN ${exact(name)} <> ${rounded} END`,
    };
  },
};

const withinLimit = `BETWEEN -${LARGEST_VALUE} AND ${LARGEST_VALUE}`;

/** What is trimmed from the ends of a cell: spaces, tabs and no-break spaces. A SQL expression. */
export const SPACES = `' ' || chr(9) || chr(160)`;

/** The cell without spaces, tabs and no-break spaces around it. */
function trimmed(name: string): string {
  return `trim(${name}_raw, ${SPACES})`;
}

/** True for a text that surely has nothing to trim; comparing is many times faster than trimming. */
function hasPlainEdges(raw: string): string {
  return `${raw} BETWEEN '!' AND '~' AND NOT suffix(${raw}, ' ') AND NOT suffix(${raw}, chr(9)) AND NOT suffix(${raw}, chr(160))`;
}

function isBlank(name: string): string {
  return `(${name}_raw IS NULL OR ${trimmed(name)} = '')`;
}

function notBlankButNull(name: string): string {
  return `${name} IS NULL AND ${trimmed(name)} <> ''`;
}

function isNumber(name: string): string {
  return `regexp_full_match(${trimmed(name)}, '${NUMBER_PATTERN}')`;
}

/** The number with 20 decimals, which are all of them in practice. */
function exact(name: string): string {
  return `TRY_CAST(${trimmed(name)} AS DECIMAL(38, 20))`;
}

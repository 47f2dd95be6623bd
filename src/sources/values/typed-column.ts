import type { ValueStyle } from '../source-file.js';
import type { Column, ColumnType } from '../tables.js';
import { dateRules } from './date-sql.js';
import { countRules, moneyRules } from './number-sql.js';
import type { Rules } from './rules.js';
import { NO_VALUE } from './spellings.js';
import { isOneOf, trimmed } from './sql.js';
import { basisRules, idRules, textRules } from './text-sql.js';

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
  /** True where the value had more decimals than the currency has; NULL or false elsewhere. May use `name` for the value. */
  rounded?: string;
}

/**
 * The SQL rules of a canonical column of a file whose values are written in `style`, for a currency with `currencyDigits`
 * decimals.
 *
 * The engine's casts accept much that is not in our rules ("2024-1-5", "infinity", "1_000", 12.7 as a whole number).
 * A value that, printed again, gives the very text of the cell was written plainly and is taken as it is; every other
 * cell goes through the careful and slower rule.
 *
 * A cell of `NO_VALUE` (of `NO_TEXT` in a column of text or ids) is blank: NULL, or what the column's `whenBlank` says. It is
 * a fault where the column requires a value.
 */
export function typedColumn(column: Column, style: ValueStyle, currencyDigits: number): TypedColumn {
  const { name, type, required } = column;
  const raw = `${name}_raw`;
  const { cast, plain, quick, careful, rounded } = rulesOf(column, style, currencyDigits);
  const fast = plain
    ? `WHEN ${name}_plain IS NOT NULL THEN ${name}_plain`
    : quick
      ? `WHEN ${quick} THEN ${raw}`
      : '';
  const text = trimmed(raw);
  const slow =
    column.whenBlank === undefined
      ? careful(text)
      : `CASE WHEN ${isBlank(text)} THEN ${column.whenBlank} ELSE ${careful(text)} END`;
  return {
    name,
    ...(cast && { cast }),
    ...(plain && { plain }),
    // Not coalesce: the optimizer would work out parts of the second argument for every row.
    value: `CASE ${fast} WHEN ${raw} IS NULL THEN ${column.whenBlank ?? 'NULL'} ELSE ${slow} END`,
    ...(required === 'value'
      ? { fault: `${name} IS NULL` }
      : CAN_BE_WRONG.includes(type) && { fault: `${name} IS NULL AND NOT ${isBlank(text)}` }),
    ...(rounded && { rounded }),
  };
}

/** Types of which not every text is a value. */
const CAN_BE_WRONG: readonly ColumnType[] = ['date', 'count', 'money'];

function rulesOf(column: Column, style: ValueStyle, currencyDigits: number): Rules {
  switch (column.type) {
    case 'id':
      return idRules(column);
    case 'text':
      return textRules(column);
    case 'basis':
      return basisRules();
    case 'date':
      return dateRules(column, style);
    case 'count':
      return countRules(column, style);
    case 'money':
      return moneyRules(column, style, currencyDigits);
  }
}

function isBlank(text: string): string {
  return isOneOf(`lower(${text})`, NO_VALUE);
}

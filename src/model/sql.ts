import { literal } from '../warehouse/literal.js';

/** A list of texts for `LOWER(column) IN (…)`, lower-cased by the engine as the column is. */
export function lowerTexts(values: readonly string[]): string {
  return values.map((value) => `LOWER(${literal(value)})`).join(', ');
}

/** An ISO date (YYYY-MM-DD) as an SQL literal. */
export function date(value: string): string {
  return `DATE ${literal(value)}`;
}

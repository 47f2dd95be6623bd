/** A text as an SQL literal, the same in DuckDB, PostgreSQL and Trino. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A list of texts, lower-cased, for `LOWER(column) IN (…)`. */
export function lowerTexts(values: readonly string[]): string {
  return values.map((value) => text(value.toLowerCase())).join(', ');
}

/** An ISO date (YYYY-MM-DD) as an SQL literal. */
export function date(value: string): string {
  return `DATE ${text(value)}`;
}

/** A text as an SQL literal, the same in DuckDB, PostgreSQL and Trino. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A list of texts for `LOWER(column) IN (…)`, lower-cased by the engine as the column is. */
export function lowerTexts(values: readonly string[]): string {
  return values.map((value) => `LOWER(${text(value)})`).join(', ');
}

/** An ISO date (YYYY-MM-DD) as an SQL literal. */
export function date(value: string): string {
  return `DATE ${text(value)}`;
}

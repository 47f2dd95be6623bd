import path from 'node:path';

/** A text as an SQL literal, the same in every engine. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An absolute path as a literal in which DuckDB's file patterns (`*`, `?`, `[`) stand for themselves. */
export function fileLiteral(file: string): string {
  return literal(path.resolve(file).replace(/[*?[]/g, '[$&]'));
}

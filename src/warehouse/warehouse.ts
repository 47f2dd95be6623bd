import { messageOf } from '../errors.js';

/** A value in a query result: dates are 'YYYY-MM-DD' strings, whole numbers are safe integers. */
export type Scalar = string | number | boolean | null;

/** A SQL engine that holds the canonical tables and answers the metric queries. */
export interface Warehouse {
  /** Name and version of the engine, as printed in the report ("DuckDB 1.5.5"). */
  readonly engine: string;
  /**
   * Runs one or several statements separated by `;` and returns the rows of the last one as objects of scalars
   * (none for a statement without a result). `Row` is the caller's statement of the result's shape; it is not checked.
   * Throws `QueryError`.
   */
  query<Row extends object>(sql: string): Promise<Row[]>;
  /** Interrupts what is still running and frees the engine. */
  close(): Promise<void>;
}

/** A statement that the engine refused: the message gives the engine's reason, `sql` the statement itself. */
export class QueryError extends Error {
  readonly sql: string;

  constructor(sql: string, cause: unknown) {
    super(`Query failed: ${messageOf(cause)}`, { cause });
    this.name = 'QueryError';
    this.sql = sql.trim();
  }
}

import type { DuckDBConnection, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { literal } from './literal.js';
import { QueryError, type Scalar, type Warehouse } from './warehouse.js';

type DuckDbApi = typeof import('@duckdb/node-api');

export interface DuckDbOptions {
  /** Largest memory of the engine, in DuckDB's notation ("4GB"). Default: 80% of the machine's. */
  memoryLimit?: string;
  /** Worker threads. Default: the number of cores. */
  threads?: number;
  /** Existing folder for what does not fit in memory. Default: nothing is written to disk. */
  tempDirectory?: string;
}

/** A DuckDB whose tables can be kept in a file and used from there. */
export interface DuckDb extends Warehouse {
  /** Writes all tables to a new file. Throws `QueryError`. */
  save(file: string): Promise<void>;
  /** Makes the tables of a file that `save` wrote readable under their names; nothing is copied. Throws `QueryError`. */
  attach(file: string): Promise<void>;
  /**
   * Ends the loading: from now on no statement reaches a file, and statements run side by side, so that what one needs of another has to be
   * awaited.
   *
   * @param rows - of the largest table that they will read: it decides how the cores are shared
   */
  runSideBySide(rows: number): Promise<void>;
}

/** Up to so many rows a statement is done sooner by one thread than it is divided among several. */
const SMALL = 300_000;
/** As many as Node's pool has threads to wait for them. */
const SIDE_BY_SIDE = 4;
/** Each of these takes all cores by itself, and memory with them. */
const LARGE_SIDE_BY_SIDE = 2;

/** Opens an empty in-memory DuckDB that loads no extension and never uses the network. */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<DuckDb> {
  const api = await import('@duckdb/node-api');
  const instance = await api.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: options.tempDirectory ?? '',
    ...(options.memoryLimit !== undefined && { memory_limit: options.memoryLimit }),
    ...(options.threads !== undefined && { threads: String(options.threads) }),
  });
  const connections = [await instance.connect()];
  const idle = [...connections];
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  // A statement that is handed to a busy connection holds a thread of Node's pool while it waits.
  const free = async () => idle.pop() ?? new Promise<DuckDBConnection>((resolve) => waiting.push(resolve));

  async function run<Row extends object>(sql: string): Promise<Row[]> {
    const connection = await free();
    try {
      return await readRows<Row>(api, await connection.run(sql));
    } catch (error) {
      throw new QueryError(sql, error);
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    }
  }

  async function end(): Promise<void> {
    // Repeated, because a query that has not quite begun does not notice an interruption.
    const interrupting = setInterval(() => {
      for (const connection of connections) connection.interrupt();
    }, 5);
    await Promise.allSettled(running);
    clearInterval(interrupting);
    for (const connection of connections) connection.disconnectSync();
    instance.closeSync();
  }

  const query = <Row extends object>(sql: string): Promise<Row[]> => {
    // DuckDB itself crashes when it is asked after its end.
    if (closing) return Promise.reject(new QueryError(sql, new Error('the warehouse is closed')));
    const rows = run<Row>(sql);
    running.add(rows);
    return rows.finally(() => running.delete(rows));
  };

  return {
    engine: `DuckDB ${api.version().replace(/^v/, '')}`,
    query,
    async save(file) {
      await query(`-- all tables into a file
        ATTACH ${literal(file)} AS kept;
        COPY FROM DATABASE memory TO kept;
        DETACH kept`);
    },
    async attach(file) {
      await query(`-- a file with tables
        ATTACH ${literal(file)} AS kept (READ_ONLY)`);
      const tables = await query<{ name: string }>(`-- what is in it
        SELECT table_name AS name
        FROM duckdb_tables()
        WHERE database_name = 'kept' AND schema_name = 'main'
        UNION ALL
        SELECT view_name AS name
        FROM duckdb_views()
        WHERE database_name = 'kept' AND schema_name = 'main' AND NOT internal`);
      for (const { name } of tables) {
        await query(`-- under its own name
          CREATE VIEW ${name} AS SELECT * FROM kept.main.${name}`);
      }
    },
    async runSideBySide(rows) {
      await query(`-- nothing but the tables
        SET enable_external_access = false`);
      if (rows <= SMALL) {
        await query(`-- one core a statement
          SET threads = 1`);
      }
      const wanted = rows <= SMALL ? SIDE_BY_SIDE : LARGE_SIDE_BY_SIDE;
      while (connections.length < wanted && !closing) {
        const connection = await instance.connect();
        if (closing) return connection.disconnectSync();
        connections.push(connection);
        idle.push(connection);
      }
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}

async function readRows<Row extends object>(api: DuckDbApi, result: DuckDBResult): Promise<Row[]> {
  // Without this, CREATE TABLE AS and INSERT would return the number of their rows as a row.
  if (result.returnType !== api.ResultReturnType.QUERY_RESULT) return [];
  const names = result.deduplicatedColumnNames();
  const rows: Record<string, Scalar>[] = [];
  for await (const chunk of result) {
    const start = rows.length;
    for (let row = 0; row < chunk.rowCount; row++) rows.push({});
    names.forEach((name, column) => {
      chunk.getColumnValues(column).forEach((value, row) => {
        const target = rows[start + row];
        if (target) target[name] = toScalar(api, value, name);
      });
    });
  }
  return rows as Row[];
}

function toScalar(api: DuckDbApi, value: DuckDBValue, column: string): Scalar {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (typeof value === 'bigint') return toSafeInteger(value, column);
  if (value instanceof api.DuckDBDateValue) return value.toString();
  if (value instanceof api.DuckDBDecimalValue) {
    return value.scale === 0 ? toSafeInteger(value.value, column) : value.toDouble();
  }
  throw new Error(
    `column ${column} holds a ${value.constructor.name}; cast it to text, a number or a date in the query.`,
  );
}

function toSafeInteger(value: bigint, column: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new Error(`column ${column} holds ${value}, which is too large for an exact number.`);
  }
  return number;
}

import { errorCode, messageOf, ReportError } from '../../errors.js';
import { QueryError, type Warehouse } from '../../warehouse/warehouse.js';
import { decodesAsUtf8 } from '../files/encoding.js';
import { problemOf } from '../files/file-problem.js';
import { stageRows } from '../files/stage.js';
import type { Staging } from '../files/staging.js';
import { inspectRows } from '../rows/inspect.js';
import { mendRows } from '../rows/mend.js';
import { readRowsSql } from '../rows/read-sql.js';
import type { SourcesSettings } from '../settings.js';
import { dataError, type QuarantinedRow, type SourceInput } from '../source-file.js';

/** A file on its way into the warehouse, with what its reading brought up. */
export interface Loading {
  input: SourceInput;
  /** Number of the file among those of its table. */
  number: number;
  /** How the engine reads it without a mistake. */
  reading: 'any' | 'numbered';
  /** How many rows the engine has to find; null where nobody else counted. */
  records: number | null;
  /** Rows that no reader can take apart. */
  broken: QuarantinedRow[];
  /** Rows of nothing but separators. */
  blank: number;
  /** Whether the engine reads a clean copy without the broken rows. */
  isMended: boolean;
  /** How the order of day and month was decided, in a sentence; null until then. */
  dateOrder: string | null;
  /** Whether that order is declared or proved by values of the file. */
  isOrderProved: boolean;
}

export interface LoadContext {
  warehouse: Warehouse;
  staging: Staging;
  settings: SourcesSettings;
  /** Decimals of the report's currency: 2 for rupees and cents, 0 for yen. */
  currencyDigits: number;
  signal: AbortSignal;
}

/** So many broken rows in one file, and it is not worth going on. */
const MOST_BROKEN = 100_000;

/**
 * Runs a query over files; where the engine refuses one of them, it is mended and the query runs again.
 *
 * @param run - makes and runs the query from the files as they are at that moment
 * @throws ReportError for a file that cannot be mended
 */
export async function overReadable<Result>(
  loadings: readonly Loading[],
  context: LoadContext,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    context.signal.throwIfAborted();
    let hasRepaired = false;
    for (const loading of loadings) {
      const refusal = await refusalOf(loading, context);
      context.signal.throwIfAborted();
      if (refusal === null) continue;
      await repair(loading, context, refusal);
      hasRepaired = true;
    }
    if (!hasRepaired) throw error;
    return run();
  }
}

/** Why the engine cannot read a file, or null; every field of every row is looked at. */
async function refusalOf(
  { input, reading }: Loading,
  { warehouse }: LoadContext,
): Promise<QueryError | null> {
  const fields = input.header.map((_, index) => `c${index}`).join(', ');
  try {
    await warehouse.query(`-- whether ${input.table.label} can be read
      SELECT BIT_XOR(HASH(${fields})) IS NULL AS empty
      FROM ${readRowsSql(input.rows, input.header.length, reading)}`);
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

/** Makes a clean copy without the rows that are broken. */
async function repair(loading: Loading, context: LoadContext, refusal: QueryError): Promise<void> {
  const { input, isMended } = loading;
  if (input.rows.kind === 'parquet') {
    throw dataError(
      'unreadable-file',
      `${input.head.name} cannot be read as Parquet: ${firstLine(refusal)}`,
      'Write the file again, or hand it in as CSV.',
      refusal,
    );
  }
  if (isMended) throw refusal;
  await mend(loading, context, refusal);
}

/**
 * Makes a file ready for the engine: what the engine would misread without saying so is mended, or read in its order.
 *
 * @throws ReportError where more rows are broken than it is worth to tell
 */
export async function prepareReading(loading: Loading, context: LoadContext): Promise<void> {
  try {
    await inspect(loading, context);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ReportError || errorCode(error) === '') throw error;
    throw problemOf(loading.input.head.file, error);
  }
}

async function inspect(loading: Loading, context: LoadContext): Promise<void> {
  const { rows } = loading.input;
  if (rows.kind !== 'csv') return;
  const { reading, records } = await inspectRows(rows, loading.input.header.length, context.signal);
  if (reading === 'mend') {
    const { head, table } = loading.input;
    const seemsUtf8 = head.encoding === 'utf-8' && context.settings[table.label].encoding === null;
    const verdict = seemsUtf8 ? await decodesAsUtf8(rows.file, context.signal) : 'utf-8';
    return verdict === 'windows-1252' ? decode(loading, context) : mend(loading, context);
  }
  loading.reading = reading;
  loading.records = records;
}

async function decode(loading: Loading, context: LoadContext): Promise<void> {
  const { staging, signal } = context;
  const head = { ...loading.input.head, encoding: 'windows-1252' as const };
  const rows = await stageRows(head, loading.input.headerLine, staging, signal);
  loading.input = { ...loading.input, head, rows };
  await inspect(loading, context);
}

/** Writes a clean copy of a file, which the engine reads from now on, and sets aside the rows that cannot be read. */
export async function mend(
  loading: Loading,
  { staging, signal }: LoadContext,
  refusal?: QueryError,
): Promise<void> {
  const { input } = loading;
  if (input.rows.kind !== 'csv') throw refusal ?? new Error(`${input.head.name} is not CSV.`);
  loading.isMended = true;
  const target = staging.newFile('mended');
  const mended = await mendRows(input.rows, input.header.length, target, {
    signal,
    maxBroken: MOST_BROKEN,
  });
  const [first] = mended.broken;
  if (mended.endedEarly && first) {
    throw dataError(
      'bad-structure',
      `${input.head.name}, line ${first.line}: ${first.reason}; so are ${MOST_BROKEN.toLocaleString('en-US')} rows and more.`,
      `Export the file again. If another character than "${input.rows.delimiter}" separates its columns, set sources.${input.table.label}.delimiter.`,
      refusal,
    );
  }
  loading.input = { ...input, rows: mended.rows };
  loading.reading = 'numbered';
  loading.records = mended.records - mended.broken.length - mended.blank;
  loading.blank = mended.blank;
  loading.broken = mended.broken.map(({ line, text, code, reason, fix }) => ({
    code,
    table: input.table.label,
    file: input.head.name,
    line,
    column: null,
    value: text,
    reason,
    fix,
    revenue: null,
  }));
}

function firstLine(error: QueryError): string {
  return messageOf(error.cause).split('\n')[0] ?? '';
}

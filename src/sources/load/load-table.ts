import { dataError, type QuarantinedRow } from '../source-file.js';
import type { SourceTable } from '../tables.js';
import { settleDateOrders } from './date-orders.js';
import { assertDecimalsKnown, hasThousands } from './decimals.js';
import { createTableSql, insertSql, isGrouped, regroupSql } from './insert-sql.js';
import { type LoadContext, type Loading, mend, overReadable, prepareReading } from './loading.js';
import { badValues, duplicateKeys } from './quarantine.js';

/** What became of the rows of a table: read = used + blank + quarantined. */
export interface TableCounts {
  /** Label of the table. */
  table: string;
  read: number;
  used: number;
  blank: number;
  quarantined: number;
}

export interface LoadedTable {
  counts: TableCounts;
  /** Rows of each file that are in the table, by the number of the file. */
  used: number[];
  /** Rows with amounts that were rounded to the currency. */
  rounded: number;
  /** The first quarantined rows, file by file. */
  quarantined: QuarantinedRow[];
}

/** Reads all files of a table into the warehouse; rows that fail are set aside. */
export async function loadTable(
  table: SourceTable,
  loadings: readonly Loading[],
  context: LoadContext,
): Promise<LoadedTable> {
  const { warehouse } = context;
  for (const loading of loadings) await prepareReading(loading, context);
  await settleDateOrders(loadings, context, 'suspicious');
  let inserted = await insert(table, loadings, context);
  if (inserted.some(({ faulty }) => faulty > 0)) {
    const changed = await settleDateOrders(loadings, context, 'all');
    if (changed) inserted = await insert(table, loadings, context);
  }

  const isRounded = inserted.some(({ rounded }) => rounded > 0);
  for (const loading of loadings) {
    if (isRounded || hasThousands(loading)) await assertDecimalsKnown(loading, context);
  }

  const told: QuarantinedRow[] = [];
  const counts = { rows: 0, blank: 0 };
  for (const loading of loadings) {
    told.push(...loading.broken);
    counts.rows += loading.broken.length;
    counts.blank += loading.blank;
    const faulty = inserted.find(({ input }) => input === loading.number)?.faulty ?? 0;
    if (faulty === 0) continue;
    const found = await badValues(loading, context);
    if (found.rows + found.blank !== faulty) {
      throw new Error(
        `${faulty} rows of ${table.label} failed, but ${found.rows + found.blank} were found again.`,
      );
    }
    told.push(...found.told);
    counts.rows += found.rows;
    counts.blank += found.blank;
  }
  await warehouse.query(`-- set aside
    DELETE FROM ${table.name} WHERE faulty`);
  if (table.key !== undefined) {
    const duplicates = await duplicateKeys(table, table.key, loadings, context);
    told.push(...duplicates);
    counts.rows += duplicates.length;
  }
  const remaining = await countRows(table, context);
  const used = loadings.map(({ number }) => remaining.find(({ input }) => input === number)?.rows ?? 0);
  await finish(table, loadings, context);
  const total = used.reduce((sum, rows) => sum + rows, 0);
  const [first] = told;
  if (total === 0 && first) {
    const place = `${first.file}, line ${first.line}${first.column === null ? '' : `, column ${first.column}`}`;
    throw dataError(
      'nothing-readable',
      `No row of ${table.label} can be used, such as ${place}: ${first.reason}.`,
      first.fix,
    );
  }
  return {
    counts: {
      table: table.label,
      read: total + counts.rows + counts.blank,
      used: total,
      blank: counts.blank,
      quarantined: counts.rows,
    },
    used,
    rounded: remaining.reduce((sum, { rounded }) => sum + rounded, 0),
    quarantined: told,
  };
}

interface FileCounts {
  /** Number of the file. */
  input: number;
  rows: number;
  faulty: number;
  rounded: number;
}

async function insert(
  table: SourceTable,
  loadings: readonly Loading[],
  context: LoadContext,
): Promise<FileCounts[]> {
  const { warehouse, currencyDigits } = context;
  await warehouse.query(createTableSql(table));
  for (const batch of sameStyle(loadings)) {
    await overReadable(batch, context, async () => {
      // Stored in any order, the rows of a large file keep all cores busy; numbers of rows need theirs.
      const keepsOrder = !isGrouped(table) || batch.some(({ reading }) => reading === 'numbered');
      await warehouse.query(`SET preserve_insertion_order = ${keepsOrder}`);
      await warehouse.query(insertSql(table, batch, currencyDigits, loadings.length > 1));
    });
  }
  await warehouse.query('RESET preserve_insertion_order');
  const counts = await countRows(table, context);
  const misread = loadings.filter(({ number, records }) => {
    const found = counts.find(({ input }) => input === number)?.rows ?? 0;
    return records !== null && records !== found;
  });
  if (misread.length === 0) return counts;
  for (const loading of misread) {
    if (loading.isMended) throw new Error(`Rows of ${loading.input.head.name} were lost.`);
    await mend(loading, context);
  }
  return insert(table, loadings, context);
}

async function countRows(table: SourceTable, { warehouse }: LoadContext): Promise<FileCounts[]> {
  const rows = isGrouped(table) ? 'rows' : '1';
  return warehouse.query<FileCounts>(`-- rows of ${table.name} by file
    SELECT
      input,
      CAST(SUM(${rows}) AS BIGINT) AS rows,
      CAST(COALESCE(SUM(${rows}) FILTER (WHERE faulty), 0) AS BIGINT) AS faulty,
      CAST(SUM(rounded) AS BIGINT) AS rounded
    FROM ${table.name}
    GROUP BY input`);
}

/** What only loading needs goes; rows that stand in two files are found. */
async function finish(
  table: SourceTable,
  loadings: readonly Loading[],
  { warehouse }: LoadContext,
): Promise<void> {
  if (isGrouped(table) && loadings.length > 1) {
    await warehouse.query(regroupSql(table));
    return;
  }
  const surplus = ['input', 'faulty', 'rounded', isGrouped(table) ? 'hashes' : 'record'];
  for (const column of surplus) {
    await warehouse.query(`-- it has served
      ALTER TABLE ${table.name} DROP COLUMN ${column}`);
  }
}

function sameStyle(loadings: readonly Loading[]): Loading[][] {
  const batches = new Map<string, Loading[]>();
  for (const loading of loadings) {
    const style = JSON.stringify(loading.input.style);
    batches.set(style, [...(batches.get(style) ?? []), loading]);
  }
  return [...batches.values()];
}

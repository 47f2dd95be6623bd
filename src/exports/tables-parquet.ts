import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeTemporaryFolder, removeStaleFolders } from '../folders/temporary.js';
import type { Value } from '../format/format.js';
import type { Report, Table } from '../report/schema.js';
import { openDuckDb } from '../warehouse/duckdb.js';
import { literal } from '../warehouse/literal.js';
import type { Warehouse } from '../warehouse/warehouse.js';

const LABEL = 'roi-report-parquet';

type ColumnType = 'DOUBLE' | 'BIGINT' | 'DATE' | 'VARCHAR';

const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Every table of the report as a Parquet file by name (`financial-review.payouts.parquet`), with typed columns under the names of their
 * keys: counts are BIGINT, other figures DOUBLE, days DATE, texts VARCHAR; a value that does not exist is null. Columns whose names differ
 * in nothing but capitals get a number. A table without columns has no file. The same report gives the same bytes.
 */
export async function parquetTables(report: Report): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await removeStaleFolders(os.tmpdir(), LABEL);
  const folder = await makeTemporaryFolder(os.tmpdir(), LABEL);
  const warehouse = await openDuckDb({ threads: 1 });
  try {
    for (const section of report.sections) {
      for (const table of section.tables) {
        if (table.columns.length === 0) continue;
        const file = path.join(folder, `${files.size}.parquet`);
        await writeParquet(warehouse, table, file);
        files.set(`${section.id}.${table.id}.parquet`, await readFile(file));
      }
    }
    return files;
  } finally {
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeParquet(warehouse: Warehouse, { columns, rows }: Table, file: string): Promise<void> {
  const selected = columns.map(({ key, unit }, place) => {
    const values = rows.map((row) => row[key] ?? null);
    const type = typeOf(values, unit);
    const list = JSON.stringify(type === 'VARCHAR' ? values.map(asText) : values);
    return `unnest(from_json(${literal(list)}, '["${type}"]')) AS ${identifier(key, place)}`;
  });
  await warehouse.query(`-- a table of the report as Parquet
    COPY (SELECT ${selected.join(', ')}) TO ${literal(file)} (FORMAT parquet)`);
}

/** The narrowest type that holds every value as it is. */
function typeOf(values: readonly Value[], unit: Table['columns'][number]['unit']): ColumnType {
  const present = values.filter((value) => value !== null);
  if (unit === 'text') return 'VARCHAR';
  if (unit === 'date') return present.every(isDay) ? 'DATE' : 'VARCHAR';
  if (!present.every((value) => typeof value === 'number')) return 'VARCHAR';
  return unit === 'count' && present.every(Number.isSafeInteger) ? 'BIGINT' : 'DOUBLE';
}

function isDay(value: Value): boolean {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const moment = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}

/** Half of a surrogate pair is no text outside JavaScript. */
function asText(value: Value): string | null {
  return value === null ? null : String(value).replace(/\p{Cs}/gu, '\uFFFD');
}

function identifier(key: string, place: number): string {
  const name = key.replace(/[\0\p{Cs}]/gu, '');
  return `"${name === '' ? `column_${place + 1}` : name.replaceAll('"', '""')}"`;
}

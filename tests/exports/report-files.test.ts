import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { EXPORT_FORMATS, reportFiles } from '../../src/exports/report-files.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import type { Report, Table } from '../../src/report/schema.js';
import { type DuckDb, openDuckDb } from '../../src/warehouse/duckdb.js';
import { literal } from '../../src/warehouse/literal.js';
import { writeTables } from '../support/csv-tables.js';
import { states } from '../support/states.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { influencers, reportOf } from './report-of-tables.js';

let folder: string;
let remove: () => Promise<void>;
let reader: DuckDb;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  reader = await openDuckDb();
});
afterAll(async () => {
  await reader.close();
  await remove();
});

it('gives the files of the formats that are asked for, each once', async () => {
  const report = reportOf([influencers(1)]);
  const names = async (...formats: (typeof EXPORT_FORMATS)[number][]) => [
    ...(await reportFiles(report, formats)).keys(),
  ];
  expect(await names()).toEqual([]);
  expect(await names('csv', 'csv')).toEqual(['tables/section-1.influencers.csv']);
  expect(await names(...EXPORT_FORMATS)).toEqual([
    'report.json',
    'tables/section-1.influencers.csv',
    'report.xlsx',
    'tables/section-1.influencers.parquet',
  ]);
});

const LARGE = '5,000 influencers';
/** Formulas that CSV makes harmless with an apostrophe before them. */
const DEFUSED = /'(?=\s*"?[-=+@])/g;

describe.each(states.filter(({ name }) => name !== LARGE))('every export of "$name"', (state) => {
  let report: Report;
  let files: Map<string, string | Uint8Array>;
  let tables: { section: string; table: Table }[];
  beforeAll(async () => {
    const dataDir = path.join(folder, state.name);
    await mkdir(dataDir);
    await writeTables(dataDir, state.tables);
    const config = configSchema.parse(state.config);
    const sections = state.sections ? { sections: state.sections } : {};
    ({ report } = await computeReport({ dataDir, config, asOf: state.asOf, ...sections }, quietEffects()));
    files = await reportFiles(report, EXPORT_FORMATS);
    tables = report.sections.flatMap(({ id, tables: own }) => own.map((table) => ({ section: id, table })));
  });

  it('JSON is the report', () => {
    expect(JSON.parse(String(files.get('report.json')))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('CSV has every value to the last digit', () => {
    for (const { section, table } of tables) {
      const text = String(files.get(`tables/${section}.${table.id}.csv`));
      const [header, ...rows] = parse(text, { bom: true }) as string[][];
      expect(header).toEqual(table.columns.map(({ key }) => key));
      expect(rows.map((cells) => cells.map((cell) => cell.replace(DEFUSED, '')))).toEqual(
        valuesOf(table).map((values) =>
          values.map((value) =>
            typeof value === 'string' ? value.replace(DEFUSED, '') : String(value ?? ''),
          ),
        ),
      );
    }
  });

  it('the workbook has every value as what it is', async () => {
    const sheets = await readWorkbook(Buffer.from(files.get('report.xlsx') ?? ''));
    const ordered = [
      ...tables.filter(({ table }) => table.id !== 'definitions'),
      ...tables.filter(({ table }) => table.id === 'definitions'),
    ];
    expect(sheets.length).toBe(ordered.length + 1);
    for (const [place, { table }] of ordered.entries()) {
      const expected = valuesOf(table).map((values) =>
        values.map((value, column) => {
          if (typeof value !== 'string') return value;
          if (table.columns[column]?.unit === 'date') return new Date(`${value}T00:00:00Z`);
          return value.trim() === '' ? null : value.trim();
        }),
      );
      expect(sheets[place + 1]?.data, table.id).toEqual([
        table.columns.map(({ label }) => label),
        ...expected,
      ]);
    }
  });

  it('Parquet has every value as what it is', async () => {
    for (const { section, table } of tables) {
      // DuckDB remembers a file by its name and times, which are coarser than these tests are fast.
      const file = path.join(folder, `${randomUUID()}.parquet`);
      await writeFile(file, files.get(`tables/${section}.${table.id}.parquet`) ?? '');
      const rows = await reader.query<Record<string, unknown>>(`-- a table
        SELECT * FROM read_parquet(${literal(file)})`);
      const keys = table.columns.map(({ key }) => key);
      expect(
        rows.map((row) => keys.map((key) => row[key])),
        table.id,
      ).toEqual(valuesOf(table));
    }
  });
});

function valuesOf({ columns, rows }: Table): (string | number | null)[][] {
  return rows.map((row) => columns.map(({ key }) => row[key] ?? null));
}

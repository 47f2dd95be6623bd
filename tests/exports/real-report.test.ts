import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { ATTACHED_TABLES, csvTables } from '../../src/exports/tables-csv.js';
import { workbook } from '../../src/exports/workbook.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import type { Report } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let report: Report;
let remove: () => Promise<void>;
beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  await writeTables(made.folder, tinyTables);
  const config = configSchema.parse({});
  ({ report } = await computeReport({ dataDir: made.folder, config, asOf: '2025-06-30' }, quietEffects()));
});
afterAll(() => remove());

it('finds every table that is attached among those of the report', () => {
  const files = csvTables(report);
  expect(files.size).toBe(report.sections.flatMap(({ tables }) => tables).length);
  for (const name of ATTACHED_TABLES) expect(files.get(name)?.split('\r\n').length).toBeGreaterThan(2);
});

it('writes every value of the report into CSV', () => {
  const files = csvTables(report);
  for (const { id: section, tables } of report.sections) {
    for (const { id, columns, rows } of tables) {
      const text = files.get(`${section}.${id}.csv`) ?? '';
      const [header, ...cells] = parse(text, { bom: true }) as string[][];
      expect(header).toEqual(columns.map(({ key }) => key));
      expect(cells, id).toEqual(rows.map((row) => columns.map(({ key }) => String(row[key] ?? ''))));
    }
  }
});

it('writes every value of the report into the workbook, each as what it is', async () => {
  const sheets = await readWorkbook(Buffer.from(await workbook(report)));
  expect(sheets.at(-1)?.sheet).toBe('Definitions');
  const tables = report.sections.flatMap((section) => section.tables);
  const inOrder = [
    ...tables.filter(({ id }) => id !== 'definitions'),
    ...tables.filter(({ id }) => id === 'definitions'),
  ];
  expect(sheets).toHaveLength(inOrder.length + 1);
  for (const [place, { id, columns, rows }] of inOrder.entries()) {
    const expected = rows.map((row) =>
      columns.map(({ key, unit }) => {
        const value = row[key] ?? null;
        return unit === 'date' && value !== null
          ? new Date(`${value}T00:00:00Z`)
          : value || (value === 0 ? 0 : null);
      }),
    );
    expect(sheets[place + 1]?.data, id).toEqual([columns.map(({ label }) => label), ...expected]);
  }
});

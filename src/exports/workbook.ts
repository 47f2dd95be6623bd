import writeWorkbook from 'write-excel-file/node';
import type { Report, Table } from '../report/schema.js';
import { type CellWriter, cellWriter, columnWidths, heading, type Sheet } from './cells.js';
import { OVERVIEW, overviewSheet } from './overview-sheet.js';
import { sheetNames } from './sheet-names.js';
import { withoutTimes } from './without-times.js';

/** The table that stands on the last sheet. */
const LAST_TABLE = 'definitions';

/**
 * The report as an Excel workbook: an overview, one sheet a table, the definitions last. Every value is the one of the report, with the
 * number format of its unit; no text is a formula. The same report gives the same bytes.
 */
export async function workbook(report: Report): Promise<Uint8Array> {
  const { locale, currency } = report.meta;
  const cell = cellWriter(locale, currency);
  const placed = report.sections.flatMap((section) => section.tables.map((table) => ({ section, table })));
  const ordered = [
    ...placed.filter(({ table }) => table.id !== LAST_TABLE),
    ...placed.filter(({ table }) => table.id === LAST_TABLE),
  ];
  const names = sheetNames(
    ordered.map(({ table }) => table.id),
    [OVERVIEW],
  );
  const listed = ordered.map(({ section, table }, place) => ({
    name: names[place] ?? table.id,
    section: section.title,
    title: table.title,
    rows: table.rows.length,
  }));
  const sheets = ordered.map(({ table }, place) => tableSheet(names[place] ?? table.id, table, cell));
  return withoutTimes(await writeWorkbook([overviewSheet(report, listed, cell), ...sheets]).toBuffer());
}

function tableSheet(name: string, { columns, rows }: Table, cell: CellWriter): Sheet {
  const data = [
    columns.map(({ label }) => heading(label)),
    ...rows.map((row) => columns.map(({ key, unit }) => cell(row[key] ?? null, unit))),
  ];
  return { sheet: name, data, columns: columnWidths(data), stickyRowsCount: 1 };
}

import type { Report } from '../report/schema.js';

/** What a report can be exported as, without anything being drawn. */
export const EXPORT_FORMATS = ['json', 'csv', 'xlsx', 'parquet'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file's content. */
export type Content = string | Uint8Array;

/**
 * The report as files for other programs, by name: `report.json`; `tables/<section>.<table>.csv` and `.parquet`, a file a table;
 * `report.xlsx`. Every figure is the one of the report to the last digit; no text is a formula. The same report gives the same bytes.
 *
 * @param formats - which of them
 */
export async function reportFiles(
  report: Report,
  formats: Iterable<ExportFormat>,
): Promise<Map<string, Content>> {
  const wanted = new Set(formats);
  const files = new Map<string, Content>();
  if (wanted.has('json')) files.set('report.json', reportJson(report));
  if (wanted.has('csv')) {
    const { csvTables } = await import('./tables-csv.js');
    for (const [name, text] of csvTables(report)) files.set(`tables/${name}`, text);
  }
  if (wanted.has('xlsx')) {
    const { workbook } = await import('./workbook.js');
    files.set('report.xlsx', await workbook(report));
  }
  if (wanted.has('parquet')) {
    const { parquetTables } = await import('./tables-parquet.js');
    for (const [name, bytes] of await parquetTables(report)) files.set(`tables/${name}`, bytes);
  }
  return files;
}

/** The text of report.json. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

import { csvText } from '../output/csv.js';
import type { Report, Table } from '../report/schema.js';

/** Names of the few files that go out with a message: those that people reckon on with. */
export const ATTACHED_TABLES: readonly string[] = [
  'campaign-deep-dive.campaigns.csv',
  'influencer-analysis.influencers.csv',
  'financial-review.payouts.csv',
];

/**
 * Every table of the report as a CSV file by name (`financial-review.payouts.csv`). The header holds the columns' keys; numbers are
 * unrounded with a point, dates are 2025-06-30, a value that does not exist is blank. No text can be taken for a formula.
 */
export function csvTables(report: Report): Map<string, string> {
  return new Map(
    report.sections.flatMap((section) =>
      section.tables.map((table) => [`${section.id}.${table.id}.csv`, tableCsv(table)] as const),
    ),
  );
}

function tableCsv({ columns, rows }: Table): string {
  const keys = columns.map(({ key }) => key);
  return csvText(
    keys,
    rows.map((row) => keys.map((key) => row[key] ?? null)),
  );
}

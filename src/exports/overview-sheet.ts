import type { Kpi, Report } from '../report/schema.js';
import { type Cell, type CellWriter, columnWidths, heading, type Sheet } from './cells.js';

/** A sheet with a table, as the overview lists it. */
export interface ListedSheet {
  name: string;
  /** Title of the section. */
  section: string;
  /** Title of the table. */
  title: string;
  rows: number;
}

export const OVERVIEW = 'Overview';

/** The first sheet: what the report is about, its figures with what each is compared with, and what the other sheets hold. */
export function overviewSheet(report: Report, listed: readonly ListedSheet[], cell: CellWriter): Sheet {
  const { meta, badge } = report;
  const about: Cell[][] = [
    [heading('Brand'), cell(meta.brand, 'text')],
    [heading('Period'), cell(meta.period.label, 'text')],
    [heading('As of'), cell(meta.asOf, 'date')],
    [heading('Currency'), cell(meta.currency, 'text')],
    [heading('Quality'), cell(`${badge.color}: ${badge.reason}`, 'text')],
  ];
  const figures: Cell[][] = [
    ['Section', 'Figure', 'Value', 'Period compared', 'Now', 'Before', 'Change', 'Note'].map(heading),
    ...report.sections.flatMap(({ title, kpis }) =>
      kpis.map((kpi) => [cell(title, 'text'), ...figureCells(kpi, cell)]),
    ),
  ];
  const contents: Cell[][] = [
    ['Section', 'Table', 'Rows', 'Sheet'].map(heading),
    ...listed.map(({ name, section, title, rows }) => [
      cell(section, 'text'),
      cell(title, 'text'),
      cell(rows, 'count'),
      cell(name, 'text'),
    ]),
  ];
  return {
    sheet: OVERVIEW,
    data: [[{ ...heading(meta.title), fontSize: 16 }], ...about, [], ...figures, [], ...contents],
    columns: columnWidths([...figures, ...contents]),
  };
}

function figureCells({ label, value, unit, delta, note }: Kpi, cell: CellWriter): Cell[] {
  return [
    cell(label, 'text'),
    cell(value, unit),
    cell(delta?.period ?? null, 'text'),
    cell(delta?.current ?? null, unit),
    cell(delta?.previous ?? null, unit),
    cell(delta?.change ?? null, delta?.kind === 'relative' ? 'share' : unit),
    cell(note ?? null, 'text'),
  ];
}

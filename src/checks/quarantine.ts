import { EXIT, ReportError } from '../errors.js';
import type { LoadFacts, QuarantinedRow, TableRows } from './load-facts.js';
import type { QuarantineLimits } from './settings.js';

/** What was set aside, and what stayed. */
export interface Quarantine {
  load: LoadFacts;
  /** Revenue of all tracked rows that are used, those of organic orders included; minor units. */
  revenue: number;
}

/** A limit that is exceeded, with its setting, and the rows that count against it. */
export interface BrokenLimit {
  limit: 'quarantine.maxShare' | 'quarantine.maxRevenueShare';
  /** What it says: "2 of 10 rows of posts (20.0%) cannot be used, which is more than quarantine.maxShare (1.0%)". */
  clause: string;
  rows: readonly QuarantinedRow[];
}

const LISTED = 10;

/** How many rows are left out, with their revenue in minor units, so far as it is known. */
export function lossOf({ tables, quarantined }: LoadFacts): { rows: number; revenue: number } {
  return {
    rows: tables.reduce((sum, table) => sum + table.quarantined, 0),
    revenue: quarantined.reduce((sum, row) => sum + (row.revenue ?? 0), 0),
  };
}

/** The larger of the share of a table's rows and of the revenue that is left out, from 0 to 1. */
export function shareOfLoss(quarantine: Quarantine): number {
  return Math.max(shareOfRevenue(quarantine), ...quarantine.load.tables.map(shareOfRows));
}

/** The first limit that the quarantined rows exceed; null where they stay within both. */
export function limitsBroken(
  quarantine: Quarantine,
  { maxShare, maxRevenueShare }: QuarantineLimits,
): BrokenLimit | null {
  const { tables, quarantined } = quarantine.load;
  const table = tables.find((candidate) => shareOfRows(candidate) > maxShare);
  if (table) {
    return {
      limit: 'quarantine.maxShare',
      clause: `${lossWords(table)} of ${table.table} (${percent(shareOfRows(table))}) cannot be used, which is more than quarantine.maxShare (${percent(maxShare)})`,
      rows: quarantined.filter((row) => row.table === table.table),
    };
  }
  const share = shareOfRevenue(quarantine);
  if (share <= maxRevenueShare) return null;
  return {
    limit: 'quarantine.maxRevenueShare',
    clause: `${percent(share)} of the revenue cannot be used, which is more than quarantine.maxRevenueShare (${percent(maxRevenueShare)})`,
    rows: quarantined.filter((row) => row.revenue !== null),
  };
}

/**
 * Stops a run that would leave out too much.
 *
 * @throws ReportError `quarantine-limit` (exit code 3) that lists the first rows
 */
export function assertWithinLimits(quarantine: Quarantine, limits: QuarantineLimits): void {
  const broken = limitsBroken(quarantine, limits);
  if (!broken) return;
  const lines = quarantineLines(broken.rows, quarantine.load.tables, LISTED, broken.limit);
  throw new ReportError(`${broken.clause}.\n${lines.join('\n')}`, {
    code: 'quarantine-limit',
    exitCode: EXIT.data,
    hint: `Fix these cells and run again, or raise ${broken.limit}.`,
  });
}

/**
 * The rows as lines for a person, and how many more there are:
 * `tracking_data.csv, line 1204, column revenue: "12,5o" is not a number. Fix the cell, or set quarantine.maxShare to accept the loss
 * (1 of 3,000 rows).`
 */
export function quarantineLines(
  rows: readonly QuarantinedRow[],
  tables: readonly TableRows[],
  most: number,
  limit: BrokenLimit['limit'] = 'quarantine.maxShare',
): string[] {
  const lines = rows.slice(0, most).map((row) => {
    const table = tables.find((candidate) => candidate.table === row.table);
    const loss = table ? ` (${lossWords(table)})` : '';
    const fix = row.fix.replace(/\.$/, '');
    return `${placeOf(row)}: ${row.reason}. ${fix}, or set ${limit} to accept the loss${loss}.`;
  });
  return rows.length > most ? [...lines, `and ${grouped(rows.length - most)} more.`] : lines;
}

/** `tracking_data.csv, line 1204, column revenue` */
export function placeOf({ file, line, column }: QuarantinedRow): string {
  return `${file}, line ${line}${column === null ? '' : `, column ${column}`}`;
}

function shareOfRows({ read, blank, quarantined }: TableRows): number {
  return quarantined === 0 ? 0 : quarantined / Math.max(1, read - blank);
}

/** Refunds count as money too, so that they do not hide what is lost beside them. */
function shareOfRevenue({ load, revenue }: Quarantine): number {
  const lost = load.quarantined.reduce((sum, row) => sum + Math.abs(row.revenue ?? 0), 0);
  return lost === 0 ? 0 : lost / (lost + Math.abs(revenue));
}

function lossWords({ read, blank, quarantined }: TableRows): string {
  return `${grouped(quarantined)} of ${grouped(read - blank)} rows`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(3))}%`;
}

import path from 'node:path';
import { createFormat } from '../format/format.js';
import { headlineKpis } from '../report/overview.js';
import type { Report } from '../report/schema.js';

export interface WrittenFile {
  /** Whole path. */
  file: string;
  bytes: number;
}

/** What a run brought, for a script: money in major units, figures by the ids of the overview's KPIs. */
export interface Result {
  status: Report['status'];
  asOf: string;
  badge: Report['badge'];
  kpis: Record<string, number | null>;
  files: readonly WrittenFile[];
  milliseconds: number;
}

const HEADLINE = ['revenue', 'payout', 'roas', 'roi'] as const;

export function resultOf(report: Report, files: readonly WrittenFile[], milliseconds: number): Result {
  return {
    status: report.status,
    asOf: report.meta.asOf,
    badge: report.badge,
    kpis: Object.fromEntries(headlineKpis(report).map(({ id, value }) => [id, value])),
    files,
    milliseconds,
  };
}

/** What a run brought, for a person: the headline figures, the files, the time. */
export function summary(report: Report, files: readonly WrittenFile[], milliseconds: number): string {
  const kpis = headlineKpis(report);
  const format = createFormat(report.meta.locale, report.meta.currency);
  const figures = HEADLINE.map((id) => {
    const kpi = kpis.find((candidate) => candidate.id === id);
    const value = kpi?.value ?? null;
    return `${kpi?.label ?? id} ${kpi?.unit === 'money' ? format.compact(value) : format.value(value, kpi?.unit ?? 'number')}`;
  });
  const failed = report.sections.filter((section) => section.error !== undefined);
  return [
    `${report.meta.title} · ${report.meta.brand} · ${report.meta.period.label}`,
    `  ${figures.join(' · ')}`,
    `  Data ${report.badge.color}: ${report.badge.reason}`,
    ...failed.map((section) => `  FAILED section ${section.id}: ${section.error}`),
    ...fileLines(files),
    `  ${(milliseconds / 1000).toFixed(1)} s`,
  ].join('\n');
}

/** A line a file, and one for all exported tables of a kind. */
function fileLines(files: readonly WrittenFile[]): string[] {
  const groups = new Map<string, WrittenFile[]>();
  for (const written of files) {
    const folder = path.dirname(written.file);
    const name =
      path.basename(folder) === 'tables' ? path.join(folder, `*${path.extname(written.file)}`) : written.file;
    groups.set(name, [...(groups.get(name) ?? []), written]);
  }
  return [...groups].map(([name, group]) => {
    const size = sizeOf(group.reduce((sum, { bytes }) => sum + bytes, 0));
    return group.length === 1
      ? `  ${group[0]?.file ?? name} (${size})`
      : `  ${name} (${group.length} files, ${size})`;
  });
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

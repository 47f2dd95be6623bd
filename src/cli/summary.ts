import { createFormat } from '../format/format.js';
import type { Report } from '../report/schema.js';

export interface WrittenFile {
  file: string;
  bytes: number;
}

const HEADLINE = ['revenue', 'payout', 'roas', 'roi'] as const;

/** What a run brought: the headline figures, the files, the time; for a person, or as JSON for a script. */
export function summary(
  report: Report,
  files: readonly WrittenFile[],
  milliseconds: number,
  json: boolean,
): string {
  const kpis = report.sections.flatMap((section) =>
    section.id === 'executive-overview' ? section.kpis : [],
  );
  if (json) {
    return JSON.stringify({
      status: report.status,
      asOf: report.meta.asOf,
      badge: report.badge,
      kpis: Object.fromEntries(kpis.map(({ id, value }) => [id, value])),
      files,
      milliseconds,
    });
  }
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
    ...files.map(({ file, bytes }) => `  ${file} (${sizeOf(bytes)})`),
    `  ${(milliseconds / 1000).toFixed(1)} s`,
  ].join('\n');
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

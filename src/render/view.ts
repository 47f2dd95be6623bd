import { createFormat, type Format } from '../format/format.js';
import type { Report, Section, Table } from '../report/schema.js';

/** What the templates see: the Report with every optional part spelled out, as strict templates need it. */
export function reportView(report: Report, svgs: ReadonlyMap<string, string>) {
  const format = createFormat(report.meta.locale, report.meta.currency);
  const sections = report.sections.map((section, index) => sectionView(section, index, svgs));
  return {
    report: {
      ...report,
      filtered: filterWords(report.meta.filters, format),
      findings: report.findings.map((finding) => ({ ...finding, detail: finding.detail ?? null })),
    },
    sections: sections.map((section) => ({
      ...section,
      ...(section.id === 'financial-review' ? { slider: sliderOf(report) } : {}),
      topPosts: Object.values(section.tables).filter(({ id }) => id.startsWith('top-posts-')),
    })),
    title: `${report.meta.title} · ${report.meta.brand} · ${report.meta.period.label}`,
    language: report.meta.locale.startsWith('en') ? report.meta.locale : 'en',
  };
}

function sectionView(section: Section, index: number, svgs: ReadonlyMap<string, string>) {
  const kpis = section.kpis.map((kpi) => ({
    ...kpi,
    moving: kpi.trend !== undefined,
    trend: kpi.trend ?? [],
    delta: kpi.delta && (kpi.delta.previous !== null || kpi.delta.average !== null) ? kpi.delta : null,
  }));
  return {
    ...section,
    first: index === 0,
    slight:
      index > 0 && section.charts.length === 0 && section.tables.every((table) => table.rows.length === 0),
    error: section.error ?? null,
    kpis,
    mainKpis: kpis.filter((kpi) => kpi.moving),
    tables: Object.fromEntries(section.tables.map((table) => [table.id, table])),
    charts: section.charts.map((chart) => ({
      ...chart,
      legend: chart.legend ?? null,
      svg: svgs.get(`${section.id}/${chart.id}`) ?? '',
    })),
  };
}

/** The filters in one line for page 1; empty where everything is in the report. */
function filterWords(filters: Report['meta']['filters'], format: Format): string {
  const { campaigns, categories, platforms, minFollowers, maxFollowers, from, to } = filters;
  return [
    ...campaigns,
    ...categories,
    ...platforms,
    minFollowers === null ? '' : `from ${format.value(minFollowers, 'count')} followers`,
    maxFollowers === null ? '' : `up to ${format.value(maxFollowers, 'count')} followers`,
    from === null ? '' : `from ${format.date(from)}`,
    to === null ? '' : `to ${format.date(to)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Every influencer with a cost whom the slider can reach, largest gap first, beside the threshold it starts from. */
function sliderOf(report: Report): { value: number; max: number; step: number; table: Table } {
  const value = report.meta.thresholds.roasBelow;
  const max = Math.max(2, Math.ceil(value * 2));
  const influencers = report.sections
    .find(({ id }) => id === 'influencer-analysis')
    ?.tables.find(({ id }) => id === 'influencers');
  const underperformers = report.sections
    .find(({ id }) => id === 'financial-review')
    ?.tables.find(({ id }) => id === 'underperformers');
  const source = influencers ?? underperformers;
  const rows = (source?.rows ?? [])
    .filter((row) => Number(row.payout) > 0 && typeof row.roas === 'number' && row.roas < max)
    .map(
      (row): Record<string, string | number | null> => ({
        ...row,
        gap: Number(row.payout) - Number(row.revenue),
      }),
    )
    .sort((a, b) => Number(b.gap) - Number(a.gap));
  return {
    value,
    max,
    // A coarser step would move a threshold such as 0.72 before anybody touches it.
    step: Number.isInteger(Math.round(value * 1e6) / 50_000) ? 0.05 : 0.01,
    table: {
      id: 'underperformers',
      title: underperformers?.title ?? 'Underperformers',
      columns: [...(source?.columns ?? []), { key: 'gap', label: 'Short by', unit: 'money' }],
      rows,
    },
  };
}

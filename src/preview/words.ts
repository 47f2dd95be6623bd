import { createFormat } from '../format/format.js';
import { isFiltered } from '../model/filters.js';
import { headlineKpis } from '../report/overview.js';
import type { Report } from '../report/schema.js';

const HEADLINE = ['roas', 'revenue', 'payout', 'orders'];

/**
 * The headline figures of a report in one sentence, for who hears the page: "1–28 Jun 2026: ROAS 0.72×, revenue ₹24.17 L, …"; where
 * there is nothing to report, that.
 */
export function wordsOf(report: Report): string {
  const { meta, status } = report;
  const format = createFormat(meta.locale, meta.currency);
  const kpis = headlineKpis(report);
  const figures = HEADLINE.flatMap((id) => {
    const kpi = kpis.find((candidate) => candidate.id === id);
    if (!kpi) return [];
    return `${kpi.label} ${kpi.unit === 'money' ? format.compact(kpi.value) : format.value(kpi.value, kpi.unit)}`;
  });
  const isEmpty = kpis.length > 0 && kpis.every(({ value }) => value === null || value === 0);
  const nothing = isFiltered(meta.filters)
    ? 'Nothing in the data matches these filters.'
    : 'The data hold no posts and no orders yet.';
  const words = isEmpty ? nothing : `${meta.period.label}: ${figures.join(', ')}.`;
  return `${words}${status === 'degraded' ? ' A section could not be computed.' : ''}`;
}

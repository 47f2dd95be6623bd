import { createFormat } from '../format/format.js';
import type { Report } from '../report/schema.js';

const HEADLINE = ['roas', 'revenue', 'payout', 'orders'];

/** The headline figures of a report in one sentence, for who hears the page: "ROAS 0.72×, revenue ₹24.17 L, …". */
export function wordsOf({ meta, sections, status }: Report): string {
  const format = createFormat(meta.locale, meta.currency);
  const kpis = sections.find(({ id }) => id === 'executive-overview')?.kpis ?? [];
  const figures = HEADLINE.flatMap((id) => {
    const kpi = kpis.find((candidate) => candidate.id === id);
    if (!kpi) return [];
    return `${kpi.label} ${kpi.unit === 'money' ? format.compact(kpi.value) : format.value(kpi.value, kpi.unit)}`;
  });
  const days = meta.period.label;
  return `${days}: ${figures.join(', ')}.${status === 'degraded' ? ' A section could not be computed.' : ''}`;
}

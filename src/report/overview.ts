import type { Report, Section } from './schema.js';

/** The section that page 1 shows, with the headline figures; undefined where a report has none. */
export function overviewOf<Part extends Pick<Section, 'id'>>({
  sections,
}: {
  sections: readonly Part[];
}): Part | undefined {
  return sections.find(({ id }) => id === 'executive-overview');
}

/** Whether nothing matches the filters of a report. */
export function holdsNothing(report: Pick<Report, 'sections'>): boolean {
  return headlineKpis(report)
    .filter(({ id }) => id === 'revenue' || id === 'orders' || id === 'payout')
    .every(({ value }) => value === null || value === 0);
}

/** The headline figures of a report, in major units; none where its overview could not be computed. */
export function headlineKpis(report: Pick<Report, 'sections'>): Section['kpis'] {
  return overviewOf(report)?.kpis ?? [];
}

import type { Report } from '../../src/report/schema.js';

/** A report with nothing in it; `changes` fill it in. */
export function reportWith(
  changes: Partial<Omit<Report, 'meta'>> & { meta?: Partial<Report['meta']> },
): Report {
  const { meta, ...rest } = changes;
  return {
    schemaVersion: 1,
    status: 'complete',
    badge: { color: 'green', reason: 'All control totals hold' },
    findings: [],
    sections: [],
    quality: { checks: [], quarantined: { rows: 0, revenue: 0, tables: [], examples: [] } },
    controls: [],
    ...rest,
    meta: {
      title: 'Influencer ROI',
      brand: 'Tezbal',
      asOf: '2025-06-30',
      period: { from: '2025-06-02', to: '2025-06-29', label: '2–29 Jun 2025', week: '2025-06-23' },
      timezone: 'Asia/Kolkata',
      currency: 'INR',
      locale: 'en-IN',
      filters: {
        campaigns: [],
        categories: [],
        platforms: [],
        minFollowers: null,
        maxFollowers: null,
        from: null,
        to: null,
      },
      thresholds: { roasBelow: 1 },
      sources: [],
      engine: 'DuckDB',
      version: '0.1.0',
      ...meta,
    },
  };
}

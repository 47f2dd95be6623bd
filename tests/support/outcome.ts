import type { CheckOutcome } from '../../src/pipeline/check-data.js';
import type { Check } from '../../src/report/schema.js';

/** A check that found something. */
export function checkWith(changes: Partial<Check> = {}): Check {
  return {
    id: 'future-date',
    title: 'Dates after the day of the report',
    severity: 'warning',
    count: 2,
    text: '2 entries are dated after the day of the report.',
    examples: ['posts, 2 Jul 2025: 2 rows'],
    fix: 'Correct the dates.',
    ...changes,
  };
}

/** An outcome of `roi-report check` that passes and found nothing; `changes` fill it in. */
export function outcomeWith(changes: Partial<CheckOutcome> = {}): CheckOutcome {
  return {
    ok: true,
    asOf: '2025-06-30',
    failOn: 'error',
    error: null,
    badge: { color: 'green', reason: 'Figures reconcile with the source files' },
    checks: [],
    quarantined: { rows: 0, revenue: 0, tables: [], examples: [] },
    quarantineLines: [],
    explain: [],
    ...changes,
  };
}

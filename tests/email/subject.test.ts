import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../src/email/subject.js';
import type { Kpi, Report } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

const PERIOD = '16–22 Jun 2025';

function kpi(
  id: string,
  unit: Kpi['unit'],
  value: number | null,
  week?: [current: number, change: number],
): Kpi {
  return {
    id,
    label: id,
    unit,
    value,
    trend: [],
    ...(week && {
      delta: {
        period: PERIOD,
        current: week[0],
        previous: week[0] - week[1],
        change: week[1],
        average: null,
        changeFromAverage: null,
        kind: unit === 'ratio' ? 'absolute' : 'relative',
      },
    }),
  };
}

const WEEKLY = [kpi('revenue', 'money', 500_000, [44_000, 0.1]), kpi('roas', 'ratio', 1.42, [0.72, -0.05])];

function report(
  kpis: Kpi[],
  changes: Parameters<typeof reportWith>[0] = {},
  headline = 'Nothing is known',
): Report {
  return reportWith({
    sections: [
      { id: 'executive-overview', title: 'Overview', headline, kpis, tables: [], charts: [], notes: [] },
    ],
    ...changes,
  });
}

const filters = reportWith({}).meta.filters;

describe('subjectOf', () => {
  it.each([
    ['the week', report(WEEKLY), `Tezbal: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`],
    [
      'an unchanged week',
      report([kpi('revenue', 'money', 5, [5, 0]), kpi('roas', 'ratio', 1, [1, 0.001])]),
      `Tezbal: ROAS 1.00×, week 1.00× (unchanged), ${PERIOD}`,
    ],
    [
      'no comparison yet: the whole period',
      report([kpi('revenue', 'money', 500_000), kpi('roas', 'ratio', 1.42)]),
      'Tezbal: ROAS 1.42×, revenue ₹5.00 L',
    ],
    ['no payouts', report([kpi('revenue', 'money', 12), kpi('roas', 'ratio', null)]), 'Tezbal: revenue ₹12'],
    [
      'no revenue: the headline',
      report([kpi('revenue', 'money', 0), kpi('roas', 'ratio', 0)]),
      'Tezbal: Nothing is known, 2–29 Jun 2025',
    ],
    ['no overview', reportWith({}), 'Tezbal: Influencer ROI, 2–29 Jun 2025'],
    [
      'a slice',
      report(WEEKLY, { meta: { filters: { ...filters, campaigns: ['Glow'] } } }),
      `Tezbal, Glow: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
    [
      'a red badge',
      report(WEEKLY, { badge: { color: 'red', reason: 'x' } }),
      `[Data in doubt] Tezbal: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
    [
      'a missing section',
      report(WEEKLY, { status: 'degraded', badge: { color: 'red', reason: 'x' } }),
      `[Incomplete] Tezbal: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
    [
      'a long name',
      report(WEEKLY, { meta: { brand: 'The Long And Winding Road To Wellness' } }),
      `The Long And Winding Road To…: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
    [
      'a header in a name',
      report(WEEKLY, { meta: { brand: '"\r\nBcc: x@y' } }),
      `" Bcc: x@y: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
    [
      'no brand',
      report(WEEKLY, { meta: { brand: '' } }),
      `Influencer ROI: ROAS 1.42×, week 0.72× (−0.05×), ${PERIOD}`,
    ],
  ])('of %s', (_, given, subject) => {
    expect(subjectOf(given)).toBe(subject);
  });

  it('is one short line without controls, whatever the names are', () => {
    const text = fc.string({ unit: 'binary', maxLength: 120 });
    fc.assert(
      fc.property(text, text, fc.boolean(), fc.boolean(), (brand, headline, known, degraded) => {
        const subject = subjectOf(
          report(
            known ? WEEKLY : [],
            { meta: { brand }, status: degraded ? 'degraded' : 'complete' },
            headline,
          ),
        );
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        expect([...subject].length).toBeLessThanOrEqual(78);
        if (known) expect(subject).toContain('ROAS 1.42×, week 0.72× (−0.05×)');
      }),
    );
  });
});

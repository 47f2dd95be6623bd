import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGate } from '../../src/ci/gates.js';
import { judgeGates } from '../../src/ci/judge-gates.js';
import { builtReport, sectionWith } from '../support/built.js';
import { checkWith } from '../support/outcome.js';

const judge = (text: string, report = builtReport()) => judgeGates([parseGate(text)], report)[0];

describe('a gate on a figure', () => {
  it.each([
    ['revenue<1000', true, 2_000, 'Revenue is ₹2,000, not below ₹1,000.'],
    ['revenue<2000', true, 2_000, 'Revenue is ₹2,000, not below ₹2,000.'],
    ['revenue<=2000', false, 2_000, 'Revenue is ₹2,000, not above ₹2,000.'],
    ['revenue>=2000', false, 2_000, 'Revenue is ₹2,000, not below ₹2,000.'],
    ['revenue>1999', false, 2_000, 'Revenue is ₹2,000, above ₹1,999.'],
    ['revenue>2000', true, 2_000, 'Revenue is ₹2,000, not above ₹2,000.'],
    ['roi<-10%', false, -0.2, 'ROI is −20.0%, below −10.0%.'],
    ['roi<-0.3', true, -0.2, 'ROI is −20.0%, not below −30.0%.'],
    ['revenue.week<700', false, 600, 'Revenue of the week is ₹600, below ₹700.'],
    ['revenue.change<-20%', false, -0.25, 'The change of Revenue in the week is −25.0%, below −20.0%.'],
    ['revenue.change<-25%', true, -0.25, 'The change of Revenue in the week is −25.0%, not below −25.0%.'],
  ])('%s', (gate, ok, value, text) => {
    expect(judge(gate)).toEqual({ gate, ok, value, text });
  });

  it('shows all digits where figure and limit would look the same', () => {
    expect(judge('roas<0.8')).toMatchObject({ ok: false, text: 'ROAS is 0.80× (0.79996), below 0.80×.' });
  });

  it.each(['orders<1', 'orders>=0', 'roas.week<1', 'roas.change<0', 'roi.week<1', 'roi.change<5%'])(
    '%s fails where the figure is n/a, and says so',
    (gate) => {
      expect(judge(gate)).toMatchObject({
        gate,
        ok: false,
        value: null,
        text: expect.stringMatching(/ is n\/a, so it cannot be judged\.$/),
      });
    },
  );

  it('fails exactly where the comparison of numbers holds', () => {
    const double = fc.double({ noNaN: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(double, double, (value, limit) => {
        const [overview] = builtReport().sections;
        const kpis = [{ id: 'roas', label: 'ROAS', value, unit: 'ratio' as const }];
        const report = builtReport({ sections: [{ ...sectionWith({}), ...overview, kpis }] });
        const gates = (['<', '<=', '>', '>='] as const).map((operator) => ({
          ...{ kind: 'figure' as const, text: `roas${operator}`, name: 'roas', operator, limit },
          isPercentage: false,
        }));
        const failed = judgeGates(gates, report).map(({ ok }) => !ok);
        expect(failed).toEqual([value < limit, value <= limit, value > limit, value >= limit]);
      }),
    );
  });
});

describe('a gate on restated figures', () => {
  const comparison = {
    with: { asOf: '2025-06-23', label: 'l', version: '0', sha256: 'ab' },
    window: null,
    moved: { kpis: [], campaigns: [], influencers: [] },
    reallocated: null,
  };
  const week = { week: '2025-06-02', figure: 'revenue', before: 1, now: 2, change: 1 } as const;

  it('counts them', () => {
    const restated = builtReport({ comparison: { ...comparison, restated: [week, week] } });
    expect(judge('restated>0', restated)).toMatchObject({
      ok: false,
      value: 2,
      text: 'The number of restated figures is 2, above 0.',
    });
    expect(judge('restated>0', builtReport({ comparison: { ...comparison, restated: [] } }))?.ok).toBe(true);
  });

  it('cannot be judged without an earlier edition', () => {
    expect(judge('restated>0')).toMatchObject({
      ok: false,
      text: expect.stringContaining('no earlier edition'),
    });
  });
});

describe('a gate on a table', () => {
  it('fails by any row, and names the first of them', () => {
    expect(judge('campaigns.roas<0.5')).toEqual({
      gate: 'campaigns.roas<0.5',
      ok: false,
      value: 1,
      text: 'ROAS of “All campaigns” is below 0.50× in 1 row: South (0.40×).',
    });
    expect(judge('campaigns.revenue<5000')?.text).toBe(
      'Revenue of “All campaigns” is below ₹5,000 in 3 rows: North (₹1,500), South (₹500), West (₹0).',
    );
    expect(judge('campaigns.roas<0.4')).toMatchObject({ ok: true, value: 0 });
  });

  it('cannot be judged where no row has the figure, and passes where there is no row', () => {
    const [overview] = builtReport().sections;
    const table = { id: 'c', title: 'C', columns: [{ key: 'roas', label: 'ROAS', unit: 'ratio' as const }] };
    const reportOf = (rows: Record<string, null>[]) =>
      builtReport({ sections: [{ ...sectionWith({}), ...overview, tables: [{ ...table, rows }] }] });
    expect(judge('c.roas<1', reportOf([{ roas: null }]))).toMatchObject({ ok: false, value: null });
    expect(judge('c.roas<1', reportOf([]))).toMatchObject({ ok: true, value: 0 });
  });
});

describe('a gate on quality', () => {
  const withChecks = (...severities: ('ok' | 'info' | 'warning' | 'error' | 'off')[]) =>
    builtReport({
      quality: {
        checks: severities.map((severity) => checkWith({ severity })),
        quarantined: { rows: 0, revenue: 0, tables: [], examples: [] },
      },
    });

  it.each([
    ['quality=warning', ['ok', 'info', 'off'], true],
    ['quality=warning', ['warning'], false],
    ['quality=warning', ['error'], false],
    ['quality=error', ['warning', 'info'], true],
    ['quality=error', ['warning', 'error'], false],
  ] as const)('%s of %j', (gate, severities, ok) => {
    expect(judge(gate, withChecks(...severities))?.ok).toBe(ok);
  });

  it('says what was found', () => {
    expect(judge('quality=warning', withChecks('warning'))?.text).toContain(
      'Dates after the day of the report: 2 entries are dated after',
    );
  });
});

describe('a gate that the report cannot answer', () => {
  it.each([
    'roass<1',
    'orders.week<1',
    'campaigns.campaign<1',
    'campaigns.cost<1',
    'nothing.roas<1',
    'roas.<1',
  ])('%s names no figure: the message lists what there is', (gate) => {
    expect(() => judge(gate)).toThrow(
      expect.objectContaining({
        code: 'gate-unknown',
        exitCode: 2,
        hint: expect.stringMatching(/revenue, revenue\.week, revenue\.change, .*restated.*campaigns/),
      }),
    );
  });

  it('has a percentage for a figure that is none', () => {
    expect(() => judge('roas<80%')).toThrow(
      expect.objectContaining({ code: 'gate-unit', exitCode: 2, hint: expect.stringContaining('0.8') }),
    );
    expect(() => judge('campaigns.roas<80%')).toThrow(expect.objectContaining({ code: 'gate-unit' }));
  });

  it('fails where the section with the figure failed', () => {
    const report = builtReport({ status: 'degraded', sections: [] });
    expect(judge('roas<0.8', report)).toMatchObject({ ok: false, value: null });
  });
});

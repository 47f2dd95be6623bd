import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { type GateFacts, isHeld, judgeFacts, judgeReport } from '../../src/editions/gates.js';

const gates = (changes: object = {}) => configSchema.parse({ delivery: { gates: changes } }).delivery.gates;
const fine: GateFacts = {
  judgements: [{ id: 'a', title: 'Unknown influencers', severity: 'ok', text: 'Nothing found.' }],
  newestOrder: '2026-06-28',
  rows: 100,
  rowsBefore: 100,
  asOf: '2026-06-29',
};
const judged = (changes: Partial<GateFacts>, config: object = {}) =>
  judgeFacts({ ...fine, ...changes }, gates(config)).map(({ gate }) => gate);

describe('judgeFacts', () => {
  it('lets good data pass', () => expect(judged({})).toEqual([]));

  it('stops from the configured severity on', () => {
    const judgements = (severity: 'info' | 'warning' | 'error') => [
      { id: 'a', title: 'Unknown influencers', severity, text: '3 orders.' },
    ];
    expect(judged({ judgements: judgements('error') })).toEqual(['quality']);
    expect(judged({ judgements: judgements('warning') })).toEqual([]);
    expect(judged({ judgements: judgements('warning') }, { failOn: 'warning' })).toEqual(['quality']);
    expect(judged({ judgements: judgements('info') }, { failOn: 'warning' })).toEqual([]);
    expect(judged({ judgements: judgements('error') }, { failOn: 'never' })).toEqual([]);
    expect(judgeFacts({ ...fine, judgements: judgements('error') }, gates())[0]?.reason).toBe(
      'Unknown influencers: 3 orders.',
    );
  });

  it.each([
    ['2026-06-15', []],
    ['2026-06-14', ['freshness']],
    [null, ['freshness']],
    ['2026-07-10', []],
  ])('judges data whose newest order is of %s', (newestOrder, failing) => {
    expect(judged({ newestOrder })).toEqual(failing);
    expect(judged({ newestOrder }, { freshnessDays: null })).toEqual([]);
  });

  it.each([
    [80, 100, []],
    [79, 100, ['rows']],
    [0, null, []],
    [0, 0, []],
    [500, 100, []],
  ])('judges %i orders after %s', (rows, rowsBefore, failing) => {
    expect(judged({ rows, rowsBefore })).toEqual(failing);
    expect(judged({ rows, rowsBefore }, { maxRowDrop: null })).toEqual([]);
  });
});

describe('judgeReport', () => {
  const section = { id: 'a', title: 'Trend', headline: '', kpis: [], tables: [], charts: [], notes: [] };
  const control = {
    id: 'a',
    label: 'Weeks = revenue',
    unit: 'money',
    expected: 1,
    actual: 1,
    ok: true,
  } as const;

  it('finds a section that failed and sums that differ', () => {
    expect(judgeReport({ sections: [section], controls: [control] })).toEqual([]);
    expect(
      judgeReport({
        sections: [{ ...section, error: 'no such column' }],
        controls: [{ ...control, actual: 2, ok: false }],
      }),
    ).toEqual([
      { gate: 'controls', reason: 'The figures do not add up: Weeks = revenue: expected 1, got 2.' },
      { gate: 'sections', reason: 'A section could not be computed. Trend: no such column' },
    ]);
  });
});

describe('isHeld', () => {
  const failure = (gate: 'quality' | 'controls' | 'pdf' | 'sections') => ({ gate, reason: '' });

  it('does as configured, but never sends wrong figures or a PDF that cannot be read', () => {
    expect(isHeld([], gates())).toBe(false);
    expect(isHeld([failure('quality')], gates())).toBe(true);
    expect(isHeld([failure('quality'), failure('sections')], gates({ onFailure: 'send' }))).toBe(false);
    expect(isHeld([failure('pdf')], gates({ onFailure: 'send' }))).toBe(true);
    expect(isHeld([failure('controls')], gates({ onFailure: 'send' }))).toBe(true);
  });
});

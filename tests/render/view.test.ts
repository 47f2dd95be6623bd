import { describe, expect, it } from 'vitest';
import { reportView } from '../../src/render/view.js';
import type { Kpi, Section } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

const section = (id: string, changes: Partial<Section> = {}): Section => ({
  id,
  title: id,
  headline: id,
  kpis: [],
  tables: [],
  charts: [],
  notes: [],
  ...changes,
});

describe('what the templates see', () => {
  it('spells out every optional part', () => {
    const kpi: Kpi = { id: 'roas', label: 'ROAS', value: 1, unit: 'ratio' };
    const chart = { id: 'c', title: 'C', alt: 'C', spec: {} };
    const report = reportWith({ sections: [section('a', { kpis: [kpi], charts: [chart] }), section('b')] });
    const { sections } = reportView(report, new Map([['a/c', '<svg/>']]));
    expect(sections.map(({ first, error }) => [first, error])).toEqual([
      [true, null],
      [false, null],
    ]);
    expect(sections[0]?.kpis).toEqual([{ ...kpi, moving: false, trend: [], delta: null }]);
    expect(sections[0]?.charts).toEqual([{ ...chart, legend: null, svg: '<svg/>' }]);
  });

  it('has no movement where there is nothing to compare with', () => {
    const kpi = (previous: number | null): Kpi => ({
      id: 'roas',
      label: 'ROAS',
      value: 1,
      unit: 'ratio',
      trend: [1],
      delta: {
        period: '2–8 Jun 2025',
        current: 1,
        previous,
        change: previous,
        average: null,
        changeFromAverage: null,
        kind: 'absolute',
      },
    });
    const report = reportWith({ sections: [section('a', { kpis: [kpi(null), kpi(0)] })] });
    const [first, second] = reportView(report, new Map()).sections[0]?.mainKpis ?? [];
    expect(first?.delta).toBe(null);
    expect(second?.delta?.previous).toBe(0);
  });

  it('tells the language that the words are in', () => {
    const languageOf = (locale: string) => reportView(reportWith({ meta: { locale } }), new Map()).language;
    expect(['en-IN', 'de-DE', 'hi-IN'].map(languageOf)).toEqual(['en-IN', 'en', 'en']);
  });

  it('gives the slider everybody with a cost whom it can reach, the largest gap first', () => {
    const row = (name: string, roas: number | null, revenue: number, payout: number | null) => ({
      name,
      roas,
      revenue,
      payout,
    });
    const columns = [{ key: 'name', label: 'Influencer', unit: 'text' as const }];
    const rows = [
      row('A', 1.5, 150, 100),
      row('B', 0.5, 50, 100),
      row('C', null, 5, null),
      row('D', 9, 900, 100),
    ];
    const report = reportWith({
      sections: [
        section('influencer-analysis', { tables: [{ id: 'influencers', title: 'I', columns, rows }] }),
        section('financial-review', {
          tables: [{ id: 'underperformers', title: 'Below', columns, rows: [] }],
        }),
      ],
    });
    const review = reportView(report, new Map()).sections[1];
    const slider = review && 'slider' in review ? review.slider : undefined;
    expect(slider).toMatchObject({ value: 1, max: 2, table: { title: 'Below' } });
    expect(slider?.table.rows.map(({ name, gap }) => [name, gap])).toEqual([
      ['B', 50],
      ['A', -50],
    ]);
  });
});

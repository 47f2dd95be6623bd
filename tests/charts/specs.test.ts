import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/charts/render-svg.js';
import type { ChartSpec } from '../../src/charts/spec.js';
import { type Bubble, bubbles } from '../../src/charts/specs/bubbles.js';
import { campaignPanels } from '../../src/charts/specs/campaign-panels.js';
import { levelLine } from '../../src/charts/specs/line.js';
import { rankedBars } from '../../src/charts/specs/ranked-bars.js';
import { weekAxis, weekColumns } from '../../src/charts/specs/week-columns.js';
import { createMeasure } from '../../src/fonts/measure.js';

const measure = createMeasure();

async function svgOf(spec: ChartSpec): Promise<string> {
  const warnings: string[] = [];
  const chart = { id: 'c', title: 'C', alt: 'C', spec };
  const svg = await renderSvg(chart, { measure, onWarning: (warning) => warnings.push(warning) });
  expect(warnings).toEqual([]);
  return svg;
}

/** The texts of an SVG, in its order. */
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
const tipsOf = (svg: string) => [...svg.matchAll(/data-tip="([^"]*)"/g)].map(([, tip]) => tip);
const fillsOf = (svg: string, color: string) => svg.split(`fill="${color}"`).length - 1;

describe('bubbles', () => {
  const words = {
    followers: String,
    roas: (value: number) => `${value}×`,
    baseline: 'baseline',
    undefinedRoas: 'n/a',
  };
  const bubble = (name: string, changes: Partial<Bubble> = {}): Bubble => ({
    name,
    followers: 10_000,
    roas: 2,
    revenue: 1_000,
    group: 'Fitness',
    tip: name,
    ...changes,
  });

  it('stand apart where ROAS is undefined, never at zero', async () => {
    const svg = await svgOf(bubbles([bubble('Asha'), bubble('Bina', { roas: null })], ['Fitness'], 1, words));
    expect(tipsOf(svg).sort()).toEqual(['Asha', 'Bina']);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['n/a', 'baseline', 'Asha']));
    expect(textsOf(svg)).not.toContain('Bina');
  });

  it('need no strip where every ROAS is defined, and no line without a baseline', async () => {
    const texts = textsOf(await svgOf(bubbles([bubble('Asha')], ['Fitness'], null, words)));
    expect(texts).not.toContain('n/a');
    expect(texts).not.toContain('baseline');
  });

  it('give a name only to the larger of two in one place', async () => {
    const svg = await svgOf(
      bubbles([bubble('Small'), bubble('Large', { revenue: 9_000 })], ['Fitness'], null, words),
    );
    expect(textsOf(svg).filter((text) => text === 'Small' || text === 'Large')).toEqual(['Large']);
    const apart = await svgOf(
      bubbles([bubble('Small', { roas: 8 }), bubble('Large', { revenue: 9_000 })], ['Fitness'], null, words),
    );
    expect(textsOf(apart)).toEqual(expect.arrayContaining(['Small', 'Large']));
  });

  it.each([
    [0, 3],
    [0.01, 10_000],
    [-40, 10_000_000_000],
    [-0.001, 0.001],
  ])('keep the labels of the axis apart from %d to %d', async (low, high) => {
    const spec = bubbles(
      [bubble('Asha', { roas: high }), bubble('Bina', { roas: low })],
      ['Fitness'],
      null,
      words,
    );
    const ticks = textsOf(await svgOf(spec)).filter((text) => text?.endsWith('×'));
    expect(ticks).toContain('0×');
    expect(ticks.length).toBeLessThanOrEqual(24);
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('are drawn for nobody at all, without followers, and for negative revenue', async () => {
    const odd = [bubble('Zero', { followers: 0 }), bubble('Minus', { revenue: -500, roas: -0.5 })];
    expect(tipsOf(await svgOf(bubbles(odd, ['Fitness'], 1, words)))).toHaveLength(2);
  });
});

describe('campaign panels', () => {
  const bar = {
    name: 'North',
    revenue: 600,
    payout: 300,
    iroas: 0.5,
    roasLabel: '2.00×',
    iroasLabel: '+0.50×',
    bad: false,
    tip: 'North',
  };

  it('show ROAS and the distance from the baseline, and no bar where it is undefined', async () => {
    const none = {
      ...bar,
      name: 'South',
      payout: 0,
      iroas: null,
      roasLabel: 'n/a',
      iroasLabel: 'n/a',
      tip: 'South',
    };
    const texts = textsOf(await svgOf(campaignPanels([bar, none], { money: String, baseline: 'base' })));
    expect(texts).toEqual(expect.arrayContaining(['North', 'South', '2.00×', '+0.50×', 'base']));
    expect(texts.filter((text) => text === 'n/a')).toHaveLength(1);
  });

  it('leave the second panel out without a baseline', async () => {
    const texts = textsOf(await svgOf(campaignPanels([bar], { money: String, baseline: null })));
    expect(texts).not.toContain('+0.50×');
  });

  it('write what loses money in the colour of bad', async () => {
    const bad = { ...bar, bad: true, iroas: -0.5, iroasLabel: '−0.50×' };
    expect(fillsOf(await svgOf(campaignPanels([bad], { money: String, baseline: 'base' })), '#b4501e')).toBe(
      1,
    );
  });
});

describe('ranked bars', () => {
  const row = (name: string, value: number) => ({ name, value, label: `${value}`, tip: name });

  it('keep the order given, and write every value', async () => {
    const texts = textsOf(await svgOf(rankedBars([row('B', 2), row('A', 9), row('C', -4)])));
    expect(texts.slice(0, 3)).toEqual(['B', 'A', 'C']);
    expect(texts).toEqual(expect.arrayContaining(['2', '9', '-4']));
  });

  it('are drawn for zeros, and for nothing', async () => {
    expect(textsOf(await svgOf(rankedBars([row('A', 0)])))).toEqual(['A', '0']);
    await svgOf(rankedBars([]));
  });
});

describe('weeks', () => {
  const week = (index: number) => new Date(Date.UTC(2025, 5, 2 + 7 * index)).toISOString().slice(0, 10);
  const column = (index: number, changes = {}) => ({
    week: week(index),
    value: 100 + index,
    partial: false,
    current: false,
    label: `V${index}`,
    tip: `week ${index}`,
    ...changes,
  });
  const write = { money: String, day: (day: string) => day.slice(5), tick: String };

  it('label the report’s week alone, and give it the accent', async () => {
    const columns = [column(0, { partial: true }), column(1), column(2, { current: true })];
    const svg = await svgOf(weekColumns(columns, write));
    expect(textsOf(svg).filter((text) => text?.startsWith('V'))).toEqual(['V2']);
    expect(tipsOf(svg)).toEqual(['week 0', 'week 1', 'week 2']);
  });

  it.each([1, 2, 7, 8, 53, 104])('of %i have at most seven labels', (count) => {
    const { values } = weekAxis(
      Array.from({ length: count }, (_, index) => ({ week: week(index) })),
      String,
    ) as { values: string[] };
    expect(values.length).toBeLessThanOrEqual(7);
    expect(values[0]).toBe(week(0));
  });

  it('draw a line with gaps, its level and its last value', async () => {
    const points = [1, null, 3, null].map((value, index) => ({
      week: week(index),
      value,
      label: `V${index}`,
      tip: `week ${index}`,
    }));
    const svg = await svgOf(levelLine(points, { value: 1, label: 'even' }, write));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['even', 'V2']));
    expect(textsOf(svg)).not.toContain('V3');
    expect(tipsOf(svg)).toEqual(['week 0', 'week 2']);
  });

  it('draw a line without any value', async () => {
    const points = [0, 1].map((index) => ({ week: week(index), value: null, label: '', tip: '' }));
    expect(textsOf(await svgOf(levelLine(points, { value: 1, label: 'even' }, write)))).toContain('even');
  });
});

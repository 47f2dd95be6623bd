import { expect, it } from 'vitest';
import { renderCharts } from '../../src/charts/render-charts.js';
import { renderSvg } from '../../src/charts/render-svg.js';
import { rankedBars } from '../../src/charts/specs/ranked-bars.js';
import { quietEffects } from '../../src/effects.js';
import { createMeasure } from '../../src/fonts/measure.js';
import type { Chart } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

const measure = createMeasure();

async function draw(chart: Partial<Chart>): Promise<{ svg: string; warnings: string[] }> {
  const warnings: string[] = [];
  const whole = { id: 'c', title: 'C', alt: 'What it shows', spec: {}, ...chart };
  const svg = await renderSvg(whole, { measure, onWarning: (warning) => warnings.push(warning) });
  return { svg, warnings };
}

const bars = rankedBars([
  { name: 'Tea & <b>', value: 3, label: '₹3', tip: 'Tea & <b>: "₹3"' },
  { name: 'Oil', value: -1, label: '−₹1', tip: 'Oil: −₹1' },
]);

it('draws an image with its description, texts escaped and tips beside the marks', async () => {
  const { svg, warnings } = await draw({ spec: bars, alt: 'Tea "leads" & <wins>' });
  expect(warnings).toEqual([]);
  expect(svg).toMatch(
    /^<svg role="img" aria-label="Tea &quot;leads&quot; &amp; &lt;wins>" viewBox="0 0 672 /,
  );
  expect(svg).toContain('>Tea &amp; &lt;b&gt;</text>');
  expect(svg.match(/data-tip="[^"]*"/g)).toEqual([
    'data-tip="Tea &amp; &lt;b&gt;: &quot;₹3&quot;"',
    'data-tip="Oil: −₹1"',
  ]);
  expect(svg).not.toContain('aria-roledescription');
});

it('leaves the specification as it was, and draws it the same each time', async () => {
  const before = JSON.stringify(bars);
  const first = await draw({ spec: bars });
  const second = await draw({ spec: bars });
  expect(second.svg).toBe(first.svg);
  expect(JSON.stringify(bars)).toBe(before);
  const { data } = bars as { data: { values: object[] } };
  expect(data.values.flatMap(Object.getOwnPropertySymbols)).toEqual([]);
});

it('marks the ids inside with the id of the chart, as it is written', async () => {
  const spec = {
    data: { values: [{ a: 1 }] },
    mark: { type: 'point', clip: true },
    encoding: { x: { field: 'a', type: 'quantitative' } },
  };
  const { svg } = await draw({ id: "a$1$&$'", spec });
  const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) {
    expect(id).toMatch(/^a\$1\$&\$'-(?:clip|gradient)/);
    expect(svg).toContain(`url(#${id})`);
  }
});

it('gives a cut label no more room than its limit', async () => {
  const long = rankedBars([{ name: 'A very long name '.repeat(8), value: 1, label: '1', tip: 't' }]);
  const { svg } = await draw({ spec: long });
  const [, x = '0'] =
    /<text[^>]*transform="translate\((-?[\d.]+),[^)]*\)"[^>]*>A very long name[^<]*…<\/text>/.exec(svg) ?? [];
  expect(svg).toContain('…</text>');
  expect(Number(x)).toBeGreaterThanOrEqual(-10);
  expect(svg).toMatch(/viewBox="0 0 672 /);
});

it('passes on what vega complains of', async () => {
  const { warnings } = await draw({
    spec: {
      data: { values: [{ a: 1 }] },
      mark: 'bar',
      encoding: { x: { field: 'a', type: 'quantitative', scale: { type: 'log', zero: true } }, row: {} },
    },
  });
  expect(warnings.length).toBeGreaterThan(0);
});

it.each(['https://data.example/a.csv', 'file:///etc/hostname', '/etc/hostname', 'data.json'])(
  'loads nothing from %s',
  async (url) => {
    const spec = { data: { url }, mark: 'point', encoding: { x: { field: 'a', type: 'quantitative' } } };
    const { warnings } = await draw({ spec });
    expect(warnings.join()).toContain(`A chart may not load "${url}"`);
  },
);

it('names section and chart where a specification cannot be drawn', async () => {
  const chart = { id: 'broken', title: 'B', alt: 'B', spec: { nothing: 'to draw' } };
  const section = {
    id: 'trend',
    title: 'T',
    headline: 'T',
    kpis: [],
    tables: [],
    charts: [chart],
    notes: [],
  };
  await expect(renderCharts(reportWith({ sections: [section] }), quietEffects())).rejects.toMatchObject({
    code: 'chart-failed',
    exitCode: 4,
    message: expect.stringContaining('The chart trend/broken cannot be drawn'),
  });
});

it('stops when the run is aborted', async () => {
  const chart = { id: 'bars', title: 'B', alt: 'B', spec: bars };
  const section = {
    id: 'trend',
    title: 'T',
    headline: 'T',
    kpis: [],
    tables: [],
    charts: [chart],
    notes: [],
  };
  const aborted = { ...quietEffects(), signal: AbortSignal.abort(new Error('enough')) };
  await expect(renderCharts(reportWith({ sections: [section] }), aborted)).rejects.toThrow('enough');
});

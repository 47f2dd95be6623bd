import { expect, it } from 'vitest';
import { openCharts } from '../../src/preview/charts.js';
import type { Chart, Report } from '../../src/report/schema.js';

const chart = (value: number): Chart => ({
  id: 'weeks',
  title: 'Weeks',
  alt: 'Weeks of "Tea" & <more>',
  spec: { value },
});
const reportOf = (...charts: Chart[]) => ({ sections: [{ charts }] }) as unknown as Report;

function drawing() {
  const asked: unknown[] = [];
  const charts = openCharts(async ({ spec }) => {
    asked.push(spec.value);
    return { svg: `<svg viewBox="0 0 300 ${spec.value}"></svg>`, warnings: [`w${spec.value}`] };
  });
  return { charts, asked };
}

it('a chart that is not drawn yet has a place, with its words, and does not wait', async () => {
  const { charts, asked } = drawing();
  const { svg } = await charts.drawnOrPlace(chart(7));
  expect(asked).toEqual([]);
  expect(svg).toMatch(
    /^<svg role="img" aria-label="Weeks of &quot;Tea&quot; &amp; &lt;more>" data-waits-for="[0-9a-f]{16}" viewBox="0 0 672 220" /,
  );
});

it('charts are handed out by their places, and each is drawn once', async () => {
  const { charts, asked } = drawing();
  const [, name = ''] = /data-waits-for="(\w+)"/.exec((await charts.drawnOrPlace(chart(7))).svg) ?? [];
  const report = reportOf(chart(7), chart(8));
  const [first, again] = await Promise.all([charts.all(report), charts.all(report)]);
  expect(first[name]).toBe('<svg viewBox="0 0 300 7"></svg>');
  expect(again).toEqual(first);
  expect(await charts.drawnOrPlace(chart(7))).toEqual({ svg: first[name], warnings: ['w7'] });
  expect(asked).toEqual([7, 8]);
});

it('a place is as large as the last chart of its name', async () => {
  const { charts } = drawing();
  await charts.drawn(chart(120));
  expect((await charts.drawnOrPlace(chart(9))).svg).toContain('width="300" height="120"');
});

it('a chart that fails may be asked for again', async () => {
  let fails = true;
  const charts = openCharts(async () => {
    if (fails) throw new Error('no');
    return { svg: '<svg/>', warnings: [] };
  });
  await expect(charts.all(reportOf(chart(1)))).rejects.toThrow('no');
  fails = false;
  expect(Object.values(await charts.all(reportOf(chart(1))))).toEqual(['<svg/>']);
});

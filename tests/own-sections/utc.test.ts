import { afterEach, expect, it } from 'vitest';
import { chartDrawer } from '../../src/charts/draw-chart.js';
import { inUtc } from '../../src/own-sections/utc.js';

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone;
});

const spec = {
  width: 300,
  height: 100,
  data: { values: [2, 9, 16].map((day) => ({ day: `2025-06-${String(day).padStart(2, '0')}`, sold: day })) },
  mark: 'bar',
  encoding: {
    x: { timeUnit: 'yearmonthdate', field: 'day', type: 'temporal', axis: { format: '%d %b' } },
    y: { field: 'sold', type: 'quantitative' },
    tooltip: { field: 'day', type: 'temporal' },
  },
};

async function drawnIn(timeZone: string, drawn: unknown): Promise<string> {
  process.env.TZ = timeZone;
  const { svg } = await chartDrawer()({ id: 'c', title: '', alt: '', spec: { ...(drawn as object) } });
  return svg;
}

it('makes charts with days the same in every time zone', async () => {
  const zones = ['America/Los_Angeles', 'UTC', 'Pacific/Auckland'];
  const drawn = async (chart: unknown) => {
    const svgs = [];
    for (const each of zones) svgs.push(await drawnIn(each, chart));
    return new Set(svgs).size;
  };
  expect(await drawn(spec)).toBeGreaterThan(1);
  expect(await drawn(inUtc(spec))).toBe(1);
  const { timeUnit: _, ...plain } = spec.encoding.x;
  expect(await drawn(inUtc({ ...spec, encoding: { ...spec.encoding, x: plain } }))).toBe(1);
});

it('leaves alone what says UTC already, has no scale, or is data', () => {
  const given = {
    datasets: { a: [{ timeUnit: 'year' }] },
    encoding: {
      x: { timeUnit: 'utcyear', type: 'temporal', scale: { type: 'utc', nice: false } },
      y: { type: 'temporal', scale: null },
      text: { field: 'day', type: 'temporal' },
    },
  };
  expect(inUtc(given)).toEqual(given);
  expect(inUtc({ layer: [{ transform: [{ timeUnit: { unit: 'month', step: 2 } }] }] })).toEqual({
    layer: [{ transform: [{ timeUnit: { unit: 'utcmonth', step: 2 } }] }],
  });
});

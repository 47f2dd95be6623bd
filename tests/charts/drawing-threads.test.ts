import { afterAll, describe, expect, it } from 'vitest';
import { chartDrawer } from '../../src/charts/draw-chart.js';
import { startDrawingThreads } from '../../src/charts/drawing-threads.js';
import type { Chart } from '../../src/report/schema.js';

const bars = (id: string, name: string): Chart => ({
  id,
  title: 'Bars',
  alt: `Bars of ${name}`,
  spec: {
    data: { values: [{ name, value: 3 }] },
    mark: 'bar',
    encoding: { x: { field: 'value', type: 'quantitative' }, y: { field: 'name', type: 'nominal' } },
  },
});

describe('threads that draw', () => {
  const threads = startDrawingThreads(2);
  afterAll(() => threads.close());

  it('draw what this thread draws, many at once', async () => {
    const draw = chartDrawer();
    const charts = Array.from({ length: 12 }, (_, number) => bars(`c${number}`, `नाम ${number}`));
    const drawn = await Promise.all(charts.map(threads.draw));
    for (const [place, chart] of charts.entries()) expect(drawn[place]).toEqual(await draw(chart));
  });

  it('tell what vega complains of', async () => {
    const { spec } = bars('w', 'A');
    const encoding = {
      x: { field: 'value', type: 'quantitative' },
      shape: { field: 'name', type: 'nominal' },
    };
    const { warnings } = await threads.draw({ ...bars('w', 'A'), spec: { ...spec, encoding } });
    expect(warnings).toEqual([expect.stringContaining('shape')]);
  });

  it('fail for one chart, and go on with the others', async () => {
    const broken = { ...bars('b', 'A'), spec: { mark: 'nothing like this' } };
    const [failed, drawn] = await Promise.allSettled([threads.draw(broken), threads.draw(bars('g', 'B'))]);
    expect(failed.status).toBe('rejected');
    expect(drawn.status).toBe('fulfilled');
    await expect(threads.draw(bars('h', 'C'))).resolves.toMatchObject({
      svg: expect.stringContaining('Bars of C'),
    });
  });
});

it('threads that are closed refuse', async () => {
  const threads = startDrawingThreads(1);
  const drawing = threads.draw(bars('a', 'A'));
  drawing.catch(() => {});
  await threads.close();
  await expect(threads.draw(bars('a', 'A'))).rejects.toThrow('No thread draws any more.');
  await drawing.catch((error: unknown) =>
    expect(error).toMatchObject({ message: 'No thread draws any more.' }),
  );
});

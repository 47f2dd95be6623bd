import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors.js';
import type { Chart } from '../report/schema.js';
import { chartDrawer } from './draw-chart.js';

/** The program of a thread that draws one chart after the other; `drawing-threads.ts` starts it and talks with it. */

const draw = chartDrawer();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ number, chart }: { number: number; chart: Chart }) => {
  last = last.then(async () => {
    const answer = await draw(chart).catch((error: unknown) => ({ error: messageOf(error) }));
    parentPort?.postMessage({ number, ...answer });
  });
});

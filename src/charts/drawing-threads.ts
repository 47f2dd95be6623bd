import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../package-root.js';
import type { Chart } from '../report/schema.js';
import type { DrawChart, DrawnChart } from './draw-chart.js';

/** Drawing beside the thread that computes, for a reader who waits. */
export interface DrawingThreads {
  /** Draws a chart; one that was drawn before, or is being drawn, is not drawn again. */
  draw: DrawChart;
  close(): Promise<void>;
}

type Answer = { number: number } & (DrawnChart | { error: string });

interface Thread {
  worker: Worker;
  waiting: Map<number, { resolve: (drawn: DrawnChart) => void; reject: (error: Error) => void }>;
}

const PROGRAM = path.join(packageRoot, 'dist', 'charts', 'drawing-worker.js');
/** Charts that are remembered: those of some twenty reports. */
const REMEMBERED = 160;

/**
 * Starts threads that draw charts.
 *
 * @param count - how many
 */
export function startDrawingThreads(count: number): DrawingThreads {
  const threads = Array.from({ length: count }, startThread);
  const remembered = new Map<string, Promise<DrawnChart>>();
  let next = 0;

  const ask = (chart: Chart): Promise<DrawnChart> => {
    const [idlest] = [...threads].sort((a, b) => a.waiting.size - b.waiting.size);
    if (!idlest) throw new Error('No thread draws.');
    const number = next++;
    return new Promise((resolve, reject) => {
      idlest.waiting.set(number, { resolve, reject });
      idlest.worker.postMessage({ number, chart });
    });
  };

  return {
    draw(chart) {
      const key = JSON.stringify(chart);
      const drawn = remembered.get(key) ?? ask(chart);
      remembered.delete(key);
      remembered.set(key, drawn);
      for (const old of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(old);
      return drawn;
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function startThread(): Thread {
  const waiting: Thread['waiting'] = new Map();
  const worker = new Worker(PROGRAM);
  // A thread that nobody asks keeps no process from ending.
  worker.unref();
  worker.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ('error' in answer) asked?.reject(new Error(answer.error));
    else asked?.resolve({ svg: answer.svg, warnings: answer.warnings });
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return { worker, waiting };
}

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../package-root.js';
import type { Chart } from '../report/schema.js';
import type { DrawChart, DrawnChart } from './draw-chart.js';

/** Drawing beside the thread that computes, for a reader who waits. */
export interface DrawingThreads {
  draw: DrawChart;
  close(): Promise<void>;
}

type Answer = { number: number } & (DrawnChart | { error: string });

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

interface Waiting {
  resolve: (drawn: DrawnChart) => void;
  reject: (error: Error) => void;
}

/** A chart leaves much behind; with little room for it, a tenth of the time goes into tidying up. */
const YOUNG = { maxYoungGenerationSizeMb: 96 };
const PROGRAM = path.join(packageRoot, 'dist', 'charts', 'drawing-worker.js');

/**
 * Starts threads that draw charts.
 *
 * @param count - how many
 */
export function startDrawingThreads(count: number): DrawingThreads {
  const threads = new Set<Thread>();
  let next = 0;
  let closed = false;

  function start(): void {
    const thread: Thread = { worker: new Worker(PROGRAM, { resourceLimits: YOUNG }), waiting: new Map() };
    // A thread that nobody asks keeps no process from ending.
    thread.worker.unref();
    thread.worker.on('message', (answer: Answer) => {
      const asked = thread.waiting.get(answer.number);
      thread.waiting.delete(answer.number);
      if ('error' in answer) asked?.reject(new Error(answer.error));
      else asked?.resolve({ svg: answer.svg, warnings: answer.warnings });
    });
    thread.worker.once('error', (error) => replace(thread, error));
    threads.add(thread);
  }

  /** A thread that ends by an error of its own takes nothing with it but what it was drawing. */
  function replace(thread: Thread, error: Error): void {
    threads.delete(thread);
    for (const { reject } of thread.waiting.values()) reject(error);
    if (!closed) start();
  }

  const ask = (chart: Chart): Promise<DrawnChart> => {
    const [idlest] = [...threads].sort((a, b) => a.waiting.size - b.waiting.size);
    if (!idlest) return Promise.reject(new Error('No thread draws any more.'));
    const number = next++;
    return new Promise((resolve, reject) => {
      idlest.waiting.set(number, { resolve, reject });
      idlest.worker.postMessage({ number, chart });
    });
  };

  for (let started = 0; started < count; started += 1) start();
  return {
    draw: ask,
    async close() {
      closed = true;
      const ending = [...threads];
      threads.clear();
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
      for (const { waiting } of ending)
        for (const { reject } of waiting.values()) reject(new Error('No thread draws any more.'));
    },
  };
}

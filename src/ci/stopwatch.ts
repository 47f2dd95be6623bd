/** Times the steps of a run by the clock that it is given. */
export interface Stopwatch {
  /** Does a step and notes how long it took. */
  time<Result>(step: string, work: () => Promise<Result>): Promise<Result>;
  /** Milliseconds by step so far, and under `total` since the stopwatch was started. */
  read(): Record<string, number> & { total: number };
}

export function startStopwatch(now: () => Date): Stopwatch {
  const start = now().getTime();
  const steps: Record<string, number> = {};
  return {
    async time(step, work) {
      const begun = now().getTime();
      try {
        return await work();
      } finally {
        steps[step] = now().getTime() - begun;
      }
    },
    read: () => ({ ...steps, total: now().getTime() - start }),
  };
}

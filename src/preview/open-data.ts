import type { Effects } from '../effects.js';
import { EXIT, ReportError } from '../errors.js';
import type { FilterValues } from '../model/filter-values.js';
import { type Slice, type SliceInputs, type Slices, withSlices } from '../pipeline/slices.js';
import type { Report } from '../report/schema.js';

/** Data that stay loaded until they are closed. */
export interface OpenData {
  /** @throws what `Slices.compute` throws */
  compute(slice: Slice, warn?: Effects['warn']): Promise<Report>;
  filterValues(): Promise<FilterValues>;
  days(): Promise<{ first: string; last: string } | null>;
  /** Frees the data as soon as the last of what was asked for is there. */
  close(): Promise<void>;
}

/**
 * Loads and judges the data of a folder.
 *
 * @throws ReportError exit code 3 for data that cannot be used
 */
export async function openData(inputs: SliceInputs, effects: Effects): Promise<OpenData> {
  let closing = false;
  let users = 0;
  let loaded = deferred<Slices>();
  let startAgain: (error: unknown) => void = () => {};
  const end = deferred<void>();
  const session = withSlices(inputs, effects, (slices) => {
    const failed = deferred<never>();
    startAgain = failed.reject;
    loaded.resolve(slices);
    return Promise.race([end.promise, failed.promise]);
  });
  session.catch((error: unknown) => loaded.reject(error));

  const use = async <Result>(work: (slices: Slices) => Promise<Result>): Promise<Result> => {
    users += 1;
    try {
      const slices = await loaded.promise;
      try {
        return await work(slices);
      } catch (error) {
        const isExpected = error instanceof ReportError && error.exitCode !== EXIT.bug;
        if (!slices.areKept || isExpected || effects.signal.aborted) throw error;
        // Tables that an earlier run kept may be damaged: those of the files take their place.
        if ((await loaded.promise) === slices) {
          loaded = deferred();
          startAgain(error);
        }
        return await work(await loaded.promise);
      }
    } finally {
      users -= 1;
      if (closing && users === 0) end.resolve();
    }
  };

  await loaded.promise;
  return {
    compute: (slice, warn) => use((slices) => slices.compute(slice, warn)),
    filterValues: () => use((slices) => slices.filterValues()),
    days: () => use((slices) => slices.days()),
    async close() {
      closing = true;
      if (users === 0) end.resolve();
      await session.catch(() => {});
    },
  };
}

interface Deferred<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>['resolve'] = () => {};
  let reject: Deferred<Value>['reject'] = () => {};
  const promise = new Promise<Value>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

import { loadSettings } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { dayIn } from '../model/calendar.js';
import { type OpenData, openData } from './open-data.js';
import type { PreviewState } from './state.js';
import { type Concern, watch } from './watch.js';

/** The newest data and configuration that could be read. */
export interface Loaded {
  config: Config;
  /** ISO day of the reports. */
  asOf: string;
  data: OpenData;
  /** Counts up with each change that concerns a report. */
  version: number;
  /** What the configuration says is shown. */
  configured: PreviewState;
}

export type LiveEvent =
  | { kind: 'loading' }
  | { kind: 'changed'; concerns: readonly Concern[] }
  | { kind: 'failed'; error: unknown };

/** Data and configuration that follow their files. */
export interface Live {
  /** What is shown at the moment: the last that could be read. */
  loaded(): Loaded;
  /** Why what is shown is not what the files say; null where it is. */
  failure(): unknown;
  /** Calls a listener for each event from now on; what comes back ends that. */
  listen(listener: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}

export interface LiveInputs {
  dataDir: string;
  configFile: string | null;
  cacheFolder: string | null;
  /** ISO day; that of the clock unless told. */
  asOf?: string;
}

/** Slices whose figures stay: as many as a reader goes back and forth between. */
const KEPT_SLICES = 8;

/**
 * Loads data and configuration, and again whenever their files change. What cannot be read leaves what was read before.
 *
 * @throws ReportError where they cannot be read at the start
 */
export async function openLive(inputs: LiveInputs, effects: Effects): Promise<Live> {
  const listeners = new Set<(event: LiveEvent) => void>();
  const tell = (event: LiveEvent) => {
    for (const listener of listeners) listener(event);
  };
  let failure: unknown = null;
  let watched = await loadSettings(inputs.configFile);
  let loaded = await load(inputs, watched, 1, effects);
  let pending = new Set<Concern>();
  let reloading: Promise<void> | null = null;
  let closed = false;
  const closing: Promise<void>[] = [];

  const reload = async () => {
    while (pending.size > 0 && !closed) {
      const concerns = pending;
      pending = new Set();
      const version = loaded.version + 1;
      try {
        if (failure !== null || [...concerns].some((concern) => concern !== 'templates')) {
          tell({ kind: 'loading' });
          const config = await loadSettings(inputs.configFile);
          if (placesOf(config) !== placesOf(watched)) await watchAnew(config);
          const before = loaded;
          loaded = await load(inputs, config, version, effects);
          closing.push(before.data.close());
        } else {
          loaded = { ...loaded, version };
        }
        failure = null;
        tell({ kind: 'changed', concerns: [...concerns] });
      } catch (error) {
        effects.signal.throwIfAborted();
        failure = error;
        tell({ kind: 'failed', error });
      }
    }
  };
  const watching = () =>
    watch({ ...inputs, config: watched }, (concerns) => {
      for (const concern of concerns) pending.add(concern);
      reloading ??= reload()
        .catch(() => {})
        .finally(() => {
          reloading = null;
        });
    });
  let stopWatching = await watching();
  /** Before the data are read: what a configuration names may be broken, and is mended there. */
  async function watchAnew(config: Config): Promise<void> {
    const stopBefore = stopWatching;
    watched = config;
    stopWatching = await watching();
    await stopBefore();
  }

  return {
    loaded: () => loaded,
    failure: () => failure,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      await reloading;
      await stopWatching();
      await Promise.all([...closing, loaded.data.close()]);
    },
  };
}

/** Where the files lie that a configuration names. */
function placesOf({ theme, sections, sources }: Config): string {
  return JSON.stringify([theme, sections, sources]);
}

async function load(inputs: LiveInputs, config: Config, version: number, effects: Effects): Promise<Loaded> {
  const { dataDir, cacheFolder } = inputs;
  const asOf = inputs.asOf ?? dayIn(config.report.timezone, effects.now());
  const data = await openData({ dataDir, config, asOf, cacheFolder, keptSlices: KEPT_SLICES }, effects);
  const { filters, report, thresholds } = config;
  const configured = { filters, roasBelow: thresholds.roasBelow, topPosts: report.topPosts };
  return { config, asOf, data, version, configured };
}

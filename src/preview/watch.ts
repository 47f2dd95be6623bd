import path from 'node:path';
import { watch as watchFiles } from 'chokidar';
import type { Config } from '../config/schema.js';
import { packageRoot } from '../package-root.js';

/** What a change of a file concerns. */
export type Concern = 'data' | 'configuration' | 'templates';

/** Files that people hand data in as; a PDF that is saved beside them is none. */
const DATA = /\.(csv|tsv|txt|xlsx?|xlsm|parquet|gz|zst)$/i;
/** Folders of a data folder are watched so deep. */
const DEPTH = 4;
/** A file counts as written when it has not grown for so long. */
const SETTLED_MS = 60;
const POLL_MS = 20;
/** Changes that come so shortly after one another are one. */
const TOGETHER_MS = 40;

export interface Watched {
  dataDir: string;
  configFile: string | null;
  config: Config;
}

/**
 * Watches the files that a report is made of.
 *
 * @param changed - called after changes that belong together, once for all of them
 * @returns what ends the watching, when it is ready to see changes
 */
export async function watch(
  { dataDir, configFile, config }: Watched,
  changed: (concerns: ReadonlySet<Concern>) => void,
): Promise<() => Promise<void>> {
  const concerns = new Set<Concern>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (concern: Concern) => {
    concerns.add(concern);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const together = new Set(concerns);
      concerns.clear();
      changed(together);
    }, TOGETHER_MS);
  };

  const templates = [
    path.join(packageRoot, 'templates'),
    ...(config.theme.templates === null ? [] : [config.theme.templates]),
    ...config.sections,
  ];
  const watchers = [
    started(templates, 'templates', () => true),
    started(configFile === null ? [] : [configFile], 'configuration', () => true),
    started([dataDir, ...elsewhere(config, dataDir)], 'data', (file) => DATA.test(file)),
  ];
  const ends = await Promise.all(watchers);
  return async () => {
    clearTimeout(timer);
    await Promise.all(ends.map((end) => end()));
  };

  async function started(
    paths: readonly string[],
    concern: Concern,
    concerned: (file: string) => boolean,
  ): Promise<() => Promise<void>> {
    if (paths.length === 0) return async () => {};
    const watcher = watchFiles([...paths], {
      ignoreInitial: true,
      depth: DEPTH,
      ignored: /(^|[/\\])(node_modules|\.git)$/,
      awaitWriteFinish: { stabilityThreshold: SETTLED_MS, pollInterval: POLL_MS },
    });
    watcher.on('all', (event, file) => {
      if (event === 'addDir' || event === 'unlinkDir' || concerned(file)) tell(concern);
    });
    // A folder that cannot be watched is read all the same.
    watcher.on('error', () => {});
    await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
    return () => watcher.close();
  }
}

/** The files and folders that the configuration names outside the data folder; what stands before a pattern of them. */
function elsewhere(config: Config, dataDir: string): string[] {
  return Object.values(config.sources)
    .flatMap(({ path: paths }) => paths)
    .map((each) => path.resolve(dataDir, each.replace(/[/\\][^/\\]*[*?[{].*$/, '')))
    .filter((each) => path.relative(dataDir, each).startsWith('..'));
}

import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { dayIn } from '../model/calendar.js';
import type { BuildFlags } from './build-flags.js';
import { mergeFilters } from './filter-options.js';
import { configFile } from './shared-options.js';

/** What a report is made of, as the command line says it. */
export interface BuildInputs {
  /** With the flags in it. */
  config: Config;
  /** Path of the configuration; null where there is none. */
  configFile: string | null;
  /** ISO day on which the report is made. */
  asOf: string;
}

/**
 * The configuration with the flags over it, and the day of the report.
 *
 * @throws ReportError (exit code 2) for a configuration that cannot be used, or filters that nothing can match
 */
export async function buildInputs(flags: BuildFlags, effects: Pick<Effects, 'now'>): Promise<BuildInputs> {
  const [{ loadConfig }, { assertRanges }] = await Promise.all([
    import('../config/load.js'),
    import('../config/filter-ranges.js'),
  ]);
  const file = configFile(flags.config);
  const { report, thresholds, ...rest } = await loadConfig(file);
  const filters = mergeFilters(rest.filters, flags);
  assertRanges(filters);
  const config = {
    ...rest,
    report: { ...report, topPosts: flags.topPosts ?? report.topPosts },
    filters,
    thresholds: { ...thresholds, roasBelow: flags.roasBelow ?? thresholds.roasBelow },
  };
  return { config, configFile: file, asOf: flags.asOf ?? dayIn(report.timezone, effects.now()) };
}

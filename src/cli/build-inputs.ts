import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { EXIT, ReportError } from '../errors.js';
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
  const { loadConfig } = await import('../config/load.js');
  const file = configFile(flags.config);
  const { report, thresholds, ...rest } = await loadConfig(file);
  const filters = mergeFilters(rest.filters, flags);
  assertRange(filters, 'from', 'to', 'after');
  assertRange(filters, 'minFollowers', 'maxFollowers', 'above');
  const config = {
    ...rest,
    report: { ...report, topPosts: flags.topPosts ?? report.topPosts },
    filters,
    thresholds: { ...thresholds, roasBelow: flags.roasBelow ?? thresholds.roasBelow },
  };
  return { config, configFile: file, asOf: flags.asOf ?? dayIn(report.timezone, effects.now()) };
}

function assertRange(
  filters: Config['filters'],
  lowest: 'from' | 'minFollowers',
  highest: 'to' | 'maxFollowers',
  relation: 'after' | 'above',
): void {
  const { [lowest]: low, [highest]: high } = filters;
  if (low === null || high === null || low <= high) return;
  throw new ReportError(
    `filters.${lowest} (${low}) lies ${relation} filters.${highest} (${high}), so nothing can match.`,
    {
      code: 'empty-range',
      exitCode: EXIT.usage,
      hint: 'Swap the two, on the command line or in the configuration; a flag goes over the file.',
    },
  );
}

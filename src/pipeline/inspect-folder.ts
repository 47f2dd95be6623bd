import type { Effects } from '../effects.js';
import { ReportError } from '../errors.js';
import type { FolderFindings } from '../init/init-config.js';
import { identifySources } from '../sources/identify.js';
import { type Loaded, loadSources } from '../sources/load.js';
import type { DecidedStyle } from '../sources/recognise/explain.js';
import { NO_SETTINGS } from '../sources/settings.js';
import { withWarehouse } from './with-warehouse.js';

/**
 * Finds out what lies in a folder, how it is written, and what stands in the way of a report, as far as that can be found out.
 *
 * @throws ReportError (exit code 3) for a folder that cannot be read
 */
export async function inspectFolder(folder: string, effects: Effects): Promise<FolderFindings> {
  const settings = {
    influencers: NO_SETTINGS,
    posts: NO_SETTINGS,
    tracking_data: NO_SETTINGS,
    payouts: NO_SETTINGS,
  };
  const survey = await identifySources(folder, settings);
  const findings = { folder, survey, styles: new Map<string, DecidedStyle>(), problems: [] };
  if (survey.problems.length > 0) return findings;
  const { signal, progress } = effects;
  try {
    const loaded = await withWarehouse(effects, (warehouse) =>
      loadSources(warehouse, survey, { settings, currencyDigits: 2, signal, progress }),
    );
    return { ...findings, styles: stylesOf(loaded) };
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    return { ...findings, problems: [error] };
  }
}

/** How the values of each file are written, by the name of the file. */
export function stylesOf({ files }: Pick<Loaded, 'files'>): Map<string, DecidedStyle> {
  return new Map(files.map(({ input, dateOrder }) => [input.head.name, { style: input.style, dateOrder }]));
}

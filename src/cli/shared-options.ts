import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { isMailAddress } from '../config/mail-address.js';
import { ReportError } from '../errors.js';

const DEFAULT_CONFIG = path.join('config', 'report.yaml');

/** `--data`, else ROI_REPORT_DATA, else `data`. */
export function dataOption(): Option {
  return new Option('--data <folder>', 'folder with influencers, posts, tracking_data and payouts')
    .env('ROI_REPORT_DATA')
    .argParser(notBlank)
    .default('data');
}

/** `--config`, else ROI_REPORT_CONFIG; `configFile` tells what its absence means. */
export function configOption(): Option {
  return new Option('--config <file>', `configuration (default: ${DEFAULT_CONFIG}, where it exists)`).env(
    'ROI_REPORT_CONFIG',
  );
}

/** `--out`, else ROI_REPORT_OUT, else `output`. */
export function outOption(): Option {
  return new Option('--out <folder>', 'where editions go, a folder each')
    .env('ROI_REPORT_OUT')
    .argParser(notBlank)
    .default('output');
}

/** `--no-cache`; `cacheFolder` tells what its absence means. */
export function noCacheOption(): Option {
  return new Option('--no-cache', 'neither use nor keep loaded tables of large files');
}

/** The folder that keeps loaded tables between runs, or null where none is wanted, can be made or is safe. */
export async function cacheFolder(
  { cache }: { cache: boolean },
  note: (line: string) => void,
): Promise<string | null> {
  if (!cache) return null;
  const { privateCacheFolder } = await import('../folders/cache-folder.js');
  try {
    return (await privateCacheFolder()) ?? null;
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    note(`${error.message} No tables are kept. ${error.hint ?? ''}`);
    return null;
  }
}

/** One more mail address of an option that can be repeated. */
export function parseAddresses(address: string, before: readonly string[] = []): string[] {
  if (!isMailAddress(address))
    throw new InvalidArgumentError('It is not a mail address such as anna@example.com.');
  return [...before, address.trim()];
}

/** Refuses what an unset variable of a shell leaves behind, which would mean the current folder. */
export function notBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** The configuration file of a run: that of `configOption`, else config/report.yaml where it exists, else null. */
export function configFile(flag: string | undefined): string | null {
  return flag ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : null);
}

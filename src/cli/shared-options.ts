import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

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

/** Refuses what an unset variable of a shell leaves behind, which would mean the current folder. */
function notBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** The configuration file of a run: that of `configOption`, else config/report.yaml where it exists, else null. */
export function configFile(flag: string | undefined): string | null {
  return flag ?? (existsSync(DEFAULT_CONFIG) ? DEFAULT_CONFIG : null);
}

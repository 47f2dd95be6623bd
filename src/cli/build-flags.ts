import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Gate } from '../ci/gates.js';
import { parseGate } from '../ci/gates.js';
import type { Config } from '../config/schema.js';
import { ReportError } from '../errors.js';
import { addFilterOptions, type FilterFlags, parseDay, parseRatio } from './filter-options.js';
import { parseFormats } from './formats.js';
import { configOption, dataOption, noCacheOption, notBlank, outOption } from './shared-options.js';

const FORMATS = ['pdf', 'html', 'json', 'csv', 'xlsx', 'parquet'] as const;
const RANKINGS: readonly Config['report']['topPosts'][] = ['revenue', 'likes', 'engagement'];

/** The command line of `roi-report build`. */
export interface BuildFlags extends FilterFlags {
  data: string;
  config?: string;
  out: string;
  format: (typeof FORMATS)[number][];
  asOf?: string;
  roasBelow?: number;
  topPosts?: Config['report']['topPosts'];
  /** A report.json; false: none; undefined: that of the last edition. */
  compare?: string | false;
  failOn: Gate[];
  junit?: string;
  summary?: string;
  json?: true;
  cache: boolean;
}

/** Gives a command the options that `BuildFlags` holds. */
export function addBuildOptions(command: Command): Command {
  command
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option(
      '--format <list>',
      `${FORMATS.join(', ')}, separated by commas; report.json is always written`,
      parseFormats(FORMATS),
      ['pdf', 'html', 'json'],
    )
    .addOption(
      new Option('--as-of <day>', 'the day of the report, YYYY-MM-DD (default: today in its time zone)')
        .env('ROI_REPORT_AS_OF')
        .argParser(parseDay),
    )
    .option('--roas-below <ratio>', 'list influencers below this ROAS as underperformers', parseRatio)
    .addOption(new Option('--top-posts <ranking>', 'the ranking of posts that comes first').choices(RANKINGS))
    .option(
      '--fail-on <gate>',
      'end with 3 where it holds: "roas<0.8", "revenue.change<-20%", quality=warning; several with commas, or repeat it',
      parseGates,
      [],
    )
    .option(
      '--compare <report.json>',
      'tell what moved since this edition (default: the last one in the output folder)',
      notBlank,
    )
    .option('--no-compare', 'compare with no earlier edition')
    .option(
      '--junit <file>',
      'write loading, checks, control totals, gates and sections as JUnit XML',
      notBlank,
    )
    .option('--summary <file>', 'write a summary as Markdown, as GITHUB_STEP_SUMMARY gets it', notBlank)
    .addOption(noCacheOption())
    .option('--json', 'print the result as JSON');
  return addFilterOptions(command);
}

function parseGates(list: string, before: readonly Gate[]): Gate[] {
  try {
    return [...before, ...list.split(',').map(parseGate)];
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    throw new InvalidArgumentError(`${error.message} ${error.hint ?? ''}`);
  }
}

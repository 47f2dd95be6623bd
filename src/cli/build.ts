import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Config } from '../config/schema.js';
import { EXIT, type ExitCode, ReportError } from '../errors.js';
import { currencyDigits } from '../format/format.js';
import { dayIn } from '../model/calendar.js';
import { addFilterOptions, type FilterFlags, mergeFilters, parseDay, parseRatio } from './filter-options.js';
import {
  cacheFolder,
  configFile,
  configOption,
  dataOption,
  noCacheOption,
  outOption,
} from './shared-options.js';
import type { Terminal } from './terminal.js';

interface BuildFlags extends FilterFlags {
  data: string;
  config?: string;
  out: string;
  format: ReportFormat[];
  asOf?: string;
  roasBelow?: number;
  json?: true;
  cache: boolean;
}

type ReportFormat = 'pdf' | 'html' | 'json';
const FORMATS: readonly string[] = ['pdf', 'html', 'json'];

export function buildCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const command = program
    .command('build')
    .summary('one report now')
    .description('Reads the four tables of a folder and writes report.pdf, report.html and report.json.')
    .addOption(dataOption())
    .addOption(configOption())
    .addOption(outOption())
    .option(
      '--format <list>',
      'pdf, html, json, separated by commas; report.json is always written',
      parseFormats,
      ['pdf', 'html', 'json'],
    )
    .addOption(
      new Option('--as-of <day>', 'the day of the report, YYYY-MM-DD (default: today in its time zone)')
        .env('ROI_REPORT_AS_OF')
        .argParser(parseDay),
    )
    .option('--roas-below <ratio>', 'list influencers below this ROAS as underperformers', parseRatio)
    .addOption(noCacheOption())
    .option('--json', 'print the result as JSON');
  addFilterOptions(command).action(async (flags: BuildFlags) => done(await build(flags, terminal)));
}

async function build(flags: BuildFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects({ quiet: flags.json === true });
  const started = effects.now();
  const wantsPdf = flags.format.includes('pdf');
  const launching = wantsPdf
    ? import('../render/browser/launch.js').then(({ launchBrowser }) => launchBrowser(effects))
    : undefined;
  launching?.catch(() => {});
  try {
    const config = await configOf(flags);
    const asOf = flags.asOf ?? dayIn(config.report.timezone, started);
    const [
      { computeReport },
      { renderReport, renderPdf },
      { writeFiles },
      { removeStaleFiles },
      { quarantineCsv },
      { editionName },
      { summary },
    ] = await Promise.all([
      import('../pipeline/compute-report.js'),
      import('../render/render.js'),
      import('../output/write-files.js'),
      import('../output/remove-stale-files.js'),
      import('../output/quarantine-csv.js'),
      import('../output/edition.js'),
      import('./summary.js'),
    ]);
    const { report, quarantined } = await computeReport(
      { dataDir: flags.data, config, asOf, cacheFolder: await cacheFolder(flags, effects.warn) },
      effects,
    );
    const files = new Map<string, string | Uint8Array>([
      ['report.json', `${JSON.stringify(report, null, 2)}\n`],
    ]);
    if (quarantined.length > 0)
      files.set('quarantine.csv', quarantineCsv(quarantined, currencyDigits(config.report.currency)));
    if (wantsPdf || flags.format.includes('html')) {
      const html = await renderReport(
        report,
        { page: config.report, templates: config.theme.templates },
        effects,
      );
      if (flags.format.includes('html')) files.set('report.html', html);
      if (launching)
        files.set('report.pdf', await renderPdf(html, report, config.report, await launching, effects));
    }
    effects.signal.throwIfAborted();
    const edition = path.join(flags.out, editionName(asOf, config.filters));
    const written = await writeFiles(edition, files);
    await removeStaleFiles(edition, files);
    const sizes = written.map((file) => ({
      file,
      bytes: Buffer.byteLength(files.get(path.basename(file)) ?? ''),
    }));
    terminal.print(summary(report, sizes, effects.now().getTime() - started.getTime(), flags.json === true));
    return report.status === 'degraded' ? EXIT.bug : EXIT.ok;
  } finally {
    await launching?.then((browser) => browser.close()).catch(() => {});
  }
}

async function configOf(flags: BuildFlags): Promise<Config> {
  const { loadConfig } = await import('../config/load.js');
  const config = await loadConfig(configFile(flags.config));
  const filters = mergeFilters(config.filters, flags);
  assertRange(filters, 'from', 'to', 'after');
  assertRange(filters, 'minFollowers', 'maxFollowers', 'above');
  return {
    ...config,
    filters,
    thresholds: { ...config.thresholds, roasBelow: flags.roasBelow ?? config.thresholds.roasBelow },
  };
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

function parseFormats(list: string): ReportFormat[] {
  const formats = list.split(',').map((format) => format.trim().toLowerCase());
  const unknown = formats.find((format) => !FORMATS.includes(format));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`"${unknown}" is not one of ${FORMATS.join(', ')}.`);
  return formats as ReportFormat[];
}

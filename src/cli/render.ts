import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { startStopwatch } from '../ci/stopwatch.js';
import type { Effects } from '../effects.js';
import { EXIT, type ExitCode, messageOf, ReportError } from '../errors.js';
import type { Report } from '../report/schema.js';
import type { Drawing } from './draw-files.js';
import { parseFormats } from './formats.js';
import { configFile, configOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

interface RenderFlags {
  out?: string;
  config?: string;
  format: (typeof FORMATS)[number][];
  html: boolean;
  pdf: boolean;
  json?: true;
}

const FORMATS = ['pdf', 'html', 'csv', 'xlsx', 'parquet'] as const;

export function renderCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('render')
    .summary('report.json → html, pdf, csv, xlsx, parquet')
    .description('Draws a saved report.json as HTML and PDF again, or exports it; the data are not needed.')
    .argument('<report.json>', 'the report to draw')
    .option('--out <folder>', 'where the files go (default: beside the report)')
    .addOption(configOption())
    .option('--format <list>', `${FORMATS.join(', ')}, separated by commas`, parseFormats(FORMATS), [
      'pdf',
      'html',
    ])
    .option('--no-html', 'leave out the HTML')
    .option('--no-pdf', 'leave out the PDF')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, flags: RenderFlags) => done(await render(file, flags, terminal)));
}

async function render(file: string, flags: RenderFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects({ quiet: flags.json === true });
  const stopwatch = startStopwatch(effects.now);
  const { loadConfig } = await import('../config/load.js');
  const [report, config] = await Promise.all([readReport(file), loadConfig(configFile(flags.config))]);
  const formats = flags.format.filter((format) => (format !== 'html' && format !== 'pdf') || flags[format]);
  const files = await drawn(report, formats, { config, stopwatch }, effects);
  const [{ writeFiles }, { removeOutdatedManifest }, { resultOf, summary }] = await Promise.all([
    import('../output/write-files.js'),
    import('./outdated-manifest.js'),
    import('./summary.js'),
  ]);
  const folder = flags.out ?? path.dirname(file);
  await writeFiles(folder, files);
  if (await removeOutdatedManifest(folder, files))
    effects.warn(`${path.join(folder, 'manifest.json')} told of the files before, and is removed.`);
  const sizes = [...files].map(([name, content]) => ({
    file: path.join(folder, name),
    bytes: Buffer.byteLength(content),
  }));
  const { total } = stopwatch.read();
  if (flags.json) terminal.printJson(resultOf(report, sizes, total));
  else terminal.print(summary(report, sizes, total));
  return report.status === 'degraded' ? EXIT.bug : EXIT.ok;
}

/** The files of the report; the browser starts only where a PDF is wanted, and is closed. */
async function drawn(
  report: Report,
  formats: RenderFlags['format'],
  drawing: Pick<Drawing, 'config' | 'stopwatch'>,
  effects: Effects,
): Promise<Map<string, string | Uint8Array>> {
  const { drawFiles } = await import('./draw-files.js');
  if (!formats.includes('pdf'))
    return drawFiles(report, { ...drawing, formats, browser: undefined }, effects);
  const { launchBrowser } = await import('../render/browser/launch.js');
  const browser = await launchBrowser(effects);
  try {
    return await drawFiles(report, { ...drawing, formats, browser: Promise.resolve(browser) }, effects);
  } finally {
    await browser.close();
  }
}

async function readReport(file: string): Promise<Report> {
  const unusable = (reason: string, cause?: unknown) =>
    new ReportError(`${file} cannot be used: ${reason}.`, {
      code: 'report-unreadable',
      exitCode: EXIT.usage,
      hint: 'Name a report.json that roi-report build wrote.',
      cause,
    });
  const { reportSchema } = await import('../report/schema.js');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable(messageOf(error), error);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw unusable(`it is not JSON (${messageOf(error)})`, error);
  }
  const parsed = reportSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(`${issue?.path.join('.') || 'the report'}: ${issue?.message}`, parsed.error);
}

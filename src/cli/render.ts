import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode, messageOf, ReportError } from '../errors.js';
import type { Report } from '../report/schema.js';
import { configFile, configOption } from './shared-options.js';
import type { Terminal } from './terminal.js';

interface RenderFlags {
  out?: string;
  config?: string;
  html?: false;
  pdf?: false;
  json?: true;
}

export function renderCommand(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('render')
    .summary('report.json → html, pdf')
    .description('Draws a saved report.json as HTML and PDF again; the data are not needed.')
    .argument('<report.json>', 'the report to draw')
    .option('--out <folder>', 'where the files go (default: beside the report)')
    .addOption(configOption())
    .option('--no-html', 'leave out the HTML')
    .option('--no-pdf', 'leave out the PDF')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, flags: RenderFlags) => done(await render(file, flags, terminal)));
}

async function render(file: string, flags: RenderFlags, terminal: Terminal): Promise<ExitCode> {
  const effects = terminal.effects({ quiet: flags.json === true });
  const started = effects.now();
  const { loadConfig } = await import('../config/load.js');
  const [report, config] = await Promise.all([readReport(file), loadConfig(configFile(flags.config))]);
  const [{ renderReport, renderPdf }, { writeFiles }, { summary }] = await Promise.all([
    import('../render/render.js'),
    import('../output/write-files.js'),
    import('./summary.js'),
  ]);
  const html = await renderReport(
    report,
    { page: config.report, templates: config.theme.templates },
    effects,
  );
  const files = new Map<string, string | Uint8Array>();
  if (flags.html !== false) files.set('report.html', html);
  if (flags.pdf !== false) {
    const { launchBrowser } = await import('../render/browser/launch.js');
    const browser = await launchBrowser(effects);
    try {
      files.set('report.pdf', await renderPdf(html, report, config.report, browser, effects));
    } finally {
      await browser.close();
    }
  }
  const written = await writeFiles(flags.out ?? path.dirname(file), files);
  const sizes = written.map((name) => ({
    file: name,
    bytes: Buffer.byteLength(files.get(path.basename(name)) ?? ''),
  }));
  terminal.print(summary(report, sizes, effects.now().getTime() - started.getTime(), flags.json === true));
  return report.status === 'degraded' ? EXIT.bug : EXIT.ok;
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

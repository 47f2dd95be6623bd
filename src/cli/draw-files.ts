import type { Stopwatch } from '../ci/stopwatch.js';
import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { EXPORT_FORMATS, type ExportFormat, reportFiles } from '../exports/report-files.js';
import type { RunningBrowser } from '../render/browser/launch.js';
import type { Report } from '../report/schema.js';

export interface Drawing {
  formats: readonly ('pdf' | 'html' | ExportFormat)[];
  config: Config;
  /** The browser that prints the PDF, where one is wanted. */
  browser: Promise<RunningBrowser> | undefined;
  stopwatch: Stopwatch;
}

/**
 * The files of a report in the formats that are wanted, by their paths in the edition's folder.
 *
 * @throws ReportError exit code 4 where the report cannot be drawn or printed
 */
export async function drawFiles(
  report: Report,
  { formats, config, browser, stopwatch }: Drawing,
  effects: Effects,
): Promise<Map<string, string | Uint8Array>> {
  const exported = EXPORT_FORMATS.filter((format) => formats.includes(format));
  const files = await stopwatch.time('exports', () => reportFiles(report, exported));
  if (!formats.includes('pdf') && !formats.includes('html')) return files;
  const { renderReport, renderPdf } = await import('../render/render.js');
  const page = config.report;
  const html = await stopwatch.time('html', () =>
    renderReport(report, { page, templates: config.theme.templates, sections: config.sections }, effects),
  );
  if (formats.includes('html')) files.set('report.html', html);
  if (browser === undefined) return files;
  const pdf = await stopwatch.time('pdf', async () => renderPdf(html, report, page, await browser, effects));
  return files.set('report.pdf', pdf);
}

import type { DrawChart } from '../charts/draw-chart.js';
import type { Effects } from '../effects.js';
import type { Report } from '../report/schema.js';
import type { RunningBrowser } from './browser/launch.js';
import type { Page } from './page-css.js';
import { readTemplates } from './templates.js';

export interface RenderOptions {
  page: Page;
  /** Folder with the user's own templates, or null. */
  templates: string | null;
  /** Folders with the user's own sections, whose partials are used; none unless told. */
  sections?: readonly string[];
  /** Draws the charts; in this thread unless told. */
  draw?: DrawChart;
  /** The address of a font file by its path; without it, fonts are inside the document. */
  fontAddress?: (file: string) => string;
}

/**
 * Draws the Report as one self-contained HTML document.
 *
 * @throws ReportError exit code 4 where a chart or a template fails
 */
export async function renderReport(
  report: Report,
  { page, templates, sections, draw, fontAddress }: RenderOptions,
  effects: Effects,
): Promise<string> {
  effects.progress('Drawing the charts');
  const [{ renderCharts }, { renderHtml }, files] = await Promise.all([
    import('../charts/render-charts.js'),
    import('./html.js'),
    readTemplates(templates, sections),
  ]);
  // All that the charts have to tell are warnings.
  const svgs = await renderCharts(report, effects, draw);
  effects.signal.throwIfAborted();
  effects.progress('Filling the templates');
  const { html, uncovered } = renderHtml({
    report,
    svgs,
    templates: files,
    page,
    ...(fontAddress && { fontAddress }),
  });
  if (uncovered.length > 0) {
    effects.warn(
      `No font has these characters, they may print as boxes: ${uncovered.slice(0, 20).join(' ')}`,
    );
  }
  return html;
}

/** Prints the HTML of a report; what the page asked for and was refused is told as a warning. */
export async function renderPdf(
  html: string,
  report: Report,
  page: Page,
  browser: RunningBrowser,
  effects: Effects,
): Promise<Uint8Array> {
  effects.progress('Printing the PDF');
  const { printPdf } = await import('./print-pdf.js');
  const { pdf, blocked } = await printPdf(browser, html, {
    ...page,
    asOf: report.meta.asOf,
    signal: effects.signal,
  });
  for (const address of blocked) effects.warn(`Blocked while printing: ${address}`);
  return pdf;
}

// Ten reports in this process, on one browser: `node --expose-gc ten-reports.mjs`.
import { loadConfig } from '../../dist/config/load.js';
import { quietEffects } from '../../dist/effects.js';
import { computeReport } from '../../dist/pipeline/compute-report.js';
import { launchBrowser } from '../../dist/render/browser/launch.js';
import { renderPdf, renderReport } from '../../dist/render/render.js';
import { AS_OF, CONFIG, SAMPLE } from './places.mjs';

const effects = quietEffects();
const config = await loadConfig(CONFIG);
const page = config.report;
const browser = await launchBrowser(effects);
const reports = [];
try {
  for (let number = 1; number <= 10; number++) {
    const started = performance.now();
    const { report } = await computeReport({ dataDir: SAMPLE, config, asOf: AS_OF }, effects);
    const html = await renderReport(report, { page, templates: config.theme.templates }, effects);
    const pdf = await renderPdf(html, report, page, browser, effects);
    const milliseconds = performance.now() - started;
    globalThis.gc?.();
    reports.push({ milliseconds, memoryBytes: process.memoryUsage.rss(), pdfBytes: pdf.length });
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(reports));

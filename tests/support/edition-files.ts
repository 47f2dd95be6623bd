import { quietEffects } from '../../src/effects.js';
import { csvText } from '../../src/output/csv.js';
import type { RunningBrowser } from '../../src/render/browser/launch.js';
import { printPdf } from '../../src/render/print-pdf.js';
import { renderReport } from '../../src/render/render.js';
import type { Report } from '../../src/report/schema.js';
import { readPdf } from './pdf.js';

const page = { paper: 'A4', orientation: 'portrait' } as const;

/** What a reader of an edition can find in it: the files' text, by their names. Without a browser there is no PDF. */
export async function editionFiles(
  report: Report,
  browser: RunningBrowser | null,
): Promise<Map<string, string>> {
  const effects = quietEffects();
  const html = await renderReport(report, { page, templates: null }, effects);
  const tables = report.sections.flatMap((section) => section.tables);
  const files = new Map([
    ['report.json', JSON.stringify(report)],
    ['report.html', html],
    [
      'tables.csv',
      tables
        .map(({ columns, rows }) =>
          csvText(
            columns.map(({ label }) => label),
            rows.map((row) => columns.map(({ key }) => row[key] ?? null)),
          ),
        )
        .join(''),
    ],
  ]);
  if (browser === null) return files;
  const { pdf } = await printPdf(browser, html, { ...page, asOf: report.meta.asOf, signal: effects.signal });
  const { pages, title, outline } = await readPdf(pdf);
  const text = pages.map((texts) => texts.map(({ text: part }) => part).join('')).join('\n');
  return files
    .set('report.pdf', [title, ...outline, text].join('\n'))
    .set('report.pdf, as bytes', latin1(pdf));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Which of these words stand in which file, in any case and however they are broken into lines: `file: word`. */
export function found(files: ReadonlyMap<string, string>, words: readonly string[]): string[] {
  return [...files].flatMap(([file, text]) => {
    const plain = squeezed(text);
    return words.filter((word) => plain.includes(squeezed(word))).map((word) => `${file}: ${word}`);
  });
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

import { z } from 'zod';
import { assertRanges } from './config/filter-ranges.js';
import { filters as filtersSchema } from './config/filters.js';
import { configOf, loadConfig } from './config/load.js';
import type { Config, configSchema } from './config/schema.js';
import { type Effects, quietEffects } from './effects.js';
import { EXIT, ReportError } from './errors.js';
import { type Content, type ExportFormat, reportFiles } from './exports/report-files.js';
import { dayIn } from './model/calendar.js';
import type { Filters } from './model/filters.js';
import type { Report } from './report/schema.js';

export type { Effects } from './effects.js';
export { quietEffects } from './effects.js';
export type { ExitCode } from './errors.js';
export { EXIT, ReportError } from './errors.js';
export type { Content, ExportFormat } from './exports/report-files.js';
export type { Filters } from './model/filters.js';
export type { Chart, Check, Control, Finding, Kpi, Report, Row, Section, Table } from './report/schema.js';
export type { Config };

/** The settings of config/report.yaml as an object; what is left out gets its default. */
export type ConfigInput = z.input<typeof configSchema>;

/** A configuration: the path of a YAML file, or its settings, whose paths start from the current folder. */
export type ConfigSource = string | ConfigInput;

export interface BuildInputs {
  /** Folder with the tables influencers, posts, tracking_data and payouts. */
  data: string;
  /** All defaults unless told. */
  config?: ConfigSource;
  /** ISO day on which the report is made; today in its time zone unless told. */
  asOf?: string;
  /** Each that is given takes the place of the configuration's. */
  filters?: Partial<Filters>;
}

export interface RenderOptions {
  /** Paper, own templates and own sections are taken from it; all defaults unless told. */
  config?: ConfigSource;
}

/**
 * Reads the tables of a folder and computes the report: every figure, table and chart, nothing drawn. Money is in major units, ratios are
 * unrounded, what is undefined is null.
 *
 * @param effects - clock, progress, warnings and abort; quiet unless told
 * @throws ReportError with `code`, `exitCode` and `hint`: 2 for inputs and configuration, 3 for data that cannot be used, 1 for figures that
 * do not add up
 * @example
 * import { buildReport } from 'roi-report';
 *
 * const report = await buildReport({
 *   data: 'data',
 *   config: { report: { brand: 'Tezbal' }, thresholds: { roasBelow: 0.8 } },
 *   asOf: '2026-06-28',
 *   filters: { categories: ['Fitness'], minFollowers: 100_000 },
 * });
 * for (const { label, value } of report.sections[0]?.kpis ?? []) process.stdout.write(`${label}: ${value}\n`);
 */
export async function buildReport(inputs: BuildInputs, effects: Effects = quietEffects()): Promise<Report> {
  const config = await configFrom(inputs.config);
  const filters = checked('filters', filtersSchema, { ...config.filters, ...inputs.filters });
  assertRanges(filters);
  const asOf =
    inputs.asOf === undefined
      ? dayIn(config.report.timezone, effects.now())
      : checked('asOf', z.iso.date(), inputs.asOf);
  const { computeReport } = await import('./pipeline/compute-report.js');
  const { report } = await computeReport(
    { dataDir: inputs.data, config: { ...config, filters }, asOf },
    effects,
  );
  return report;
}

/**
 * Draws a report as one self-contained HTML document, with its styles, fonts, charts and script inside.
 *
 * @param report - of `buildReport`, or a saved report.json
 * @throws ReportError exit code 4 where a chart or a template fails, 2 for the configuration
 * @example
 * import { writeFile } from 'node:fs/promises';
 * import { buildReport, renderHtml } from 'roi-report';
 *
 * const report = await buildReport({ data: 'data', asOf: '2026-06-28' });
 * await writeFile('report.html', await renderHtml(report, { config: { report: { paper: 'Letter' } } }));
 */
export async function renderHtml(
  report: Report,
  options: RenderOptions = {},
  effects: Effects = quietEffects(),
): Promise<string> {
  return drawn(report, await configFrom(options.config), effects);
}

/**
 * Prints a report as a PDF with text, tags and bookmarks. It starts a browser of its own and closes it again.
 *
 * @param report - of `buildReport`, or a saved report.json
 * @param options - `html`: what `renderHtml` made of the same report and configuration, so that it is not drawn again
 * @throws ReportError exit code 4 where a chart, a template or the browser fails, 2 for the configuration
 * @example
 * import { writeFile } from 'node:fs/promises';
 * import { buildReport, renderHtml, renderPdf } from 'roi-report';
 *
 * const report = await buildReport({ data: 'data', asOf: '2026-06-28' });
 * const html = await renderHtml(report);
 * await writeFile('report.pdf', await renderPdf(report, { html }));
 */
export async function renderPdf(
  report: Report,
  options: RenderOptions & { html?: string } = {},
  effects: Effects = quietEffects(),
): Promise<Uint8Array> {
  const config = await configFrom(options.config);
  const html = options.html ?? (await drawn(report, config, effects));
  const [{ launchBrowser }, { renderPdf: print }] = await Promise.all([
    import('./render/browser/launch.js'),
    import('./render/render.js'),
  ]);
  const browser = await launchBrowser(effects);
  try {
    return await print(html, report, config.report, browser, effects);
  } finally {
    await browser.close();
  }
}

/**
 * The report as files for other programs, by name: `report.json`, `report.xlsx`, `tables/<section>.<table>.csv` and `.parquet`. Every figure
 * is the one of the report to the last digit.
 *
 * @param formats - which of json, csv, xlsx and parquet
 * @example
 * import { buildReport, exportReport } from 'roi-report';
 *
 * const report = await buildReport({ data: 'data', asOf: '2026-06-28' });
 * const files = await exportReport(report, ['csv', 'xlsx']);
 * process.stdout.write(String(files.get('tables/campaign-deep-dive.campaigns.csv')));
 */
export function exportReport(report: Report, formats: Iterable<ExportFormat>): Promise<Map<string, Content>> {
  return reportFiles(report, formats);
}

async function drawn(report: Report, config: Config, effects: Effects): Promise<string> {
  const { renderReport } = await import('./render/render.js');
  const { report: page, theme, sections } = config;
  return renderReport(report, { page, templates: theme.templates, sections }, effects);
}

function configFrom(source: ConfigSource | undefined): Promise<Config> {
  if (source === undefined || typeof source === 'string') return loadConfig(source ?? null);
  return configOf(source, process.cwd());
}

function checked<Value>(name: string, schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ReportError(`${[name, ...(issue?.path ?? [])].join('.')}: ${issue?.message}`, {
    code: 'input-invalid',
    exitCode: EXIT.usage,
    hint: 'Days are written YYYY-MM-DD; filters have the names and types of those in the configuration.',
  });
}

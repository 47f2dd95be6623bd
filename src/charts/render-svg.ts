import type { View } from 'vega';
import type { Chart } from '../report/schema.js';
import { chartTheme } from './theme.js';
import { TIP } from './tip.js';

/** Width in px of a text in the report's own fonts. */
export type Measure = (text: string, size: number, weight?: number) => number;

export interface SvgOptions {
  measure: Measure;
  /** Called for whatever vega and vega-lite complain about. */
  onWarning: (warning: string) => void;
}

/**
 * Draws a chart to a responsive SVG with its alternative text; the values that a reader may point at stand in `data-tip`.
 * Reads no file and no network, whatever the specification says.
 *
 * @throws whatever vega throws for a specification that is not valid
 */
export async function renderSvg(chart: Chart, { measure, onWarning }: SvgOptions): Promise<string> {
  const vega = await import('vega');
  vega.textMetrics.width = (item, text) => {
    const width = measure(text, item.fontSize ?? 11, Number(item.fontWeight ?? 400) || 400);
    return item.limit ? Math.min(item.limit, width) : width;
  };
  vega.resetSVGDefIds();
  const view = await viewOf(chart, collectingLogger(onWarning, onWarning));
  try {
    const svg = await view.toSVG();
    return accessible(svg, chart);
  } finally {
    view.finalize();
  }
}

/**
 * Does all that drawing a chart takes but for the drawing, to see whether it can be drawn.
 *
 * @throws whatever vega throws for a specification that is not valid
 */
export async function tryChart(chart: Chart): Promise<void> {
  const failures: string[] = [];
  const view = await viewOf(
    chart,
    collectingLogger(
      (failure) => failures.push(failure),
      () => {},
    ),
  );
  try {
    await view.runAsync();
  } finally {
    view.finalize();
  }
  if (failures[0] !== undefined) throw new Error(failures[0]);
}

async function viewOf(chart: Chart, logger: never): Promise<View> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  // Vega marks the rows that it draws; those of the report stay as they are.
  const spec: unknown = structuredClone(chart.spec);
  const compiled = compile(spec as Parameters<typeof compile>[0], { config: chartTheme, logger });
  return new vega.View(vega.parse(compiled.spec), { renderer: 'none', loader: closedLoader(), logger });
}

function closedLoader() {
  const refuse = async (uri: string): Promise<never> => {
    throw new Error(`A chart may not load "${uri}"; its data have to be in the specification.`);
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

function collectingLogger(onError: (error: string) => void, onWarning: (warning: string) => void) {
  const to =
    (report: (words: string) => void) =>
    (...parts: readonly unknown[]) => {
      report(parts.map(String).join(' '));
      return logger;
    };
  const ignore = () => logger;
  const logger = {
    level: () => logger,
    error: to(onError),
    warn: to(onWarning),
    info: ignore,
    debug: ignore,
  };
  return logger as never;
}

/** One image with one description, instead of a tree of roles; marks keep their text for the tooltip. */
function accessible(svg: string, { id, alt }: Chart): string {
  const [, width = '0', height = '0'] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const inner = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/ (?:role|aria-roledescription|aria-hidden)="[^"]*"/g, '')
    .replace(/ aria-label="([^"]*)"/g, (_, label: string) =>
      label.startsWith(TIP) ? ` data-tip="${label.slice(TIP.length)}"` : '',
    )
    .replace(/(id="|url\(#)(clip|gradient)/g, (_, before: string, name: string) => `${before}${id}-${name}`);
  return `<svg role="img" aria-label="${escapeAttribute(alt)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${inner}`;
}

/** A text as it stands between the quotes of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

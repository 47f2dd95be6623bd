import type { Effects } from '../effects.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { createMeasure } from '../fonts/measure.js';
import type { Report } from '../report/schema.js';
import { renderSvg } from './render-svg.js';

/**
 * Draws all charts of a report.
 *
 * @returns `section/chart` → SVG
 * @throws ReportError `chart-failed` (exit code 4) that names section and chart
 */
export async function renderCharts(
  report: Report,
  { warn, signal }: Pick<Effects, 'warn' | 'signal'>,
): Promise<Map<string, string>> {
  const measure = createMeasure();
  const svgs = new Map<string, string>();
  for (const section of report.sections) {
    for (const chart of section.charts) {
      signal.throwIfAborted();
      const name = `${section.id}/${chart.id}`;
      const onWarning = (warning: string) => warn(`Chart ${name}: ${warning}`);
      try {
        svgs.set(name, await renderSvg(chart, { measure, onWarning }));
      } catch (error) {
        throw new ReportError(`The chart ${name} cannot be drawn: ${messageOf(error)}`, {
          code: 'chart-failed',
          exitCode: EXIT.rendering,
          hint: 'Check the chart’s Vega-Lite specification in report.json.',
          cause: error,
        });
      }
    }
  }
  return svgs;
}

import type { Effects } from '../effects.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { Chart, Report } from '../report/schema.js';
import { chartDrawer, type DrawChart } from './draw-chart.js';

/**
 * Draws all charts of a report.
 *
 * @param draw - draws one chart; in this thread unless told
 * @returns `section/chart` → SVG
 * @throws ReportError `chart-failed` (exit code 4) that names section and chart
 */
export async function renderCharts(
  report: Report,
  { warn, signal }: Pick<Effects, 'warn' | 'signal'>,
  draw: DrawChart = chartDrawer(),
): Promise<Map<string, string>> {
  const svgs = new Map<string, string>();
  for (const section of report.sections) {
    for (const chart of section.charts) {
      signal.throwIfAborted();
      const key = `${section.id}/${chart.id}`;
      const name = fileOf(chart) ?? key;
      try {
        const { svg, warnings } = await draw(chart);
        for (const warning of warnings) warn(`Chart ${name}: ${warning}`);
        svgs.set(key, svg);
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

/** The file that a chart of the user's own comes from. */
function fileOf({ spec: { usermeta } }: Chart): string | null {
  return typeof usermeta === 'object' && usermeta !== null && 'file' in usermeta
    ? String(usermeta.file)
    : null;
}

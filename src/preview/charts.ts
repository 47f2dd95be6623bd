import { createHash } from 'node:crypto';
import type { DrawChart, DrawnChart } from '../charts/draw-chart.js';
import { escapeAttribute } from '../charts/render-svg.js';
import type { Chart, Report } from '../report/schema.js';
import { remember } from './remember.js';

/**
 * The charts of reports that are looked at: figures do not wait for them, and none is drawn twice. The page asks for them once it has drawn the
 * figures, so that these have all cores.
 */
export interface Charts {
  /** The chart, once it is drawn. */
  drawn: DrawChart;
  /** The chart where it is drawn already, else an empty place of the size of the last one of its name. */
  drawnOrPlace: DrawChart;
  /** The charts of a report once they are drawn, by the `data-waits-for` of their places. */
  all(report: Report): Promise<Record<string, string>>;
}

/** Charts remembered: those of some twenty reports. */
const REMEMBERED = 160;
/** The place of a chart that has never been drawn, in px: the text column, and a usual height. */
const FIRST_SIZE = { width: '672', height: '220' };

/** @param draw - draws a chart, beside whatever else goes on */
export function openCharts(draw: DrawChart): Charts {
  const drawings = remember<DrawnChart>(REMEMBERED);
  const finished = new Map<string, DrawnChart>();
  const sizes = new Map<string, typeof FIRST_SIZE>();

  const drawn: DrawChart = (chart) => {
    const name = nameOf(chart);
    return drawings(name, async () => {
      const result = await draw(chart);
      finished.set(name, result);
      for (const old of [...finished.keys()].slice(0, -REMEMBERED)) finished.delete(old);
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(result.svg) ?? [];
      if (width !== undefined && height !== undefined) sizes.set(chart.id, { width, height });
      return result;
    });
  };
  return {
    drawn,
    async drawnOrPlace(chart) {
      const name = nameOf(chart);
      return finished.get(name) ?? { svg: placeOf(chart, name, sizes.get(chart.id)), warnings: [] };
    },
    async all(report) {
      const charts = report.sections.flatMap((section) => section.charts);
      return Object.fromEntries(
        await Promise.all(charts.map(async (chart) => [nameOf(chart), (await drawn(chart)).svg])),
      );
    },
  };
}

function nameOf(chart: Chart): string {
  return createHash('sha256').update(JSON.stringify(chart)).digest('hex').slice(0, 16);
}

function placeOf({ alt }: Chart, name: string, { width, height } = FIRST_SIZE): string {
  return `<svg role="img" aria-label="${escapeAttribute(alt)}" data-waits-for="${name}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"></svg>`;
}

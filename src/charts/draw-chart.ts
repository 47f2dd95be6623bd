import { createMeasure } from '../fonts/measure.js';
import type { Chart } from '../report/schema.js';
import { renderSvg } from './render-svg.js';

export interface DrawnChart {
  svg: string;
  /** What vega and vega-lite complained about. */
  warnings: string[];
}

/** Draws a chart to SVG; throws whatever vega throws for a specification that is not valid. */
export type DrawChart = (chart: Chart) => Promise<DrawnChart>;

/** Draws charts in this thread, one after the other; what it measured of one serves the next. */
export function chartDrawer(): DrawChart {
  const measure = createMeasure();
  return async (chart) => {
    const warnings: string[] = [];
    const svg = await renderSvg(chart, { measure, onWarning: (warning) => warnings.push(warning) });
    return { svg, warnings };
  };
}

import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';

export interface DivergingBar {
  name: string;
  value: number;
  label: string;
  tip: string;
}

/** Bars to the left and right of a zero line, in the order given, each with its signed label at the end. */
export function divergingBars(bars: readonly DivergingBar[], zeroLabel: string): ChartSpec {
  const reach = Math.max(...bars.map((bar) => Math.abs(bar.value)), Number.EPSILON);
  const low = bars.some((bar) => bar.value < 0) ? -reach : 0;
  const high = bars.some((bar) => bar.value >= 0) ? reach : 0;
  return chartSpec({
    width: COLUMN,
    height: Math.max(60, bars.length * 18 + 22),
    data: { values: withTips(bars) },
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, axis: { title: null, labelLimit: 170 } },
      x: {
        field: 'value',
        type: 'quantitative',
        scale: { domain: [low * 1.14, high * 1.14], nice: false },
        axis: { values: [0], labelExpr: JSON.stringify(zeroLabel), title: null, labelBound: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: 10 },
        encoding: {
          color: { condition: { test: 'datum.value < 0', value: colors.badFill }, value: colors.good },
          description: { field: 'tip' },
        },
      },
      {
        transform: [{ filter: 'datum.value >= 0' }],
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { text: { field: 'label' } },
      },
      {
        transform: [{ filter: 'datum.value < 0' }],
        mark: { type: 'text', align: 'right', dx: -5 },
        encoding: { text: { field: 'label' } },
      },
      {
        data: { values: [{}] },
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: { x: { datum: 0 }, y: { value: 0 }, y2: { value: 'height' } },
      },
    ],
  });
}

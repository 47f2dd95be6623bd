import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';

export interface RankedBar {
  name: string;
  value: number;
  label: string;
  tip: string;
  /** Drawn in grey rather than in the accent. */
  muted?: boolean;
}

/** Horizontal bars from zero, in the order given, each with its value written at the end, so that no axis is needed. */
export function rankedBars(bars: readonly RankedBar[], width: number = COLUMN): ChartSpec {
  const high = Math.max(0, ...bars.map((bar) => bar.value));
  const low = Math.min(0, ...bars.map((bar) => bar.value));
  const room = width < COLUMN ? 1.45 : 1.2;
  return chartSpec({
    width,
    height: Math.max(40, bars.length * 21),
    data: { values: withTips(bars).map((bar) => ({ muted: false, ...bar })) },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: null,
        axis: { title: null, labelLimit: width < COLUMN ? 110 : 190 },
      },
      x: {
        field: 'value',
        type: 'quantitative',
        axis: null,
        scale: { domain: [low * room, high === low ? 1 : high * room], nice: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: 10 },
        encoding: {
          color: {
            condition: { test: 'datum.muted || datum.value < 0', value: colors.muted },
            value: colors.accent,
          },
          description: { field: 'tip' },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 5 },
        encoding: { text: { field: 'label' }, x: { field: 'value', type: 'quantitative' } },
      },
    ],
  });
}

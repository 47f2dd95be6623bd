import { roomAtEnds, roughWidth } from '../axis.js';
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
  const names = width < COLUMN ? 150 : 190;
  const room = Math.max(0, ...bars.map((bar) => roughWidth(bar.label))) + 8;
  const label = (test: string, align: 'left' | 'right', dx: number) => ({
    transform: [{ filter: test }],
    mark: { type: 'text' as const, align, dx },
    encoding: { text: { field: 'label' }, x: { field: 'value', type: 'quantitative' as const } },
  });
  return chartSpec({
    width,
    height: Math.max(40, bars.length * 21),
    data: { values: withTips(bars).map((bar) => ({ muted: false, ...bar })) },
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: null,
        axis: { title: null, labelLimit: names },
      },
      x: {
        field: 'value',
        type: 'quantitative',
        axis: null,
        scale: {
          domain: high === low ? [0, 1] : roomAtEnds([low, high], width - names - 10, room),
          nice: false,
        },
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
      label('datum.value >= 0', 'left', 5),
      label('datum.value < 0', 'right', -5),
    ],
  });
}

import { roundAxis } from '../axis.js';
import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';

export interface PairedBar {
  name: string;
  revenue: number;
  payout: number;
  /** Written at the end of the pair. */
  label: string;
  /** Whether the label tells of a loss. */
  bad: boolean;
  tip: string;
}

/** Revenue and payout side by side for each name, in the order given, with a label at the end. */
export function pairedBars(bars: readonly PairedBar[], write: (money: number) => string): ChartSpec {
  const { domain, axis } = roundAxis(
    bars.flatMap((bar) => [bar.revenue, bar.payout]),
    write,
  );
  const values = withTips(bars).map((bar) => ({ ...bar, end: Math.max(bar.revenue, bar.payout, 0) }));
  return chartSpec({
    width: COLUMN,
    height: Math.max(60, bars.length * 24 + 24),
    data: { values },
    encoding: { y: { field: 'name', type: 'nominal', sort: null, axis: { title: null, labelLimit: 170 } } },
    layer: [
      {
        transform: [{ fold: ['payout', 'revenue'], as: ['measure', 'amount'] }],
        mark: { type: 'bar', height: 8 },
        encoding: {
          x: {
            field: 'amount',
            type: 'quantitative',
            scale: { domain: [domain[0], domain[1] * 1.08], nice: false },
            axis: { ...axis, title: null, orient: 'top', grid: true },
          },
          yOffset: {
            field: 'measure',
            type: 'nominal',
            scale: { domain: ['payout', 'revenue'], range: [5, 14] },
          },
          color: {
            field: 'measure',
            type: 'nominal',
            scale: { domain: ['payout', 'revenue'], range: [colors.muted, colors.accent] },
          },
          description: { field: 'tip' },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, fontWeight: 600 },
        encoding: {
          x: { field: 'end', type: 'quantitative' },
          text: { field: 'label' },
          color: {
            field: 'bad',
            type: 'nominal',
            scale: { domain: [false, true], range: [colors.good, colors.bad] },
          },
          description: { field: 'tip' },
        },
      },
    ],
    resolve: { scale: { color: 'independent' } },
  });
}

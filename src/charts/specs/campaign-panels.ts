import { labelled, roomAtEnds, roughWidth, roundAxis } from '../axis.js';
import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';

export interface CampaignBar {
  name: string;
  revenue: number;
  payout: number;
  /** Null where undefined: no bar, no label. */
  iroas: number | null;
  roasLabel: string;
  iroasLabel: string;
  /** Whether the campaign loses money. */
  bad: boolean;
  tip: string;
}

const NAMES = 160;
const GAP = 26;
const DIVERGING = 170;
const PAIRED = COLUMN - NAMES - GAP - DIVERGING;

/**
 * A row a campaign, in the order given: revenue and payout side by side with the ROAS at their end, and beside them, on the same
 * row, the distance of that ROAS from the baseline.
 */
export function campaignPanels(
  bars: readonly CampaignBar[],
  words: { money: (value: number) => string; baseline: string | null },
): ChartSpec {
  const height = Math.max(40, bars.length * 23);
  const values = withTips(bars).map((bar) => ({ ...bar, end: Math.max(bar.revenue, bar.payout, 0) }));
  const panels =
    words.baseline === null
      ? [paired(bars, words.money, height)]
      : [paired(bars, words.money, height), diverging(bars, words.baseline, height)];
  return chartSpec({
    data: { values },
    spacing: GAP,
    autosize: { type: 'pad' },
    hconcat: panels,
  } as Parameters<typeof chartSpec>[0]);
}

function paired(bars: readonly CampaignBar[], money: (value: number) => string, height: number): object {
  const { domain, axis } = roundAxis(
    bars.flatMap((bar) => [bar.revenue, bar.payout]),
    money,
    4,
  );
  return {
    width: PAIRED,
    height,
    encoding: {
      y: {
        field: 'name',
        type: 'nominal',
        sort: null,
        axis: { title: null, labelLimit: NAMES - 10, minExtent: NAMES, maxExtent: NAMES, labelFontSize: 11 },
      },
    },
    layer: [
      {
        transform: [{ fold: ['payout', 'revenue'], as: ['measure', 'amount'] }],
        mark: { type: 'bar', height: 8 },
        encoding: {
          x: {
            field: 'amount',
            type: 'quantitative',
            scale: {
              domain: roomAtEnds(domain, PAIRED, longest(bars.map((bar) => bar.roasLabel))),
              nice: false,
            },
            axis: { ...axis, title: null, orient: 'top', grid: true, labelBound: true },
          },
          yOffset: {
            field: 'measure',
            type: 'nominal',
            scale: { domain: ['payout', 'revenue'], range: [7, 16] },
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
          text: { field: 'roasLabel' },
          color: { condition: { test: 'datum.bad', value: colors.bad }, value: colors.good },
        },
      },
    ],
  };
}

function diverging(bars: readonly CampaignBar[], baseline: string, height: number): object {
  const distances = bars.map((bar) => bar.iroas ?? 0);
  // Zero stays off the edges, so that the baseline's label has room on both sides.
  const reach = Math.max(...distances.map(Math.abs), Number.EPSILON);
  const domain: [number, number] = [
    Math.min(-0.05 * reach, ...distances),
    Math.max(0.05 * reach, ...distances),
  ];
  const text = (test: string, align: 'left' | 'right', dx: number) => ({
    transform: [{ filter: `isValid(datum.iroas) && ${test}` }],
    mark: { type: 'text', align, dx },
    encoding: { text: { field: 'iroasLabel' } },
  });
  return {
    width: DIVERGING,
    height,
    encoding: {
      y: { field: 'name', type: 'nominal', sort: null, axis: null },
      x: {
        field: 'iroas',
        type: 'quantitative',
        scale: {
          domain: roomAtEnds(domain, DIVERGING, longest(bars.map((bar) => bar.iroasLabel))),
          nice: false,
        },
        axis: {
          ...labelled([0], () => baseline),
          title: null,
          orient: 'top',
          labelBound: false,
          labelFlush: false,
        },
      },
    },
    layer: [
      {
        transform: [{ filter: 'isValid(datum.iroas)' }],
        mark: { type: 'bar', height: 10 },
        encoding: {
          color: { condition: { test: 'datum.iroas < 0', value: colors.badFill }, value: colors.good },
          description: { field: 'tip' },
        },
      },
      text('datum.iroas >= 0', 'left', 5),
      text('datum.iroas < 0', 'right', -5),
      {
        mark: 'rule',
        data: { values: [{ zero: 0 }] },
        encoding: { x: { field: 'zero', type: 'quantitative' }, y: { value: 0 }, y2: { value: height } },
      },
    ],
  };
}

/** Room for the widest of the labels and its distance from the bar. */
function longest(labels: readonly string[]): number {
  return Math.max(...labels.map(roughWidth)) + 8;
}

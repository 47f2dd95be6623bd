import { ticks } from 'd3-array';
import { labelled } from '../axis.js';
import { type ChartSpec, chartSpec } from '../spec.js';
import { categorical, colors } from '../theme.js';
import { withTips } from '../tip.js';
import { LARGEST, namesThatFit, PLOT, root, SMALLEST } from './bubble-names.js';

export interface Bubble {
  name: string;
  followers: number;
  /** Null where undefined: drawn in a strip below the axis, never at zero. */
  roas: number | null;
  revenue: number;
  group: string;
  tip: string;
}

export interface BubbleWords {
  followers: (value: number) => string;
  roas: (value: number) => string;
  baseline: string;
  undefinedRoas: string;
}

const HEIGHT = 420;
const STRIP = 26;
const TICK_DISTANCE = 14;

/**
 * ROAS over followers (log), a bubble an influencer, its area the revenue, its colour the group; the baseline as a line. ROAS
 * is drawn by its square root, so that a few high values do not flatten the rest.
 */
export function bubbles(
  points: readonly Bubble[],
  groups: readonly string[],
  baseline: number | null,
  words: BubbleWords,
): ChartSpec {
  const high = Math.max(1, baseline ?? 0, ...points.map((point) => point.roas ?? 0));
  const low = Math.min(0, ...points.map((point) => point.roas ?? 0));
  const hasUndefined = points.some((point) => point.roas === null);
  const bottom = hasUndefined ? HEIGHT - STRIP : HEIGHT;
  const followers = points.map((point) => Math.max(1, point.followers));
  const xDomain: [number, number] = [Math.min(...followers) * 0.7, Math.max(...followers) * 1.5];
  const yScale = {
    type: 'pow' as const,
    exponent: 0.5,
    domain: [low, high * 1.1],
    range: [bottom, 10],
    nice: false,
  };
  const x = {
    field: 'followers',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: xDomain, nice: false },
    axis: { ...labelled(decades(xDomain), words.followers), title: 'Followers (log scale)', grid: true },
  };
  const y = {
    field: 'roas',
    type: 'quantitative' as const,
    scale: yScale,
    axis: {
      ...labelled(squareTicks(low, high, bottom), words.roas),
      title: 'ROAS (square-root scale)',
      titleAngle: 0,
      titleAlign: 'left' as const,
      titleX: -30,
      titleY: -6,
      grid: true,
      labelColor: colors.grey,
    },
  };
  const encoding = {
    size: {
      field: 'area',
      type: 'quantitative' as const,
      scale: {
        domain: [0, Math.max(1, ...points.map((point) => point.revenue))],
        range: [SMALLEST, LARGEST],
        nice: false,
      },
    },
    color: {
      field: 'group',
      type: 'nominal' as const,
      scale: { domain: [...groups], range: [...categorical.slice(0, groups.length)] },
    },
    description: { field: 'tip' },
  };
  const drawn = withTips(points)
    .map((point) => ({ ...point, followers: Math.max(1, point.followers), area: Math.max(0, point.revenue) }))
    .sort((a, b) => b.area - a.area);
  const mark = { type: 'point' as const, filled: true, opacity: 0.72, stroke: '#ffffff', strokeWidth: 0.6 };
  const names = namesThatFit(
    drawn,
    xDomain,
    [low, high * 1.1],
    bottom,
    baseline === null ? null : { roas: baseline, label: words.baseline },
  );
  return chartSpec({
    width: PLOT,
    height: HEIGHT,
    autosize: { type: 'pad' },
    data: { values: drawn },
    layer: [
      { transform: [{ filter: 'isValid(datum.roas)' }], mark, encoding: { x, y, ...encoding } },
      ...(hasUndefined
        ? [
            {
              transform: [{ filter: '!isValid(datum.roas)' }],
              mark,
              encoding: { x, y: { value: HEIGHT - 8 }, ...encoding },
            },
            {
              data: { values: [{ text: words.undefinedRoas }] },
              mark: { type: 'text' as const, align: 'left' as const, color: colors.grey },
              encoding: { x: { value: 0 }, y: { value: bottom + 7 }, text: { field: 'text' } },
            },
          ]
        : []),
      ...(baseline === null
        ? []
        : [
            {
              data: { values: [{ level: baseline, text: words.baseline }] },
              layer: [
                {
                  mark: { type: 'rule' as const, strokeDash: [3, 3], color: colors.ink },
                  encoding: { y: { field: 'level', type: 'quantitative' as const } },
                },
                {
                  mark: {
                    type: 'text' as const,
                    align: 'left' as const,
                    baseline: 'bottom' as const,
                    dy: -3,
                  },
                  encoding: {
                    x: { value: 0 },
                    y: { field: 'level', type: 'quantitative' as const },
                    text: { field: 'text' },
                  },
                },
              ],
            },
          ]),
      ...(['left', 'right', 'center'] as const).map((align) => ({
        data: { values: names.filter((label) => label.align === align) },
        mark: { type: 'text' as const, align, fontWeight: 500 as const },
        encoding: {
          x: { field: 'x', type: 'quantitative' as const, scale: null },
          y: { field: 'y', type: 'quantitative' as const, scale: null },
          text: { field: 'name' },
        },
      })),
    ],
  });
}

function decades([low, high]: [number, number]): number[] {
  const first = Math.ceil(Math.log10(low));
  return Array.from(
    { length: Math.floor(Math.log10(high)) - first + 1 },
    (_, index) => 10 ** (first + index),
  );
}

/** Round values that lie about evenly on a square-root axis of so many px, with room for a label each. */
function squareTicks(low: number, high: number, length: number): number[] {
  const doubling = Array.from({ length: Math.floor(Math.log2(high)) + 2 }, (_, index) => 2 ** (index - 1));
  const perRoot = length / (root(high) - root(low));
  const apart = (candidates: readonly number[]) => {
    let last = 0;
    return candidates.filter((tick) => {
      const fits = Math.abs(root(tick) - root(last)) * perRoot >= TICK_DISTANCE;
      if (fits) last = tick;
      return fits;
    });
  };
  const negative = low < 0 ? ticks(low, 0, 2).filter((tick) => tick < 0) : [];
  return [...apart(negative.reverse()), 0, ...apart(doubling)];
}

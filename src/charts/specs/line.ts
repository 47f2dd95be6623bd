import { roundAxis } from '../axis.js';
import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';
import { weekAxis } from './week-columns.js';

export interface LinePoint {
  week: string;
  value: number | null;
  label: string;
  tip: string;
}

const HEIGHT = 170;
/** Height that a label takes, with its distance. */
const LABEL = 24;

/** One line over the weeks with a marked level (such as the ROAS at which spend is earned back) and its last value written out. */
export function levelLine(
  points: readonly LinePoint[],
  level: { value: number; label: string },
  write: { tick: (value: number) => string; day: (week: string) => string },
): ChartSpec {
  const { domain, axis } = roundAxis([...points.map((point) => point.value), level.value], write.tick, 4);
  const last = points.findLast((point) => point.value !== null);
  const top = domain[1] * 1.15;
  const room = (low: number, high: number) => ((high - low) / (top - domain[0])) * HEIGHT;
  const labelBelow =
    room(level.value, top) < LABEL ||
    ((last?.value ?? 0) >= level.value && room(domain[0], level.value) > LABEL);
  return chartSpec({
    width: COLUMN,
    height: HEIGHT,
    data: { values: withTips(points) },
    encoding: {
      x: {
        field: 'week',
        type: 'ordinal',
        sort: null,
        axis: weekAxis(points, write.day),
        scale: { type: 'point', padding: 0.5 },
      },
    },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', strokeDash: [3, 3], color: colors.grey },
        encoding: { x: { value: 0 }, x2: { value: 'width' }, y: { datum: level.value } },
      },
      {
        data: { values: [{ level: level.value, text: level.label }] },
        mark: {
          type: 'text',
          align: 'right',
          baseline: labelBelow ? 'top' : 'bottom',
          dy: labelBelow ? 5 : -4,
          color: colors.grey,
        },
        encoding: {
          x: { value: 'width' },
          y: { field: 'level', type: 'quantitative' },
          text: { field: 'text' },
        },
      },
      {
        mark: {
          type: 'line',
          color: colors.accent,
          strokeWidth: 1.75,
          invalid: 'break-paths-show-path-domains',
        },
        encoding: {
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { domain: [domain[0], top], nice: false },
            axis: { ...axis, title: null, grid: true, labelColor: colors.grey },
          },
        },
      },
      {
        transform: [{ filter: 'isValid(datum.value)' }],
        mark: { type: 'point', opacity: 0, size: 60, filled: true },
        encoding: { y: { field: 'value', type: 'quantitative' }, description: { field: 'tip' } },
      },
      {
        transform: [{ filter: `datum.week === ${JSON.stringify(last?.week ?? '')}` }],
        layer: [
          {
            mark: { type: 'point', filled: true, size: 34, color: colors.accent, opacity: 1 },
            encoding: { y: { field: 'value', type: 'quantitative' } },
          },
          {
            mark: { type: 'text', align: 'right', dy: -10, fontWeight: 600, color: colors.accent },
            encoding: {
              y: { field: 'value', type: 'quantitative' },
              text: { field: 'label' },
            },
          },
        ],
      },
    ],
  });
}

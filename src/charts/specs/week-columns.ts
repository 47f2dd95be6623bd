import { roundAxis } from '../axis.js';
import { type ChartSpec, chartSpec } from '../spec.js';
import { COLUMN, colors } from '../theme.js';
import { withTips } from '../tip.js';

export interface WeekColumn {
  /** Its Monday, ISO. */
  week: string;
  value: number;
  partial: boolean;
  /** The week that the report speaks of: accented and labelled. */
  current: boolean;
  label: string;
  tip: string;
}

/** A column a week; the report's week in the accent, partial weeks lighter. */
export function weekColumns(
  columns: readonly WeekColumn[],
  write: { money: (value: number) => string; day: (week: string) => string },
  height = 190,
): ChartSpec {
  const { domain, axis } = roundAxis(
    columns.map((column) => column.value),
    write.money,
    4,
  );
  return chartSpec({
    width: COLUMN,
    height,
    data: { values: withTips(columns).map((column) => ({ ...column, kind: kindOf(column) })) },
    encoding: {
      x: {
        field: 'week',
        type: 'ordinal',
        sort: null,
        axis: weekAxis(columns, write.day),
        scale: { paddingInner: 0.25 },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        scale: { domain: [domain[0], domain[1] * 1.12], nice: false },
        axis: { ...axis, title: null, grid: true, labelColor: colors.grey },
      },
    },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          color: {
            field: 'kind',
            type: 'nominal',
            scale: {
              domain: ['current', 'whole', 'partial'],
              range: [colors.accent, '#9aa8b3', colors.hairline],
            },
          },
          description: { field: 'tip' },
        },
      },
      {
        transform: [{ filter: 'datum.current' }],
        mark: { type: 'text', dy: -7, fontWeight: 600, color: colors.accent },
        encoding: { text: { field: 'label' } },
      },
      {
        data: { values: [{}] },
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: { x: { value: 0 }, x2: { value: 'width' }, y: { datum: 0 } },
      },
    ],
  });
}

/** About six labels, evenly apart, none at an end where it would be cut. */
export function weekAxis(columns: readonly { week: string }[], day: (week: string) => string): object {
  const step = Math.max(1, Math.ceil(columns.length / 7));
  const values = columns.filter((_, index) => index % step === 0).map((column) => column.week);
  const labels = Object.fromEntries(values.map((week) => [week, day(week)]));
  return {
    values,
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    title: null,
    labelAngle: 0,
    labelBound: true,
    labelFlush: true,
    labelOverlap: false,
  };
}

function kindOf(column: WeekColumn): string {
  if (column.current) return 'current';
  return column.partial ? 'partial' : 'whole';
}

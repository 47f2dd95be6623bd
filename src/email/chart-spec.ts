import { roundAxis } from '../charts/axis.js';
import { type ChartSpec, chartSpec } from '../charts/spec.js';
import { colors } from '../charts/theme.js';

export interface ChartWeek {
  /** Its Monday, ISO. */
  week: string;
  /** Major units. */
  revenue: number;
  /** Major units; null where no payouts are known. */
  payout: number | null;
  partial: boolean;
  /** The week that the report speaks of: accented and labelled. */
  current: boolean;
}

/** Width of the drawing, in px; with its margins, that of the message. */
const WIDTH = 548;

/** On a phone the picture is shrunk from 560 to 320 px; its letters are then 11 px high. */
const LETTERS = 19.3;
const HEIGHT = 258;
const DAYS = 4;
/** Share of the height that the label above a column takes. */
const ROOM_FOR_LABEL = 0.15;

/**
 * A column of revenue a week with the payout as a mark across it: a column that passes its mark brought in more than it cost. Drawn for
 * the width of a message, with letters for a phone.
 *
 * @param weeks - oldest first, at least two
 */
export function weeksSpec(
  weeks: readonly ChartWeek[],
  write: { tick: (money: number) => string; label: (money: number) => string; day: (week: string) => string },
): ChartSpec {
  const { domain, axis } = roundAxis(
    weeks.flatMap(({ revenue, payout }) => [revenue, payout]),
    write.tick,
    3,
  );
  const highest = Math.max(
    domain[1],
    ...weeks
      .filter(({ current }) => current)
      .map(
        ({ revenue, payout }) => Math.max(revenue, payout ?? 0) + ROOM_FOR_LABEL * (domain[1] - domain[0]),
      ),
  );
  const values = weeks.map((week) => ({ ...week, kind: kindOf(week), label: write.label(week.revenue) }));
  const days = weeks.filter((_, index) => index % Math.ceil(weeks.length / DAYS) === 0);
  const inRightHalf = weeks.findIndex(({ current }) => current) >= weeks.length / 2;
  return chartSpec({
    width: WIDTH,
    height: HEIGHT,
    config: {
      axis: { labelFontSize: LETTERS, labelPadding: 8 },
      text: { fontSize: LETTERS },
    },
    data: { values },
    encoding: {
      x: {
        field: 'week',
        type: 'ordinal',
        sort: null,
        axis: {
          values: days.map(({ week }) => week),
          labelExpr: `${JSON.stringify(Object.fromEntries(days.map(({ week }) => [week, write.day(week)])))}[datum.value]`,
          title: null,
          labelAngle: 0,
          labelAlign: 'left',
          labelOffset: { expr: `-bandwidth('x') / 2` },
          labelOverlap: false,
        },
        scale: { paddingInner: 0.25, paddingOuter: 0.1 },
      },
    },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          y: {
            field: 'revenue',
            type: 'quantitative',
            scale: { domain: [domain[0], highest], nice: false },
            axis: { ...axis, title: null, grid: true, labelColor: colors.grey },
          },
          color: {
            field: 'kind',
            type: 'nominal',
            scale: {
              domain: ['current', 'whole', 'partial'],
              range: [colors.accent, '#9aa8b3', colors.hairline],
            },
          },
        },
      },
      {
        transform: [{ filter: 'isValid(datum.payout)' }],
        mark: {
          type: 'tick',
          orient: 'horizontal',
          thickness: 4,
          opacity: 1,
          color: colors.ink,
          stroke: '#ffffff',
          strokeWidth: 1,
        },
        encoding: { y: { field: 'payout', type: 'quantitative' } },
      },
      {
        transform: [
          { filter: 'datum.current' },
          { calculate: 'max(datum.revenue, datum.payout)', as: 'top' },
        ],
        mark: {
          type: 'text',
          align: inRightHalf ? 'right' : 'left',
          dx: { expr: `${inRightHalf ? '' : '-'}bandwidth('x') / 2` },
          dy: -14,
          fontWeight: 600,
          color: colors.accent,
        },
        encoding: { y: { field: 'top', type: 'quantitative' }, text: { field: 'label' } },
      },
      {
        data: { values: [{}] },
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: { x: { value: 0 }, x2: { value: 'width' }, y: { datum: 0 } },
      },
    ],
  });
}

function kindOf({ current, partial }: ChartWeek): string {
  if (current) return 'current';
  return partial ? 'partial' : 'whole';
}

import { levelLine } from '../charts/specs/line.js';
import { weekColumns } from '../charts/specs/week-columns.js';
import { colors } from '../charts/theme.js';
import { addDays } from '../model/calendar.js';
import type { Period, WeekComparison } from '../model/figures.js';
import {
  type RevenueMovement,
  revenueMovement,
  roasMovement,
  type SegmentMovement,
} from '../model/movement.js';
import type { WeekFigures } from '../model/weeks.js';
import type { Chart, Finding } from '../report/schema.js';
import { UNATTRIBUTED } from '../report/unattributed.js';
import { inMajor } from './figures-in-major.js';
import { costsOf, emptyWords, missing, saying } from './missing.js';
import {
  capitalised,
  column,
  emptyResult,
  metricColumn,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';

const ID = 'trend';
const CHART_WEEKS = 104;
const CUMULATIVE = 'cumulative-roas';

const weekColumnsOfTable = [
  column('week', 'Week from', 'date'),
  column('posts', 'Posts', 'count'),
  metricColumn('orders'),
  metricColumn('revenue'),
  metricColumn('payout'),
  metricColumn('roas'),
  column('cumulative_roas', 'Cumulative ROAS', 'ratio'),
  column('coverage', 'Coverage'),
];

const movementColumns = [
  column('campaign', 'Campaign'),
  column('mix', 'Mix', 'ratio'),
  column('rate', 'Own ROAS', 'ratio'),
  column('change', 'Together', 'ratio'),
];

const driverColumns = [column('driver', 'Driver'), column('change', 'Change of revenue', 'money')];

export const trend: SectionDefinition = {
  id: ID,
  title: 'Trend',
  async compute(context) {
    const { figures, major } = context;
    const [weeks, comparison, segments, period] = await Promise.all([
      figures.weeks(),
      figures.comparison(),
      figures.segments(),
      figures.period(),
    ]);
    const lacks = missing(await figures.coverage());
    const drivers = comparison?.previous ? revenueMovement(comparison.previous, comparison.current) : null;
    const movement = (roasMovement(segments) ?? []).sort(
      (a, b) => Math.abs(b.mix + b.rate) - Math.abs(a.mix + a.rate),
    );
    return {
      ...emptyResult(
        lacks.orders === null || weeks.length === 0
          ? headline(comparison, weekName(period, context), context)
          : 'No orders are tracked',
      ),
      tables: [
        {
          id: 'weeks',
          title: 'Week by week',
          columns: weekColumnsOfTable,
          rows: [...weeks]
            .reverse()
            .map((week) => ({
              ...costsOf(inMajor(week, major), lacks.payouts),
              coverage: week.partial ? 'partial' : '',
            }))
            .map((week) => rowOf(weekColumnsOfTable, { ...week })),
        },
        {
          id: 'revenue-drivers',
          title: 'What moved revenue in the week',
          columns: driverColumns,
          rows: (drivers ?? []).map(({ driver, change }) =>
            rowOf(driverColumns, { driver: capitalised(driver), change: major(change) }),
          ),
        },
        {
          id: 'roas-movement',
          title: 'What moved ROAS in the week',
          columns: movementColumns,
          ...emptyWords(lacks.campaigns ?? lacks.payouts),
          rows: (lacks.campaigns === null ? movement : []).map((row) =>
            rowOf(movementColumns, {
              ...row,
              campaign: row.segment ?? UNATTRIBUTED,
              change: row.mix + row.rate,
            }),
          ),
        },
      ],
      charts: charts(context, weeks, period).filter(
        ({ id }) => lacks.orders === null && (id !== CUMULATIVE || lacks.payouts === null),
      ),
      notes: [
        ...saying(lacks.orders, lacks.payouts),
        'Weeks run Monday to Sunday. The first and the last are partial where the data begin or end within them.',
        'Mix: payout moved to campaigns of higher or lower ROAS. Own ROAS: the campaign itself returned more or less.',
      ],
      findings: [
        ...revenueFinding(comparison, drivers, context),
        ...roasFinding(comparison, movement, context),
      ],
    };
  },
};

function weekName(period: Period | null, { format }: SectionContext): string | null {
  return period?.week == null ? null : format.range(period.week, addDays(period.week, 6));
}

function headline(
  comparison: WeekComparison | null,
  days: string | null,
  { format, major }: SectionContext,
): string {
  if (!comparison) return 'The data hold no whole week to compare yet';
  const { current, previous } = comparison;
  if (!previous) return `The first whole week brought ${format.compact(major(current.revenue))}`;
  const change = current.revenue - previous.revenue;
  if (current.revenue === 0 && previous.revenue === 0) return 'No revenue in the last two weeks';
  if (change === 0) return `Revenue held at ${format.compact(major(current.revenue))} in the week`;
  const share = previous.revenue > 0 ? `${format.value(Math.abs(change) / previous.revenue, 'share')} ` : '';
  return `Revenue ${change > 0 ? 'rose' : 'fell'} ${share}to ${format.compact(major(current.revenue))} in the week${days ? ` of ${days}` : ''}`;
}

function charts(
  { format, major }: SectionContext,
  weeks: readonly WeekFigures[],
  period: Period | null,
): Chart[] {
  const lastDay = period?.to ?? '';
  const drawn = weeks.filter((row) => row.week <= lastDay).slice(-CHART_WEEKS);
  if (drawn.length < 2) return [];
  const week = (monday: string) => format.range(monday, addDays(monday, 6));
  const best = drawn.reduce((most, row) => (row.revenue > most.revenue ? row : most));
  const last = drawn.at(-1);
  return [
    {
      id: 'weekly-revenue',
      title: 'Revenue by week',
      ...(drawn.some((row) => row.partial)
        ? { legend: [{ label: 'incomplete week', color: colors.hairline }] }
        : {}),
      alt: `Revenue of ${drawn.length} weeks; the highest is ${format.compact(major(best.revenue))} in the week of ${week(best.week)}.`,
      spec: weekColumns(
        drawn.map((row) => ({
          week: row.week,
          value: major(row.revenue),
          partial: row.partial,
          current: row.week === period?.week,
          label: format.compact(major(row.revenue)),
          tip: `${week(row.week)}${row.partial ? ' (partial)' : ''}: revenue ${format.money(major(row.revenue))}, payout ${format.money(major(row.payout))}`,
        })),
        { money: format.tick, day: format.shortDate },
      ),
    },
    {
      id: CUMULATIVE,
      title: 'Cumulative ROAS',
      alt: `ROAS of all weeks so far, week by week; it stands at ${format.value(last?.cumulative_roas ?? null, 'ratio')}.`,
      spec: levelLine(
        drawn.map((row) => ({
          week: row.week,
          value: row.cumulative_roas,
          label: format.value(row.cumulative_roas, 'ratio'),
          tip: `until ${format.date(addDays(row.week, 6))}: cumulative ROAS ${format.value(row.cumulative_roas, 'ratio')}`,
        })),
        { value: 1, label: '1×: revenue equals payout' },
        { tick: (value) => `${value}×`, day: format.shortDate },
      ),
    },
  ];
}

function revenueFinding(
  comparison: WeekComparison | null,
  drivers: RevenueMovement | null,
  { format, major }: SectionContext,
): Finding[] {
  if (!comparison?.previous) return [];
  const { current, previous } = comparison;
  const change = major(current.revenue - previous.revenue);
  if (change === 0) return [];
  const main = drivers
    ?.filter((driver) => Math.sign(driver.change) === Math.sign(change))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))[0];
  return [
    {
      id: 'week-revenue',
      severity: change > 0 ? 'good' : 'bad',
      text: `Revenue ${change > 0 ? 'rose' : 'fell'} ${format.compact(Math.abs(change))} to ${format.compact(major(current.revenue))} in the week.`,
      ...(main
        ? {
            detail: `${capitalised(main.driver)} moved it most (${main.change > 0 ? '+' : ''}${format.compact(major(main.change))}); orders went from ${format.value(previous.orders, 'count')} to ${format.value(current.orders, 'count')}.`,
          }
        : {}),
      evidence: {
        section: ID,
        impact: Math.abs(change),
        values: { current: major(current.revenue), previous: major(previous.revenue) },
      },
    },
  ];
}

function roasFinding(
  comparison: WeekComparison | null,
  movement: readonly SegmentMovement[],
  { format, major }: SectionContext,
): Finding[] {
  const { current, previous } = comparison ?? {};
  if (current?.roas == null || previous?.roas == null) return [];
  const change = current.roas - previous.roas;
  if (Math.abs(change) < 0.005) return [];
  const push = movement.find((row) => Math.sign(row.mix + row.rate) === Math.sign(change));
  const pull = movement.find((row) => Math.sign(row.mix + row.rate) === -Math.sign(change));
  const part = ({ segment, mix, rate }: SegmentMovement) =>
    `${segment ?? UNATTRIBUTED} (${format.signed(mix + rate, 'ratio')})`;
  return [
    {
      id: 'week-roas',
      severity: change > 0 ? 'good' : 'bad',
      text: `ROAS of the week ${change > 0 ? 'rose' : 'fell'} from ${format.value(previous.roas, 'ratio')} to ${format.value(current.roas, 'ratio')}.`,
      ...(push
        ? { detail: `${part(push)} moved it most${pull ? `; ${part(pull)} pulled the other way` : ''}.` }
        : {}),
      evidence: {
        section: ID,
        impact: Math.abs(change) * major(Math.min(current.payout, previous.payout)),
        values: { current: current.roas, previous: previous.roas },
      },
    },
  ];
}

import type { Format } from '../format/format.js';
import { readsAsZero } from '../format/reads-as-zero.js';
import type { Comparison } from '../report/comparison-schema.js';
import type { Kpi, Table } from '../report/schema.js';
import { restatedFinding, restatedTables, weekCount } from './restated-weeks.js';
import {
  capitalised,
  column,
  emptyResult,
  inWords,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';

type Moved = Comparison['moved'];
type CampaignMove = NonNullable<Moved['campaigns']>[number];

const campaignColumns = [
  column('campaign', 'Campaign'),
  column('state', 'New or gone'),
  column('revenue_change', 'Revenue change', 'money'),
  column('revenue_before', 'Revenue before', 'money'),
  column('revenue', 'Revenue', 'money'),
  column('roas_change', 'ROAS change', 'ratio'),
  column('roas_before', 'ROAS before', 'ratio'),
  column('roas', 'ROAS', 'ratio'),
];

const influencerColumns = [
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  column('state', 'Since then'),
  column('roas_before', 'ROAS before', 'ratio'),
  column('roas', 'ROAS', 'ratio'),
  column('revenue', 'Revenue', 'money'),
  column('payout', 'Payout', 'money'),
];

export const sinceLastEdition: SectionDefinition = {
  id: 'since-last-edition',
  title: 'Since the last edition',
  compares: true,
  async compute(context) {
    const { comparison } = context;
    if (comparison === null) return emptyResult('There is no earlier edition to compare with');
    return {
      ...emptyResult(headline(comparison, context)),
      kpis: kpis(comparison, context),
      tables: [
        ...restatedTables(comparison.restated ?? []),
        crossings(comparison, context),
        campaigns(comparison, context),
      ],
      notes: notes(comparison, context),
      findings: restatedFinding(comparison, context),
    };
  },
};

function headline(
  { with: { asOf }, window, moved, restated }: Comparison,
  { format }: SectionContext,
): string {
  const day = format.date(asOf);
  const begins = window === null ? '' : `, as the data now begin on ${format.date(window.now)}`;
  const revenue = moved.kpis && `${revenueSince(moved.kpis, day, format)}${begins}`;
  const weeks = restated && weekCount(restated);
  const past =
    weeks === null ? null : `${inWords(weeks)} past ${weeks === 1 ? 'week was' : 'weeks were'} restated`;
  if (revenue !== null) return past === null ? revenue : `${revenue}; ${past}`;
  return past === null ? `Little is known of what moved since ${day}` : `${capitalised(past)} since ${day}`;
}

function revenueSince(kpis: NonNullable<Moved['kpis']>, day: string, format: Format): string {
  const change = kpis.find(({ id }) => id === 'revenue')?.difference ?? 0;
  if (change === 0) return `Revenue is the same as on ${day}`;
  return `Revenue ${change > 0 ? 'grew' : 'fell'} ${format.compact(Math.abs(change))} since ${day}`;
}

function kpis({ moved, with: { asOf } }: Comparison, { format }: SectionContext): Kpi[] {
  return (moved.kpis ?? [])
    .filter(({ change, kind, unit }) => !readsAsZero(change, kind, unit, format))
    .map(({ id, label, unit, before, now, change, kind }) => ({
      id,
      label,
      value: now,
      unit,
      delta: {
        period: `since ${format.date(asOf)}`,
        current: now,
        previous: before,
        change,
        average: null,
        changeFromAverage: null,
        kind,
      },
    }));
}

function campaigns({ moved }: Comparison, { format }: SectionContext): Table {
  const visible = (moved.campaigns ?? []).filter((move) => !readsTheSame(move, format));
  return {
    id: 'campaign-moves',
    title: 'Campaigns that moved, the largest change of revenue first',
    columns: campaignColumns,
    ...(moved.campaigns === null && { empty: 'It is not known which campaigns moved.' }),
    rows: visible.map(({ campaign, state, before, now, revenueChange, roasChange }) =>
      rowOf(campaignColumns, {
        campaign,
        state: state === 'moved' ? null : state,
        revenue_change: revenueChange,
        revenue_before: before?.revenue ?? null,
        revenue: now?.revenue ?? null,
        roas_change: roasChange,
        roas_before: before?.roas ?? null,
        roas: now?.roas ?? null,
      }),
    ),
  };
}

function readsTheSame(
  { state, before, now, revenueChange, roasChange }: CampaignMove,
  format: Format,
): boolean {
  return (
    state === 'moved' &&
    readsAsZero(revenueChange, 'absolute', 'money', format) &&
    (before?.roas === now?.roas || readsAsZero(roasChange, 'absolute', 'ratio', format))
  );
}

function crossings({ moved }: Comparison, { format, thresholds }: SectionContext): Table {
  const threshold = format.value(thresholds.roasBelow, 'ratio');
  return {
    id: 'threshold-crossings',
    title: `Influencers newly below, or back above, a ROAS of ${threshold}, most money at stake first`,
    columns: influencerColumns,
    rows: (moved.influencers ?? []).map(({ influencer_id, name, state, before, now }) =>
      rowOf(influencerColumns, {
        influencer_id,
        name,
        state: sinceThen(state, before?.roas ?? null),
        roas_before: before?.roas ?? null,
        roas: now.roas,
        revenue: now.revenue,
        payout: now.payout,
      }),
    ),
  };
}

function sinceThen(state: 'below' | 'recovered', roasBefore: number | null): string {
  if (state === 'recovered') return 'back above';
  return roasBefore === null ? 'new, below' : 'fell below';
}

function notes(comparison: Comparison, { format, run }: SectionContext): string[] {
  const { with: earlier, window, moved, restated, reallocated } = comparison;
  const unknown = [
    moved.kpis === null ? 'headline figures' : [],
    moved.campaigns === null ? 'campaigns' : [],
    moved.influencers === null ? 'influencers' : [],
  ].flat();
  const parts: (string | false)[] = [
    `Compared with the edition as of ${format.date(earlier.asOf)}, which covers ${earlier.label}; the SHA-256 of its report.json begins ${earlier.sha256.slice(0, 12)}. Figures that read the same are left out. Restated: a figure of a week that was whole in that edition and differs now.`,
    window !== null &&
      `This edition begins on ${format.date(window.now)}, the last one on ${format.date(window.before)}: the weeks between left the totals, and are neither compared nor counted as restated.`,
    reallocated !== null &&
      `The payout of past weeks moves by itself when new posts or orders share a total, or the total changes: ${payoutOfPastWeeks(reallocated, format)}.`,
    (restated ?? []).some(({ figure }) => figure === 'payout') &&
      'Total payout, orders and posts are as before; past weeks carry another part of the payout.',
    (restated ?? []).some(({ before, now }) => before === null || now === null) &&
      'Where a week is in one of the two editions only, the other has n/a.',
    unknown.length > 0 &&
      `One of the two editions lacks its ${unknown.join(' and its ')}, so it is not known what moved there.`,
    restated === null && 'One of the two editions lacks its weeks, so it is not known what was restated.',
    earlier.version !== run.version &&
      `The last edition was made by roi-report ${earlier.version}, this one by ${run.version}; where they reckon differently, figures differ too.`,
  ];
  return parts.filter((part) => part !== false);
}

function payoutOfPastWeeks(
  { added, removed }: NonNullable<Comparison['reallocated']>,
  format: Format,
): string {
  const net = added - removed;
  if (readsAsZero(net, 'absolute', 'money', format))
    return 'together they hold as much as in the last edition';
  return `together they hold ${format.money(Math.abs(net))} ${net < 0 ? 'less' : 'more'} than in the last edition`;
}

import type { Comparison } from '../report/comparison-schema.js';
import type { Kpi, Table } from '../report/schema.js';
import { restatedFinding, restatedTables, weekCount } from './restated-weeks.js';
import {
  column,
  emptyResult,
  inWords,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';

const campaignColumns = [
  column('campaign', 'Campaign'),
  column('state', 'New or gone'),
  column('revenue_before', 'Revenue before', 'money'),
  column('revenue', 'Revenue', 'money'),
  column('revenue_change', 'Change', 'money'),
  column('roas_before', 'ROAS before', 'ratio'),
  column('roas', 'ROAS', 'ratio'),
  column('roas_change', 'Change', 'ratio'),
  column('rank_before', 'Rank before', 'count'),
  column('rank', 'Rank', 'count'),
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
        campaigns(comparison),
      ],
      notes: notes(comparison, context),
      findings: restatedFinding(comparison, context),
    };
  },
};

function headline(comparison: Comparison, { format }: SectionContext): string {
  const since = `since ${format.date(comparison.with.asOf)}`;
  const change = comparison.moved.kpis.find(({ id }) => id === 'revenue')?.difference ?? 0;
  const revenue =
    change === 0
      ? `Revenue is the same as on ${format.date(comparison.with.asOf)}`
      : `Revenue ${change > 0 ? 'grew' : 'fell'} ${format.compact(Math.abs(change))} ${since}`;
  if (comparison.restated === null) return revenue;
  const weeks = weekCount(comparison.restated);
  return `${revenue}; ${inWords(weeks)} past ${weeks === 1 ? 'week was' : 'weeks were'} restated`;
}

function kpis({ moved, with: { asOf } }: Comparison, { format }: SectionContext): Kpi[] {
  return moved.kpis.map(({ id, label, unit, before, now, change, kind }) => ({
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

function campaigns({ moved }: Comparison): Table {
  return {
    id: 'campaign-moves',
    title: 'Campaigns that moved, the largest change of revenue first',
    columns: campaignColumns,
    rows: moved.campaigns.map(({ campaign, state, before, now, revenueChange, roasChange }) =>
      rowOf(campaignColumns, {
        campaign,
        state: state === 'moved' ? null : state,
        revenue_before: before?.revenue ?? null,
        revenue: now?.revenue ?? null,
        revenue_change: revenueChange,
        roas_before: before?.roas ?? null,
        roas: now?.roas ?? null,
        roas_change: roasChange,
        rank_before: before?.rank ?? null,
        rank: now?.rank ?? null,
      }),
    ),
  };
}

function crossings({ moved }: Comparison, { format, thresholds }: SectionContext): Table {
  const threshold = format.value(thresholds.roasBelow, 'ratio');
  return {
    id: 'threshold-crossings',
    title: `Influencers who crossed a ROAS of ${threshold}, most money at stake first`,
    columns: influencerColumns,
    rows: moved.influencers.map(({ influencer_id, name, state, before, now }) =>
      rowOf(influencerColumns, {
        influencer_id,
        name,
        state: state === 'below' ? 'fell below' : 'back above',
        roas_before: before?.roas ?? null,
        roas: now.roas,
        revenue: now.revenue,
        payout: now.payout,
      }),
    ),
  };
}

function notes(comparison: Comparison, { format, run }: SectionContext): string[] {
  const { with: earlier, restated, reallocated } = comparison;
  const parts: (string | false)[] = [
    `Compared with the edition as of ${format.date(earlier.asOf)}, which covers ${earlier.label}; the SHA-256 of its report.json begins ${earlier.sha256.slice(0, 12)}. Figures that did not move are left out. Restated: a figure of a week that was whole in that edition and differs now.`,
    reallocated !== null &&
      `Every payout total is allocated over all posts and orders, so that new ones, or a new total, move it between weeks: ${format.money(reallocated.added)} came to past weeks and ${format.money(reallocated.removed)} left them, ${format.plural(reallocated.weeks, 'week')} in all. That is no restatement.`,
    (restated ?? []).some(({ figure }) => figure === 'payout') &&
      'Total payout, orders and posts are as before; past weeks carry another part of the payout.',
    (restated ?? []).some(({ before, now }) => before === null || now === null) &&
      'Where a week is in one of the two editions only, the other has n/a.',
    restated === null && 'One of the two editions lacks its weeks, so it is not known what was restated.',
    earlier.version !== run.version &&
      `The last edition was made by roi-report ${earlier.version}, this one by ${run.version}; where they reckon differently, figures differ too.`,
  ];
  return parts.filter((part) => part !== false);
}

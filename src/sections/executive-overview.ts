import { addDays } from '../model/calendar.js';
import type { WeekComparison } from '../model/figures.js';
import { isFiltered } from '../model/filters.js';
import type { Totals } from '../model/totals.js';
import type { WeekFigures } from '../model/weeks.js';
import type { Kpi } from '../report/schema.js';
import { byFigure, campaignsInMajor, influencersInMajor, RANKING_NAMES } from './figures-in-major.js';
import { emptyWords, missing, saying } from './missing.js';
import {
  column,
  emptyResult,
  inWords,
  metricColumn,
  metricKpi,
  paysBack,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';

const TREND_WEEKS = 26;
const NO_ORDERS = 'No orders are tracked, so there is no return to show';
const FIRST = 5;

const campaignColumns = [column('campaign', 'Campaign'), metricColumn('revenue'), metricColumn('roas')];
const influencerColumns = [
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  metricColumn('revenue'),
  metricColumn('roas'),
];

export const executiveOverview: SectionDefinition = {
  id: 'executive-overview',
  title: 'Executive overview',
  async compute(context) {
    const { figures } = context;
    const [totals, baseline, comparison, weeks, influencers] = await Promise.all([
      figures.totals(),
      figures.baseline(),
      figures.comparison(),
      figures.weeks(),
      influencersInMajor(context),
    ]);
    const campaigns = (await campaignsInMajor(context)).filter((row) => row.campaign !== null);
    const ranking = await figures.campaignRanking();
    const byRoas = campaigns.filter((row) => row[ranking] !== null).sort(byFigure(ranking));
    const {
      campaigns: noCampaigns,
      payouts: noPayouts,
      orders: noOrders,
    } = missing(await figures.coverage());
    const columns = ranking === 'roas' ? campaignColumns : [...campaignColumns, metricColumn('loaded_roas')];
    return {
      ...emptyResult(
        noOrders === null || totals.influencers === 0 ? headline(totals, campaigns, context) : NO_ORDERS,
      ),
      kpis: kpis(context, totals, baseline, { comparison, week: await weekName(context), weeks }),
      tables: [
        {
          id: 'top-campaigns',
          title: `Top ${FIRST} campaigns by ${RANKING_NAMES[ranking]}`,
          columns,
          ...emptyWords(noCampaigns ?? noPayouts),
          rows: byRoas.slice(0, FIRST).map((row) => rowOf(columns, { ...row })),
        },
        {
          id: 'top-influencers',
          title: `Top ${FIRST} influencers by revenue`,
          columns: influencerColumns,
          ...emptyWords(noOrders),
          rows: influencers
            .filter((row) => row.revenue > 0)
            .slice(0, FIRST)
            .map((row) => rowOf(influencerColumns, { ...row })),
        },
      ],
      notes: [await scopeSentence(context, totals)],
    };
  },
};

function headline(
  totals: Totals,
  campaigns: readonly { roas: number | null }[],
  { figures, format }: SectionContext,
): string {
  if (totals.influencers === 0) {
    return isFiltered(figures.settings.filters)
      ? 'No orders, posts or payouts match these filters'
      : 'The data hold no orders, posts or payouts of an influencer';
  }
  if (totals.payout === 0) return 'The payouts are zero, so there is no return on them';
  if (totals.roas === null) {
    return `No payout is supplied for these influencers, so their return is not known`;
  }
  const defined = campaigns.flatMap((row) => row.roas ?? []);
  const { needed, verdict } = paysBack(figures.settings.grossMargin, format);
  const paying = defined.filter((roas) => roas >= needed).length;
  const returned = `Revenue is ${format.value(totals.roas, 'ratio')} the payout`;
  if (defined.length < 2) return returned;
  return `${returned}; ${paying === 0 ? 'none' : inWords(paying)} of ${inWords(defined.length)} campaigns ${verdict(paying)}`;
}

async function scopeSentence(context: SectionContext, totals: Totals): Promise<string> {
  const { figures, format } = context;
  const period = await figures.period();
  const campaigns = (await figures.campaigns()).filter((row) => row.campaign !== null).length;
  if (totals.influencers === 0) {
    return isFiltered(figures.settings.filters)
      ? 'The filters in force are listed below and in the appendix; loosen them to see figures.'
      : 'The appendix lists the files that were read.';
  }
  const {
    orders: noOrders,
    campaigns: noCampaigns,
    posts: noPosts,
    payouts: noPayouts,
  } = missing(await figures.coverage());
  const influencers = format.plural(totals.influencers, 'influencer');
  const parts = [
    noCampaigns === null ? `${format.plural(campaigns, 'campaign')}, ${influencers}.` : `${influencers}.`,
    ...saying(noOrders ?? noCampaigns, noPosts),
  ];
  if (totals.uncosted_influencers > 0 && totals.costed_only_roas !== null) {
    parts.push(`ROAS is ${format.value(totals.costed_only_roas, 'ratio')} over those with a payout alone.`);
  }
  if (
    figures.settings.grossMargin === null &&
    noPayouts === null &&
    totals.break_even_margin !== null &&
    totals.break_even_margin <= 1
  ) {
    parts.push(
      `Before the cost of goods: it pays back at a gross margin above ${format.value(totals.break_even_margin, 'share')}.`,
    );
  }
  const comparison = await figures.comparison();
  if (!period?.week || !comparison) parts.push('The data hold no whole week yet, so nothing is compared.');
  else parts.push(changesSentence(await weekName(context), comparison));
  return parts.join(' ');
}

async function weekName({ figures, format }: SectionContext): Promise<string> {
  const monday = (await figures.period())?.week;
  return monday == null ? '' : format.range(monday, addDays(monday, 6));
}

function changesSentence(week: string, { previous, fourWeeks }: WeekComparison): string {
  if (!previous) return `The first whole week is ${week}; there is nothing to compare it with yet.`;
  return `Changes: ${week} against the week before${fourWeeks ? ' and the mean of the four before' : ''}.`;
}

function kpis(
  { major }: SectionContext,
  totals: Totals,
  baseline: number | null,
  {
    comparison,
    week,
    weeks,
  }: { comparison: WeekComparison | null; week: string; weeks: readonly WeekFigures[] },
): Kpi[] {
  const whole = weeks.filter((week) => !week.partial).slice(-TREND_WEEKS);
  const moving = (id: 'revenue' | 'payout' | 'roas' | 'roi', value: number | null): Kpi => {
    const isMoney = id === 'revenue' || id === 'payout';
    const scaled = (figure: number | null) => (isMoney ? major(figure) : figure);
    return {
      ...metricKpi(id, value),
      ...(comparison ? { delta: { period: week, ...delta(comparison, id, isMoney, scaled) } } : {}),
      trend: whole.map((week) => scaled(week[id])),
    };
  };
  return [
    moving('revenue', major(totals.revenue)),
    moving('payout', major(totals.payout)),
    moving('roas', totals.roas),
    moving('roi', totals.roi),
    metricKpi('orders', totals.orders),
    metricKpi('baseline_roas', baseline),
    metricKpi('engagement_rate', totals.engagement_rate),
    metricKpi('unattributed_payout', major(totals.unattributed_payout)),
    metricKpi('organic_revenue', major(totals.organic_revenue)),
  ];
}

function delta(
  { current, previous, fourWeeks }: WeekComparison,
  id: 'revenue' | 'payout' | 'roas' | 'roi',
  isMoney: boolean,
  scaled: (figure: number | null) => number | null,
): Omit<NonNullable<Kpi['delta']>, 'period'> {
  const now = scaled(current[id]);
  const was = scaled(previous?.[id] ?? null);
  const average = fourWeeks === null ? null : scaled(isMoney ? (fourWeeks[id] ?? 0) / 4 : fourWeeks[id]);
  const change = (earlier: number | null) => {
    if (now === null || earlier === null) return null;
    if (!isMoney) return now - earlier;
    return earlier === 0 ? null : (now - earlier) / Math.abs(earlier);
  };
  return {
    current: now,
    previous: was,
    change: change(was),
    average,
    changeFromAverage: change(average),
    kind: isMoney ? 'relative' : 'absolute',
  };
}

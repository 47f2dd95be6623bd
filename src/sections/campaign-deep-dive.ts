import { campaignPanels } from '../charts/specs/campaign-panels.js';
import { colors } from '../charts/theme.js';
import type { Chart, Finding } from '../report/schema.js';
import { byFigure, campaignsInMajor, RANKING_NAMES } from './figures-in-major.js';
import { costsOf, missing, saying } from './missing.js';
import {
  column,
  emptyResult,
  inWords,
  metricColumn,
  paysBack,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';
import { withheld } from './withheld.js';

const ID = 'campaign-deep-dive';
const DRAWN = 20;

const columns = [
  column('campaign', 'Campaign'),
  metricColumn('revenue'),
  metricColumn('payout'),
  metricColumn('orders'),
  column('influencers', 'Influencers', 'count'),
  metricColumn('roas'),
  metricColumn('roi'),
  metricColumn('iroas'),
  metricColumn('loaded_roas'),
];

type Campaign = Awaited<ReturnType<typeof campaignsInMajor>>[number];

export const campaignDeepDive: SectionDefinition = {
  id: ID,
  title: 'Campaign deep dive',
  async compute(context) {
    const all = await campaignsInMajor(context);
    const campaigns = all.filter((row) => row.campaign !== null);
    const baseline = await context.figures.baseline();
    const ranking = await context.figures.campaignRanking();
    const ranked = [...campaigns].sort(byFigure(ranking));
    const unattributed = all.filter((row) => row.campaign === null);
    const hidden = await withheld(context);
    const { campaigns: noCampaigns, payouts: noPayouts } = missing(await context.figures.coverage());
    return {
      ...emptyResult(
        noCampaigns === null
          ? headline([...campaigns].sort(byFigure('roas')), context)
          : 'Campaigns cannot be compared',
      ),
      tables: [
        {
          id: 'campaigns',
          title: `Campaigns by ${RANKING_NAMES[ranking]}`,
          columns,
          rows: [...ranked, ...unattributed].map((row) =>
            rowOf(columns, { ...costsOf(row, noPayouts), campaign: row.name }),
          ),
        },
      ],
      charts: campaigns.length === 0 || noPayouts !== null ? [] : charts(context, ranked, baseline),
      notes: [
        ...saying(noCampaigns, noPayouts),
        [
          hidden.baseline ?? 'iROAS compares a campaign with the baseline; it is not causal lift.',
          hidden.loadedRoas ?? 'Loaded ROAS also carries the campaign’s share of Unattributed payout.',
        ].join(' '),
        ...(campaigns.length > DRAWN
          ? [`The chart shows the ${DRAWN} campaigns with the most revenue and payout.`]
          : []),
      ],
      findings: findings(ranked, context),
    };
  },
};

function headline(ranked: readonly Campaign[], { figures, format }: SectionContext): string {
  const defined = ranked.filter((row) => row.roas !== null);
  const best = defined[0];
  if (!best || best.roas === null) return 'No campaign has a payout to compare its revenue with';
  const { needed, verdict, failing } = paysBack(figures.settings.grossMargin, format);
  const losing = defined.filter((row) => (row.roas ?? 0) < needed).length;
  const first = `${best.name} brings in ${format.value(best.roas, 'ratio')} its payout`;
  if (defined.length === 1) return first;
  if (losing === 0) return `${first}; every campaign ${verdict(1)}`;
  if (losing === defined.length)
    return `No campaign ${verdict(1)}; ${best.name} comes closest at ${format.value(best.roas, 'ratio')}`;
  return `${first}; ${inWords(losing)} of ${inWords(defined.length)} campaigns ${failing(losing)}`;
}

function charts({ format }: SectionContext, ranked: readonly Campaign[], baseline: number | null): Chart[] {
  const largest = new Set(
    [...ranked]
      .sort((a, b) => Math.abs(b.revenue) + b.payout - Math.abs(a.revenue) - a.payout)
      .slice(0, DRAWN),
  );
  const drawn = ranked.filter((row) => largest.has(row));
  const [best] = drawn;
  const above = drawn.filter((row) => (row.iroas ?? -1) >= 0).length;
  return [
    {
      id: 'campaigns',
      title:
        baseline === null
          ? 'Revenue against payout'
          : 'Revenue against payout, and iROAS around the baseline',
      alt: `Revenue, payout and ROAS of ${format.plural(drawn.length, 'campaign')}, ${best?.name} first with ${format.value(best?.roas ?? null, 'ratio')}; ${above} at or above the baseline of ${format.value(baseline, 'ratio')}.`,
      legend: [
        { label: 'payout', color: colors.muted },
        { label: 'revenue, with the ROAS at the end', color: colors.accent },
      ],
      spec: campaignPanels(
        drawn.map((row) => ({
          ...row,
          roasLabel: format.value(row.roas, 'ratio'),
          iroasLabel: format.signed(row.iroas, 'ratio'),
          bad: row.roas !== null && row.roas < 1,
          tip: `${row.name}: revenue ${format.money(row.revenue)}, payout ${format.money(row.payout)}, ROAS ${format.value(row.roas, 'ratio')}, iROAS ${format.signed(row.iroas, 'ratio')}`,
        })),
        {
          money: format.tick,
          baseline: baseline === null ? null : `baseline ${format.value(baseline, 'ratio')}`,
        },
      ),
    },
  ];
}

function findings(ranked: readonly Campaign[], { format }: SectionContext): Finding[] {
  const gains = ranked
    .filter((row) => row.roas !== null)
    .map((row) => ({ row, gain: row.revenue - row.payout }))
    .sort((a, b) => b.gain - a.gain);
  const finding = (
    id: string,
    severity: Finding['severity'],
    { row, gain }: (typeof gains)[number],
    text: string,
  ): Finding => ({
    id,
    severity,
    text,
    detail: `${format.compact(row.revenue)} of revenue on ${format.compact(row.payout)} of payout: ${format.value(row.roas, 'ratio')}.`,
    evidence: {
      section: ID,
      impact: Math.abs(gain),
      values: { campaign: row.campaign, revenue: row.revenue, payout: row.payout, roas: row.roas },
    },
  });
  const best = gains.at(0);
  const worst = gains.at(-1);
  return [
    ...(best && best.gain > 0
      ? [
          finding(
            'best-campaign',
            'good',
            best,
            `${best.row.name} brings ${format.compact(best.gain)} more than its payout.`,
          ),
        ]
      : []),
    ...(worst && worst.gain < 0
      ? [
          finding(
            'worst-campaign',
            'bad',
            worst,
            `${worst.row.name} brings ${format.compact(-worst.gain)} less than its payout.`,
          ),
        ]
      : []),
  ];
}

import { bubbles } from '../charts/specs/bubbles.js';
import { categorical } from '../charts/theme.js';
import type { Chart, Finding } from '../report/schema.js';
import { influencersInMajor, inMajor } from './figures-in-major.js';
import { emptyWords, missing, saying } from './missing.js';
import {
  column,
  emptyResult,
  metricColumn,
  metricKpi,
  paysBack,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';
import { withheld } from './withheld.js';

const ID = 'influencer-analysis';
const DRAWN = 400;
const TIERS = ['mega', 'macro', 'mid', 'micro', 'nano', ''];

const columns = [
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  column('category', 'Category'),
  column('platform', 'Platform'),
  column('followers', 'Followers', 'count'),
  column('tier', 'Tier'),
  column('basis', 'Paid by'),
  metricColumn('revenue'),
  metricColumn('payout'),
  metricColumn('orders'),
  metricColumn('roas'),
  metricColumn('roi'),
  metricColumn('iroas'),
  metricColumn('engagement_rate'),
];

const partColumns = (label: string) => [
  column('part', label),
  column('influencers', 'Influencers', 'count'),
  metricColumn('revenue'),
  metricColumn('payout'),
  metricColumn('roas'),
  metricColumn('engagement_rate'),
];

type Influencer = Awaited<ReturnType<typeof influencersInMajor>>[number];

export const influencerAnalysis: SectionDefinition = {
  id: ID,
  title: 'Influencer analysis',
  async compute(context) {
    const { figures, major } = context;
    const [influencers, tiers, categories, baseline] = await Promise.all([
      influencersInMajor(context),
      figures.parts('tier'),
      figures.parts('category'),
      figures.baseline(),
    ]);
    const {
      followers,
      categories: noCategories,
      profiles,
      payouts,
      orders,
      reach,
    } = missing(await figures.coverage());
    const noTiers = followers ?? profiles;
    const count = (key: 'tier' | 'category', part: string | null) =>
      influencers.filter((row) => row[key] === part).length;
    return {
      ...emptyResult(orders === null ? headline(influencers, context) : 'Influencers cannot be compared'),
      kpis: concentration(influencers),
      tables: [
        {
          id: 'influencers',
          title: 'Influencers by revenue',
          columns,
          rows: influencers.map((row) => rowOf(columns, { ...row })),
        },
        {
          id: 'tiers',
          title: 'By follower tier',
          columns: partColumns('Tier'),
          ...emptyWords(noTiers),
          rows: (noTiers === null ? [...tiers] : [])
            .sort((a, b) => TIERS.indexOf(a.part ?? '') - TIERS.indexOf(b.part ?? ''))
            .map((tier) =>
              rowOf(partColumns('Tier'), {
                ...inMajor(tier, major),
                part: tier.part ?? 'not stated',
                influencers: count('tier', tier.part),
              }),
            ),
        },
        {
          id: 'categories',
          title: 'By category',
          columns: partColumns('Category'),
          ...emptyWords(noCategories ?? profiles),
          rows: ((noCategories ?? profiles) === null ? categories : []).map((category) =>
            rowOf(partColumns('Category'), {
              ...inMajor(category, major),
              part: category.part ?? 'not stated',
              influencers: count('category', category.part),
            }),
          ),
        },
      ],
      charts: payouts === null && orders === null ? chart(context, influencers, baseline) : [],
      notes: [
        ...saying((await withheld(context)).baseline, payouts, orders, reach),
        ...unplaced(influencers, context),
        'ROAS of influencers paid per order follows basket size ÷ rate rather than persuasion; compare them within their basis.',
      ],
      findings: orders === null ? findings(influencers, context) : [],
    };
  },
};

/** Influencers that the chart cannot place, where it places others. */
function unplaced(influencers: readonly Influencer[], { format }: SectionContext): string[] {
  const active = influencers.filter((row) => row.revenue !== 0 || (row.payout ?? 0) !== 0);
  const without = active.filter((row) => row.followers === null).length;
  if (without === 0 || without === active.length) return [];
  return [
    `${format.plural(without, 'influencer')} without a follower count ${without === 1 ? 'is' : 'are'} not in the chart, and in no tier.`,
  ];
}

function costed(influencers: readonly Influencer[]): (Influencer & { payout: number; roas: number })[] {
  return influencers.flatMap((row) =>
    row.payout !== null && row.payout > 0 && row.roas !== null
      ? [{ ...row, payout: row.payout, roas: row.roas }]
      : [],
  );
}

function headline(influencers: readonly Influencer[], { figures, format }: SectionContext): string {
  const paid = costed(influencers);
  if (paid.length === 0)
    return influencers.length === 0 ? 'No influencer is in scope' : 'No influencer has a payout in scope';
  const { needed, verdict } = paysBack(figures.settings.grossMargin, format);
  const paying = paid.filter((row) => row.roas >= needed).length;
  return `${paying} of ${format.plural(paid.length, 'paid influencer')} ${verdict(paying)}`;
}

function concentration(influencers: readonly Influencer[]) {
  const total = influencers.reduce((sum, row) => sum + row.revenue, 0);
  const first = (count: number) =>
    total > 0 ? influencers.slice(0, count).reduce((sum, row) => sum + row.revenue, 0) / total : null;
  const squares = influencers.reduce((sum, row) => sum + (row.revenue / total) ** 2, 0);
  return [
    metricKpi('top1_share', first(1)),
    metricKpi('top5_share', first(5)),
    metricKpi('effective_influencers', total > 0 ? 1 / squares : null),
  ];
}

function chart(
  { format }: SectionContext,
  influencers: readonly Influencer[],
  baseline: number | null,
): Chart[] {
  const known = influencers.filter(
    (row) => row.followers !== null && (row.revenue !== 0 || (row.payout ?? 0) !== 0),
  );
  if (known.length === 0) return [];
  const drawn = [...known]
    .sort((a, b) => Math.abs(b.revenue) + (b.payout ?? 0) - Math.abs(a.revenue) - (a.payout ?? 0))
    .slice(0, DRAWN);
  const groups = largestGroups(drawn);
  const groupOf = (category: string | null) =>
    groups.includes(category ?? '') ? (category ?? '') : (groups.at(-1) ?? '');
  const undefinedCount = drawn.filter((row) => row.roas === null).length;
  return [
    {
      id: 'roas-followers',
      title:
        known.length > DRAWN
          ? `ROAS by followers, bubbles by revenue, the ${DRAWN} largest of ${known.length}`
          : 'ROAS by followers, bubbles by revenue',
      alt: `ROAS of ${drawn.length} influencers over their followers, sized by revenue and coloured by category; ${undefinedCount} without a payout stand apart.`,
      legend: groups.map((label, index) => ({ label, color: categorical[index] ?? categorical[0] })),
      spec: bubbles(
        drawn.map((row) => ({
          name: row.name,
          followers: row.followers ?? 0,
          roas: row.roas,
          revenue: row.revenue,
          group: groupOf(row.category),
          tip: `${row.name}: ROAS ${format.value(row.roas, 'ratio')}, revenue ${format.money(row.revenue)}, ${format.value(row.followers, 'count')} followers`,
        })),
        groups,
        baseline,
        {
          followers: (value) => format.value(value, 'count'),
          roas: (value) => `${value}×`,
          baseline: `baseline ${format.value(baseline, 'ratio')}`,
          undefinedRoas: 'ROAS n/a',
        },
      ),
    },
  ];
}

/** The categories in descending size, the small ones gathered as "Other" where there are more than there are colours. */
function largestGroups(influencers: readonly Influencer[]): string[] {
  const counts = new Map<string, number>();
  for (const { category } of influencers)
    counts.set(category ?? 'Other', (counts.get(category ?? 'Other') ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  if (names.length <= categorical.length && !names.includes('Other')) return names;
  return [...names.filter((name) => name !== 'Other').slice(0, categorical.length - 1), 'Other'];
}

function findings(influencers: readonly Influencer[], { format }: SectionContext): Finding[] {
  const paid = costed(influencers);
  const losing = paid.filter((row) => row.revenue < row.payout);
  const short = losing.reduce((sum, row) => sum + row.payout - row.revenue, 0);
  if (losing.length === 0) return [];
  const worst = losing.reduce((most, row) =>
    row.payout - row.revenue > most.payout - most.revenue ? row : most,
  );
  return [
    {
      id: 'influencers-short',
      severity: 'bad',
      text: `${format.plural(losing.length, 'influencer')} ${losing.length === 1 ? 'brings' : 'bring'} in ${format.compact(short)} less than ${losing.length === 1 ? 'its' : 'their'} payout.`,
      detail: `The largest gap is ${worst.name}: ${format.compact(worst.payout - worst.revenue)} at ${format.value(worst.roas, 'ratio')}.`,
      evidence: {
        section: ID,
        impact: short,
        values: { influencers: losing.length, short, worst: worst.influencer_id },
      },
    },
  ];
}

import { rankedBars } from '../charts/specs/ranked-bars.js';
import { COLUMN } from '../charts/theme.js';
import type { PartFigures } from '../model/breakdowns.js';
import type { PostFigures } from '../model/posts.js';
import type { Chart, Finding, Table } from '../report/schema.js';
import { inMajor } from './figures-in-major.js';
import { costsOf, emptyWords, missing, saying } from './missing.js';
import {
  column,
  emptyResult,
  metricColumn,
  metricKpi,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';

const ID = 'content-engagement';
const HALF = COLUMN / 2 - 12;
const PRODUCTS = 10;
/** Share of payout below which a platform is too small to be named the best or the weakest. */
const NAMED = 0.1;

const postColumns = [
  column('post_id', 'Post'),
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  column('platform', 'Platform'),
  column('date', 'Date', 'date'),
  column('caption', 'Caption'),
  metricColumn('revenue'),
  column('likes', 'Likes', 'count'),
  column('comments', 'Comments', 'count'),
  column('reach', 'Reach', 'count'),
  metricColumn('engagement_rate'),
];

const platformColumns = [
  column('part', 'Platform'),
  column('posts', 'Posts', 'count'),
  metricColumn('revenue'),
  metricColumn('payout'),
  metricColumn('roas'),
  metricColumn('engagement_rate'),
  metricColumn('cpm'),
  metricColumn('cpe'),
];

const productColumns = [
  column('part', 'Product'),
  metricColumn('revenue'),
  metricColumn('orders'),
  metricColumn('aov'),
];

export const contentEngagement: SectionDefinition = {
  id: ID,
  title: 'Content and engagement',
  async compute(context) {
    const { figures } = context;
    const [byRevenue, byLikes, byEngagement, platforms, products, totals] = await Promise.all([
      figures.topPosts('revenue'),
      figures.topPosts('likes'),
      figures.topPosts('engagement_rate'),
      figures.parts('platform'),
      figures.parts('product'),
      figures.totals(),
    ]);
    const { minReach } = figures.settings;
    const lacks = missing(await figures.coverage());
    return {
      ...emptyResult(headline(lacks.orders === null ? platforms : [], totals.posts, context)),
      kpis: [
        metricKpi('engagement_rate', totals.engagement_rate),
        metricKpi('cpm', lacks.payouts === null ? context.major(totals.cpm) : null),
        metricKpi('cpe', lacks.payouts === null ? context.major(totals.cpe) : null),
      ],
      tables: [
        ...firstOf(context.topPosts, [
          posts(context, 'top-posts-revenue', 'Top posts by revenue', byRevenue, lacks.links),
          posts(context, 'top-posts-likes', 'Top posts by likes', byLikes, lacks.engagement),
          posts(
            context,
            'top-posts-engagement',
            'Top posts by engagement rate',
            byEngagement,
            lacks.reach ?? lacks.engagement,
          ),
        ]),
        parts(
          context,
          'platforms',
          'By platform',
          platformColumns,
          platforms.map((platform) => costsOf(platform, lacks.payouts)),
        ),
        {
          ...parts(
            context,
            'products',
            'By product',
            productColumns,
            lacks.products === null ? products : [],
          ),
          ...emptyWords(lacks.products),
        },
      ],
      charts: charts(
        context,
        lacks.orders === null ? platforms : [],
        lacks.products === null ? products : [],
      ),
      notes: [
        ...saying(lacks.payouts, lacks.orders),
        ...(lacks.reach === null
          ? [
              `Posts with a reach below ${context.format.value(minReach, 'count')} are not ranked by engagement rate.`,
            ]
          : []),
        'Revenue of a post is that of the orders linked to it; payout has no product, so products carry no ROAS.',
      ],
      findings: lacks.orders === null ? findings(platforms, totals.roas, context) : [],
    };
  },
};

function posts(
  { major }: SectionContext,
  id: `top-posts-${string}`,
  title: string,
  rows: PostFigures[],
  lacking: string | null,
): Table {
  return {
    id,
    title,
    columns: postColumns,
    ...emptyWords(lacking),
    rows: rows.map((row) =>
      rowOf(postColumns, { ...inMajor(row, major), name: row.name ?? row.influencer_id }),
    ),
  };
}

function firstOf(ranking: SectionContext['topPosts'], rankings: readonly Table[]): Table[] {
  const isFirst = ({ id }: Table) => id === `top-posts-${ranking}`;
  return [...rankings.filter(isFirst), ...rankings.filter((table) => !isFirst(table))];
}

function parts(
  { major }: SectionContext,
  id: string,
  title: string,
  columns: Table['columns'],
  rows: readonly PartFigures[],
): Table {
  return {
    id,
    title,
    columns,
    rows: rows.map((row) => rowOf(columns, { ...inMajor(row, major), part: row.part ?? 'not stated' })),
  };
}

function withRoas(platforms: readonly PartFigures[]) {
  return platforms
    .flatMap((row) =>
      row.roas === null || row.part === null ? [] : [{ ...row, part: row.part, roas: row.roas }],
    )
    .sort((a, b) => b.roas - a.roas);
}

/** Platforms with enough payout behind them to be compared in a sentence, best first. */
function comparable(platforms: readonly PartFigures[]) {
  const total = platforms.reduce((sum, row) => sum + row.payout, 0);
  return withRoas(platforms).filter((row) => row.payout >= NAMED * total);
}

function headline(platforms: readonly PartFigures[], postCount: number, { format }: SectionContext): string {
  const ranked = comparable(platforms);
  const [best, worst] = [ranked.at(0), ranked.at(-1)];
  if (!best || !worst)
    return postCount === 0
      ? 'There are no posts to judge'
      : `${format.plural(postCount, 'post')}; no platform has both payout and revenue to be compared by`;
  if (ranked.length === 1) return `${best.part} brings in ${format.value(best.roas, 'ratio')} its payout`;
  return `${best.part} brings in ${format.value(best.roas, 'ratio')} its payout, against ${format.value(worst.roas, 'ratio')} on ${worst.part}`;
}

function charts(
  { format, major }: SectionContext,
  platforms: readonly PartFigures[],
  products: readonly PartFigures[],
): Chart[] {
  const ranked = withRoas(platforms);
  const sold = products.filter((row) => row.revenue !== 0).slice(0, PRODUCTS);
  const platformChart: Chart = {
    id: 'platform-roas',
    title: 'ROAS by platform',
    alt: `ROAS of ${format.plural(ranked.length, 'platform')}: ${ranked.map((row) => `${row.part} ${format.value(row.roas, 'ratio')}`).join(', ')}.`,
    spec: rankedBars(
      ranked.map((row) => ({
        name: row.part,
        value: row.roas,
        label: format.value(row.roas, 'ratio'),
        tip: `${row.part}: ROAS ${format.value(row.roas, 'ratio')}, engagement rate ${format.value(row.engagement_rate, 'share')}`,
      })),
      HALF,
    ),
  };
  const productChart: Chart = {
    id: 'product-revenue',
    title: 'Revenue by product',
    alt: `Revenue of ${format.plural(sold.length, 'product')}, the highest ${sold[0]?.part ?? 'not stated'} with ${format.compact(major(sold[0]?.revenue ?? 0))}.`,
    spec: rankedBars(
      sold.map((row) => ({
        name: row.part ?? 'not stated',
        value: major(row.revenue),
        label: format.compact(major(row.revenue)),
        tip: `${row.part ?? 'not stated'}: ${format.money(major(row.revenue))}, ${format.plural(row.orders, 'order')}`,
      })),
      HALF,
    ),
  };
  return [...(ranked.length > 0 ? [platformChart] : []), ...(sold.length > 0 ? [productChart] : [])];
}

/** What the weakest platform costs against the whole, in revenue. */
function findings(
  platforms: readonly PartFigures[],
  total: number | null,
  { format, major }: SectionContext,
): Finding[] {
  const ranked = comparable(platforms);
  const [best, worst] = [ranked.at(0), ranked.at(-1)];
  if (!best || !worst || best === worst || total === null) return [];
  const impact = major(worst.payout) * Math.max(0, total - worst.roas);
  return [
    {
      id: 'platform-gap',
      severity: 'neutral',
      text: `${best.part} brings in ${format.value(best.roas, 'ratio')} its payout, against ${format.value(worst.roas, 'ratio')} on ${worst.part}.`,
      detail: `${worst.part} took ${format.compact(major(worst.payout))} of payout.`,
      evidence: {
        section: ID,
        impact,
        values: { best: best.part, best_roas: best.roas, worst: worst.part, worst_roas: worst.roas },
      },
    },
  ];
}

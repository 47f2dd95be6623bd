import type { Unit } from '../format/format.js';

export interface Metric {
  id: string;
  label: string;
  unit: Unit;
  /** The formula in words and signs, as the appendix prints it. */
  formula: string;
  /** When it is undefined, and what it is not. */
  note: string;
  /** SQL over the measures of `metrics-by.ts`; null where a metric is more than a ratio of them. */
  sql: string | null;
}

const perPayout = 'n/a where payout is zero or not supplied';

/** A ratio of sums as a double; NULL where the denominator is zero. */
function ratio(over: string, under: string): string {
  return `CAST(${over} AS DOUBLE PRECISION) / NULLIF(${under}, 0)`;
}

/** Every figure of the report, defined once. The order is that of the appendix. */
export const glossary = {
  revenue: {
    id: 'revenue',
    label: 'Revenue',
    unit: 'money',
    formula: 'Σ revenue of tracked orders that name an influencer',
    note: 'Refunds are negative rows and count.',
    sql: 'revenue',
  },
  organic_revenue: {
    id: 'organic_revenue',
    label: 'Organic revenue',
    unit: 'money',
    formula: 'Σ revenue of tracked orders without an influencer',
    note: 'Never part of ROAS.',
    sql: null,
  },
  payout: {
    id: 'payout',
    label: 'Payout',
    unit: 'money',
    formula: 'Σ allocated payout, Unattributed included',
    note: 'Each payout is a total for the whole period and is placed once. No payout row means not supplied, not zero.',
    sql: 'payout',
  },
  orders: {
    id: 'orders',
    label: 'Orders',
    unit: 'count',
    formula: 'Σ tracked orders',
    note: 'Orders that name an influencer.',
    sql: 'orders',
  },
  roas: {
    id: 'roas',
    label: 'ROAS',
    unit: 'ratio',
    formula: 'Revenue ÷ payout',
    note: `A ratio of sums; ${perPayout}.`,
    sql: ratio('revenue', 'payout'),
  },
  roi: {
    id: 'roi',
    label: 'ROI',
    unit: 'share',
    formula: '(Revenue − payout) ÷ payout',
    note: `Revenue ROI, not profit; ${perPayout}.`,
    sql: ratio('(revenue - payout)', 'payout'),
  },
  baseline_roas: {
    id: 'baseline_roas',
    label: 'Baseline ROAS',
    unit: 'ratio',
    formula: 'Mean of the campaigns’ ROAS, over all campaigns',
    note: 'Unfiltered, Unattributed left out. The configuration can choose the pooled ratio or a fixed number.',
    sql: null,
  },
  iroas: {
    id: 'iroas',
    label: 'iROAS',
    unit: 'ratio',
    formula: 'ROAS − baseline ROAS',
    note: 'Against the average; not causal lift.',
    sql: null,
  },
  loaded_roas: {
    id: 'loaded_roas',
    label: 'Loaded ROAS',
    unit: 'ratio',
    formula: 'Revenue ÷ (payout + share of Unattributed)',
    note: 'Each influencer’s unattributed payout is shared over the campaigns as their attributed payout is; where they have none, as the whole payout is.',
    sql: null,
  },
  costed_only_roas: {
    id: 'costed_only_roas',
    label: 'Costed-only ROAS',
    unit: 'ratio',
    formula: 'ROAS over influencers whose payout is above zero',
    note: 'Shown when some influencer is unpaid or has no payout supplied.',
    sql: null,
  },
  engagement_rate: {
    id: 'engagement_rate',
    label: 'Engagement rate',
    unit: 'share',
    formula: 'Σ (likes + comments) ÷ Σ reach',
    note: 'Posts whose reach is missing or not above zero leave both sums.',
    sql: ratio('engagement', 'reach'),
  },
  cpm: {
    id: 'cpm',
    label: 'CPM',
    unit: 'price',
    formula: '1,000 × payout ÷ Σ reach',
    note: 'Cost of a thousand reached; n/a without reach.',
    sql: ratio('1000 * payout', 'reach'),
  },
  cpe: {
    id: 'cpe',
    label: 'CPE',
    unit: 'price',
    formula: 'Payout ÷ Σ (likes + comments)',
    note: 'Cost of an engagement; n/a without any.',
    sql: ratio('payout', 'interactions'),
  },
  cpa: {
    id: 'cpa',
    label: 'CPA',
    unit: 'price',
    formula: 'Payout ÷ orders',
    note: 'Cost of a tracked order; n/a without orders.',
    sql: ratio('payout', 'orders'),
  },
  aov: {
    id: 'aov',
    label: 'AOV',
    unit: 'price',
    formula: 'Revenue ÷ orders',
    note: 'Average order value; n/a without orders.',
    sql: ratio('revenue', 'orders'),
  },
  break_even_margin: {
    id: 'break_even_margin',
    label: 'Break-even margin',
    unit: 'share',
    formula: 'Payout ÷ revenue',
    note: 'The gross margin at which the spend pays back; n/a where revenue is not above zero.',
    sql: 'CASE WHEN revenue > 0 THEN CAST(payout AS DOUBLE PRECISION) / revenue END',
  },
  break_even_roas: {
    id: 'break_even_roas',
    label: 'Break-even ROAS',
    unit: 'ratio',
    formula: '1 ÷ gross margin',
    note: 'Only where a gross margin is configured.',
    sql: null,
  },
  contribution_roi: {
    id: 'contribution_roi',
    label: 'Contribution ROI',
    unit: 'share',
    formula: '(Gross margin × revenue − payout) ÷ payout',
    note: `Only where a gross margin is configured; ${perPayout}.`,
    sql: null,
  },
  unattributed_payout: {
    id: 'unattributed_payout',
    label: 'Unattributed payout',
    unit: 'money',
    formula: 'Σ payout that no campaign carries',
    note: 'Mostly posts that carry no tracked order; part of payout and of the total ROAS.',
    sql: null,
  },
  top1_share: {
    id: 'top1_share',
    label: 'Top influencer’s share',
    unit: 'share',
    formula: 'Revenue of the first influencer ÷ revenue',
    note: 'Concentration; n/a where revenue is not above zero.',
    sql: null,
  },
  top5_share: {
    id: 'top5_share',
    label: 'Top five’s share',
    unit: 'share',
    formula: 'Revenue of the first five influencers ÷ revenue',
    note: 'Concentration; n/a where revenue is not above zero.',
    sql: null,
  },
  effective_influencers: {
    id: 'effective_influencers',
    label: 'Effective influencers',
    unit: 'number',
    formula: '1 ÷ Σ (share of revenue × share of revenue)',
    note: 'How many equally strong influencers would concentrate revenue as much.',
    sql: null,
  },
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof glossary;

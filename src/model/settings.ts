import type { Filters } from './filters.js';

/** Upper limits of the follower tiers, each exclusive, in ascending order; mega is all above. */
export interface TierLimits {
  nano: number;
  micro: number;
  mid: number;
  macro: number;
}

/** What the figures depend on besides the data. Money in minor units of the currency. */
export interface FigureSettings {
  filters: Filters;
  /** Whether nothing may be told of what the filters leave out, but for averages over three others and more. */
  isolated: boolean;
  /** ISO day on which the report is made. */
  asOf: string;
  baseline: 'mean' | 'pooled' | number;
  tiers: TierLimits;
  /** Posts below this reach are not ranked by engagement rate. */
  minReach: number;
  /** Share of payout without a campaign above which campaigns are ranked by loaded ROAS and the badge turns amber. */
  unattributedAmber: number;
  /** Gross margin between 0 and 1, or null where none is configured. */
  grossMargin: number | null;
}

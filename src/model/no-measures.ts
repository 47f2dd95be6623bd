import type { Measures } from './facts.js';
import type { Ratios } from './metrics-by.js';

/** The figures of something that nothing was recorded for: sums of zero, ratios undefined. */
export const noMeasures: Readonly<Measures & Ratios> = {
  revenue: 0,
  payout: 0,
  orders: 0,
  posts: 0,
  reach: 0,
  engagement: 0,
  interactions: 0,
  roas: null,
  roi: null,
  engagement_rate: null,
  cpm: null,
  cpe: null,
  cpa: null,
  aov: null,
  break_even_margin: null,
};

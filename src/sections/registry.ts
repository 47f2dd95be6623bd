import { appendix } from './appendix.js';
import { campaignDeepDive } from './campaign-deep-dive.js';
import { contentEngagement } from './content-engagement.js';
import { executiveOverview } from './executive-overview.js';
import { financialReview } from './financial-review.js';
import { influencerAnalysis } from './influencer-analysis.js';
import type { SectionDefinition } from './section.js';
import { sinceLastEdition } from './since-last-edition.js';
import { trend } from './trend.js';

/** The sections of the report, in its order. */
export const sections: readonly SectionDefinition[] = [
  executiveOverview,
  campaignDeepDive,
  influencerAnalysis,
  contentEngagement,
  financialReview,
  trend,
  sinceLastEdition,
  appendix,
];

import { currencyDigits } from '../format/format.js';
import type { Comparison } from '../report/comparison-schema.js';
import { movedCampaigns } from './campaigns.js';
import type { Edition } from './figures.js';
import { crossings } from './influencers.js';
import { isSamePayout, movedKpis } from './kpis.js';
import { haveOtherCounts, pastWeeks, reallocation, restatements } from './weeks.js';

/**
 * What moved between two editions, and which figures of past weeks were restated, from the two reports alone. Both have the same currency
 * and filters. Comparing an edition with itself finds nothing.
 *
 * @param sha256 - of the report.json of the earlier edition
 */
export function compareEditions(before: Edition, now: Edition, sha256: string): Comparison {
  const digits = currencyDigits(now.meta.currency);
  const { asOf, period, version } = before.meta;
  const weeks = pastWeeks(before, now);
  const anew = !isSamePayout(before, now, digits) || haveOtherCounts(before, now);
  return {
    with: { asOf, label: period.label, version, sha256 },
    window: movedWindow(period.from, now.meta.period.from),
    moved: {
      kpis: movedKpis(before, now, digits),
      campaigns: movedCampaigns(before, now, digits),
      influencers: crossings(before, now, now.meta.thresholds.roasBelow),
    },
    restated: weeks && restatements(weeks, anew, digits),
    reallocated: weeks === null || !anew ? null : reallocation(weeks, digits),
  };
}

function movedWindow(before: string | null, now: string | null): Comparison['window'] {
  return before !== null && now !== null && before < now ? { before, now } : null;
}

import type { Format } from '../format/format.js';
import { type QualityCounts, unattributedShare } from '../model/quality.js';
import type { Check, Report } from '../report/schema.js';

interface QualityContext {
  format: Format;
  major: (money: number) => number;
  /** Share of payout without a campaign above which it is a warning. */
  unattributedAmber: number;
}

/** The quality checks in words that a marketer understands; those that found nothing are listed as ok. */
export function qualityChecks(
  counts: QualityCounts,
  { format, major, unattributedAmber }: QualityContext,
): Check[] {
  const { plural, value } = format;
  const share = unattributedShare(counts);
  const empty = [
    ...(counts.orders === 0 ? ['tracking_data'] : []),
    ...(counts.posts === 0 ? ['posts'] : []),
    ...(counts.payout_rows === 0 ? ['payouts'] : []),
  ];
  const money = (amount: number) => format.compact(major(amount));
  const check = (id: string, severity: Check['severity'], count: number, found: string): Check => ({
    id,
    severity: count === 0 ? 'ok' : severity,
    count,
    text: count === 0 ? 'Nothing found.' : found,
  });
  return [
    {
      id: 'unattributed-payout',
      severity: share > unattributedAmber ? 'warning' : 'ok',
      count: share > unattributedAmber ? 1 : 0,
      text: `${value(share, 'share')} of payout has no campaign; amber above ${value(unattributedAmber, 'share')}.`,
    },
    check('empty-table', 'warning', empty.length, `No rows in ${empty.join(', ')}.`),
    check(
      'unknown-influencer',
      'warning',
      counts.unknown_influencers,
      `${plural(counts.unknown_influencers, 'influencer')} not in the influencers table, with ${money(counts.unknown_revenue)} of revenue.`,
    ),
    check(
      'sales-without-payout',
      'info',
      counts.sales_without_payout,
      `${plural(counts.sales_without_payout, 'influencer')} with sales of ${money(counts.revenue_without_payout)} but no payout row; their ROAS is n/a.`,
    ),
    check(
      'payout-without-activity',
      'info',
      counts.idle_payouts,
      `${plural(counts.idle_payouts, 'influencer')} paid ${money(counts.idle_amount)} without posts or orders; Unattributed.`,
    ),
    check(
      'zero-payout',
      'info',
      counts.zero_payouts,
      `${plural(counts.zero_payouts, 'payout')} of zero; where an influencer has no other, ROAS is n/a.`,
    ),
    check(
      'blank-campaign',
      'info',
      counts.blank_campaign_orders,
      `${plural(counts.blank_campaign_orders, 'order')} of influencers without a campaign, counted as Unattributed.`,
    ),
    check(
      'future-date',
      'warning',
      counts.future_rows,
      `${plural(counts.future_rows, 'entry', 'entries')} dated after the day of the report; they are counted.`,
    ),
    check(
      'engagement-above-reach',
      'warning',
      counts.impossible_engagement,
      `${plural(counts.impossible_engagement, 'post')} with more likes and comments than reach.`,
    ),
  ];
}

/** The data badge of page 1: red for an error, amber for a warning, with what the first such check found. */
export function badgeOf(checks: readonly Check[]): Report['badge'] {
  const worst =
    checks.find((check) => check.severity === 'error') ??
    checks.find((check) => check.severity === 'warning');
  if (!worst) return { color: 'green', reason: 'Figures reconcile with the source files' };
  return { color: worst.severity === 'error' ? 'red' : 'amber', reason: worst.text.replace(/;.*|\.$/s, '') };
}

import type { Format } from '../format/format.js';
import type { QualityCounts } from '../model/quality.js';
import type { Check, Report } from '../report/schema.js';

interface QualityContext {
  format: Format;
  major: (money: number) => number;
  unattributedAmber: number;
}

/** The quality checks in words that a marketer understands; those that found nothing are listed as ok. */
export function qualityChecks(
  counts: QualityCounts,
  { format, major, unattributedAmber }: QualityContext,
): Check[] {
  const money = (amount: number) => format.compact(major(amount));
  const share = counts.payout > 0 ? counts.unattributed / counts.payout : 0;
  const check = (id: string, severity: Check['severity'], count: number, text: string): Check => ({
    id,
    severity: count === 0 ? 'ok' : severity,
    count,
    text: count === 0 ? 'Nothing found.' : text,
  });
  return [
    {
      id: 'unattributed-payout',
      severity: share > unattributedAmber ? 'warning' : 'ok',
      count: 0,
      text: `${format.value(share, 'share')} of payout has no campaign (amber above ${format.value(unattributedAmber, 'share')}).`,
    },
    check(
      'unknown-influencer',
      'warning',
      counts.unknown_influencers,
      `Influencers in posts, orders or payouts that the influencers table does not know; they bring ${money(counts.unknown_revenue)}.`,
    ),
    check(
      'sales-without-payout',
      'info',
      counts.sales_without_payout,
      `Influencers with sales of ${money(counts.revenue_without_payout)} but no payout row; their ROAS is n/a.`,
    ),
    check(
      'payout-without-activity',
      'info',
      counts.idle_payouts,
      `Influencers paid ${money(counts.idle_amount)} without posts or orders; Unattributed.`,
    ),
    check(
      'zero-payout',
      'info',
      counts.zero_payouts,
      'Payouts of zero; the ROAS of these influencers is n/a.',
    ),
    check(
      'blank-campaign',
      'info',
      counts.blank_campaign_orders,
      'Orders of influencers without a campaign; they count as Unattributed.',
    ),
    check(
      'future-date',
      'warning',
      counts.future_rows,
      'Rows dated after the day of the report; they are counted.',
    ),
    check(
      'engagement-above-reach',
      'warning',
      counts.impossible_engagement,
      'Posts whose likes and comments exceed their reach.',
    ),
  ];
}

/** The data badge of page 1: red for an error, amber for a warning, with the first reason. */
export function badgeOf(checks: readonly Check[]): Report['badge'] {
  const worst =
    checks.find((check) => check.severity === 'error') ??
    checks.find((check) => check.severity === 'warning');
  if (!worst) return { color: 'green', reason: 'All control totals hold' };
  return { color: worst.severity === 'error' ? 'red' : 'amber', reason: reasonOf(worst) };
}

function reasonOf({ id, count, text }: Check): string {
  if (id === 'unattributed-payout') return text.replace(/ \(.*/, '');
  return `${count} ${id.replaceAll('-', ' ')}${count === 1 ? '' : 's'}`;
}

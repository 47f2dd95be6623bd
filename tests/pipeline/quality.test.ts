import { describe, expect, it } from 'vitest';
import { createFormat } from '../../src/format/format.js';
import type { QualityCounts } from '../../src/model/quality.js';
import { badgeOf, qualityChecks } from '../../src/pipeline/quality.js';

const nothing: QualityCounts = {
  orders: 1,
  posts: 1,
  payout_rows: 1,
  unknown_influencers: 0,
  unknown_revenue: 0,
  sales_without_payout: 0,
  revenue_without_payout: 0,
  idle_payouts: 0,
  idle_amount: 0,
  zero_payouts: 0,
  blank_campaign_orders: 0,
  future_rows: 0,
  impossible_engagement: 0,
  payout: 0,
  unattributed: 0,
};
const checksOf = (changes: Partial<QualityCounts>) =>
  qualityChecks(
    { ...nothing, ...changes },
    {
      format: createFormat('en-IN', 'INR'),
      major: (money) => money / 100,
      unattributedAmber: 0.1,
    },
  );

describe('the data badge', () => {
  it('is green where nothing was found, and for what is only worth knowing', () => {
    expect(badgeOf(checksOf({}))).toEqual({
      color: 'green',
      reason: 'Figures reconcile with the source files',
    });
    expect(badgeOf(checksOf({ zero_payouts: 3, sales_without_payout: 2 })).color).toBe('green');
  });

  it('turns amber above the share of payout without a campaign, not at it', () => {
    expect(badgeOf(checksOf({ payout: 1_000, unattributed: 100 })).color).toBe('green');
    expect(badgeOf(checksOf({ payout: 1_000, unattributed: 101 }))).toEqual({
      color: 'amber',
      reason: '10.1% of payout has no campaign',
    });
    expect(badgeOf(checksOf({ payout: -1_000, unattributed: 500 })).color).toBe('green');
  });

  it('tells how many of what it warns of', () => {
    expect(badgeOf(checksOf({ unknown_influencers: 1 })).reason).toBe(
      '1 influencer not in the influencers table, with ₹0 of revenue',
    );
    expect(badgeOf(checksOf({ unknown_influencers: 2 })).reason).toBe(
      '2 influencers not in the influencers table, with ₹0 of revenue',
    );
  });

  it('is amber where a table has no rows', () => {
    expect(badgeOf(checksOf({ orders: 0, payout_rows: 0 }))).toEqual({
      color: 'amber',
      reason: 'No rows in tracking_data, payouts',
    });
  });

  it('is red for an error, before any warning', () => {
    const error = { id: 'broken-file', severity: 'error', count: 1, text: 'Broken.' } as const;
    expect(badgeOf([...checksOf({ unknown_influencers: 1 }), error]).color).toBe('red');
  });
});

it('writes every check as a sentence, with its money', () => {
  const checks = checksOf({ idle_payouts: 2, idle_amount: 50_000_00 });
  expect(checks.find(({ id }) => id === 'payout-without-activity')).toMatchObject({
    severity: 'info',
    count: 2,
    text: '2 influencers paid ₹50,000 without posts or orders; Unattributed.',
  });
  expect(checks.filter(({ severity }) => severity === 'ok').every(({ text }) => text.endsWith('.'))).toBe(
    true,
  );
});

import type { PayoutFigures } from './payouts.js';

/** Orders on one side of the reconciliation that the other side does not have; money in minor units. */
export interface Gap {
  influencers: number;
  orders: number;
  /** Orders × rate; 0 where no rate is given. */
  money: number;
}

/**
 * Paid orders against tracked ones, over payouts per order, and rate × units against every total. Over the whole period: it never
 * changes the allocation.
 *
 * @returns orders paid but not tracked, orders tracked but not yet paid, and how many totals differ from rate × units
 */
export function reconcile(payouts: readonly PayoutFigures[]): {
  untracked: Gap;
  unpaid: Gap;
  differing: number;
} {
  const untracked = { influencers: 0, orders: 0, money: 0 };
  const unpaid = { influencers: 0, orders: 0, money: 0 };
  for (const { basis, orders_paid, orders_tracked, rate } of payouts) {
    if (basis !== 'order' || orders_paid === null || orders_tracked === null) continue;
    if (orders_paid === orders_tracked) continue;
    const gap = orders_paid > orders_tracked ? untracked : unpaid;
    gap.influencers += 1;
    gap.orders += Math.abs(orders_paid - orders_tracked);
    gap.money += Math.abs(orders_paid - orders_tracked) * (rate ?? 0);
  }
  return { untracked, unpaid, differing: payouts.filter(differs).length };
}

function differs({ basis, rate, orders_paid, posts, payout_supplied }: PayoutFigures): boolean {
  const units = basis === 'order' ? orders_paid : posts;
  return rate !== null && basis !== null && units !== null && rate * units !== payout_supplied;
}

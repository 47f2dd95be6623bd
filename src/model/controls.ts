import type { Warehouse } from '../warehouse/warehouse.js';
import type { CampaignFigures } from './campaigns.js';
import type { Totals } from './totals.js';
import type { WeekFigures } from './weeks.js';

/** Two ways to the same sum. Money in minor units. A control that does not hold is a bug and fails the run. */
export interface Control {
  id: string;
  label: string;
  unit: 'money' | 'count';
  expected: number;
  actual: number;
  ok: boolean;
  /** What it adds up: the whole input, whatever the filters, or what the report shows. */
  of: 'input' | 'report';
}

interface Sums {
  payouts: number;
  ledger: number;
  unbalanced: number;
  tracked_revenue: number;
  sales_revenue: number;
  tracked_orders: number;
  sales_orders: number;
}

/** Conservation of the whole input: nothing was lost or counted twice between the tables and the ledger. */
export async function inputControls(warehouse: Warehouse): Promise<Control[]> {
  const [sums] = await warehouse.query<Sums>(`-- control totals of the inputs against the ledger
  SELECT
    (SELECT CAST(COALESCE(SUM(total_payout), 0) AS BIGINT) FROM payouts) AS payouts,
    (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM ledger) AS ledger,
    (
      SELECT COUNT(*)
      FROM (
        SELECT influencer_id
        FROM (
          SELECT influencer_id, total_payout AS difference FROM payouts
          UNION ALL
          SELECT influencer_id, -amount FROM ledger
        ) AS both_sides
        GROUP BY influencer_id
        HAVING SUM(difference) <> 0
      ) AS unbalanced_influencers
    ) AS unbalanced,
    (SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT) FROM tracking) AS tracked_revenue,
    (SELECT CAST(COALESCE(SUM(revenue), 0) AS BIGINT) FROM sales_by_source) AS sales_revenue,
    (SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT) FROM tracking) AS tracked_orders,
    (SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT) FROM sales_by_source) AS sales_orders`);
  if (!sums) throw new Error('The query for control totals returned no row.');
  const control = controlOf('input');
  return [
    control('ledger-total', 'Payout ledger = payouts table', 'money', sums.payouts, sums.ledger),
    control(
      'ledger-influencers',
      'Influencers whose ledger differs from their payouts',
      'count',
      0,
      sums.unbalanced,
    ),
    control(
      'revenue-total',
      'Revenue in the report’s cells = tracking data',
      'money',
      sums.tracked_revenue,
      sums.sales_revenue,
    ),
    control(
      'orders-total',
      'Orders in the report’s cells = tracking data',
      'count',
      sums.tracked_orders,
      sums.sales_orders,
    ),
  ];
}

/** Conservation of what the report shows: the parts in its tables sum to its totals. */
export function reportControls(
  totals: Totals,
  campaigns: readonly CampaignFigures[],
  weeks: readonly WeekFigures[],
  undatedPayout: number,
): Control[] {
  const control = controlOf('report');
  const payout = totals.payout ?? 0;
  return [
    control(
      'campaign-payout',
      'Campaigns + Unattributed = payout',
      'money',
      payout,
      sum(campaigns, 'payout'),
    ),
    control(
      'campaign-revenue',
      'Campaigns + no campaign = revenue',
      'money',
      totals.revenue,
      sum(campaigns, 'revenue'),
    ),
    control('week-payout', 'Weeks + undated = payout', 'money', payout, sum(weeks, 'payout') + undatedPayout),
    control('week-revenue', 'Weeks = revenue', 'money', totals.revenue, sum(weeks, 'revenue')),
  ];
}

function sum<Key extends 'payout' | 'revenue'>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function controlOf(of: Control['of']) {
  return (id: string, label: string, unit: Control['unit'], expected: number, actual: number): Control => ({
    id,
    label,
    unit,
    expected,
    actual,
    ok: expected === actual,
    of,
  });
}

import type { Warehouse } from '../warehouse/warehouse.js';
import { cutsLedgerRows, influencerConditions } from './filters.js';
import type { LedgerRule } from './ledger.js';
import type { Scope } from './scope.js';

/**
 * One influencer's supplied payout on one basis; money in minor units. Rate, orders and posts are those of the whole period; in an isolated
 * report rate and orders are null where they also cover what the filters leave out.
 */
export interface PayoutFigures {
  influencer_id: string;
  name: string | null;
  basis: string | null;
  /** Null where none is given, or where several rows give different ones. */
  rate: number | null;
  /** What the filters leave of it. */
  payout: number;
  /** The total for the whole period, whatever the filters. */
  payout_supplied: number;
  orders_paid: number | null;
  orders_tracked: number | null;
  posts: number;
}

/** Every influencer and basis in the payouts table that the filters leave something of, highest payout first. */
export function payoutFigures(
  warehouse: Warehouse,
  { schema, filters, isolated }: Scope,
): Promise<PayoutFigures[]> {
  const conditions = [
    influencerConditions(filters) &&
      `supplied.influencer_id IN (SELECT influencer_id FROM influencers WHERE ${influencerConditions(filters)})`,
    cutsLedgerRows(filters) && `supplied.influencer_id IN (SELECT influencer_id FROM ${schema}.facts)`,
    isolated && `(in_scope.amount IS NOT NULL OR ${WHOLE})`,
  ].filter((condition) => condition !== false && condition !== '');
  const told = (column: string) => (isolated ? `CASE WHEN ${WHOLE} THEN ${column} END` : column);
  return warehouse.query(`-- supplied payouts beside tracked orders and posts
  SELECT
    supplied.influencer_id,
    influencers.name,
    supplied.basis,
    ${told('supplied.rate')} AS rate,
    CAST(COALESCE(in_scope.amount, 0) AS BIGINT) AS payout,
    supplied.payout AS payout_supplied,
    ${told('supplied.orders_paid')} AS orders_paid,
    ${told('COALESCE(tracked.orders, 0)')} AS orders_tracked,
    COALESCE(publishing.posts, 0) AS posts
  FROM (
    SELECT
      influencer_id,
      basis,
      CASE WHEN MIN(rate) = MAX(rate) THEN MIN(rate) END AS rate,
      CAST(SUM(total_payout) AS BIGINT) AS payout,
      CAST(SUM(orders) AS BIGINT) AS orders_paid
    FROM payouts
    GROUP BY influencer_id, basis
  ) AS supplied
  LEFT JOIN influencers ON influencers.influencer_id = supplied.influencer_id
  LEFT JOIN (
    SELECT influencer_id, COALESCE(basis, '') AS basis, SUM(amount) AS amount
    FROM ${schema}.ledger
    GROUP BY influencer_id, COALESCE(basis, '')
  ) AS in_scope
    ON in_scope.influencer_id = supplied.influencer_id
    AND in_scope.basis = COALESCE(supplied.basis, '')
  LEFT JOIN (
    SELECT influencer_id, CAST(SUM(orders) AS BIGINT) AS orders FROM sales_by_source GROUP BY influencer_id
  ) AS tracked ON tracked.influencer_id = supplied.influencer_id
  LEFT JOIN (
    SELECT influencer_id, SUM(orders) AS orders FROM ${schema}.sales GROUP BY influencer_id
  ) AS tracked_in_scope ON tracked_in_scope.influencer_id = supplied.influencer_id
  LEFT JOIN (
    SELECT influencer_id, COUNT(*) AS posts FROM published GROUP BY influencer_id
  ) AS publishing ON publishing.influencer_id = supplied.influencer_id
  ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
  ORDER BY payout DESC, supplied.influencer_id, supplied.basis`);
}

/** Whether the filters keep all of an influencer's payout and orders. */
const WHOLE =
  '(COALESCE(in_scope.amount, 0) = supplied.payout AND COALESCE(tracked_in_scope.orders, 0) = COALESCE(tracked.orders, 0))';

const BY_OTHER_BASIS = "basis IS NOT NULL AND driver IN ('post', 'order') AND basis <> driver";

/** The payout in scope that each rule of the ledger placed, in minor units. */
export function payoutByRule(
  warehouse: Warehouse,
  { schema }: Scope,
): Promise<{ rule: LedgerRule; by_other_basis: boolean; amount: number; rows: number }[]> {
  return warehouse.query(`-- payout by the rule that placed it
  SELECT
    rule,
    ${BY_OTHER_BASIS} AS by_other_basis,
    CAST(SUM(amount) AS BIGINT) AS amount,
    CAST(SUM(places) AS BIGINT) AS rows
  FROM ${schema}.ledger
  GROUP BY rule, ${BY_OTHER_BASIS}
  ORDER BY rule, by_other_basis`);
}

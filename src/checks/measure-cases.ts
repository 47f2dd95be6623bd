import type { Warehouse } from '../warehouse/warehouse.js';
import type { Case, Cases } from './cases.js';
import type { CaseCheck } from './check.js';

const EXAMPLES = 3;

/** One row an influencer that any table names: what each table holds of them. */
const PEOPLE = `people AS (
    SELECT
      everyone.influencer_id,
      influencers.influencer_id AS profile,
      COALESCE(published.posts, 0) AS posts,
      published.first_post,
      COALESCE(tracked.rows, 0) AS rows,
      COALESCE(tracked.orders, 0) AS orders,
      COALESCE(tracked.revenue, 0) AS revenue,
      tracked.first_day AS first_sale,
      paid.payout
    FROM (
      SELECT influencer_id FROM influencers
      UNION
      SELECT influencer_id FROM posts
      UNION
      SELECT influencer_id FROM payouts
      UNION
      SELECT influencer_id FROM tracked WHERE influencer_id IS NOT NULL
    ) AS everyone
    LEFT JOIN influencers ON influencers.influencer_id = everyone.influencer_id
    LEFT JOIN (
      SELECT influencer_id, COUNT(*) AS posts, MIN(date) AS first_post FROM posts GROUP BY influencer_id
    ) AS published ON published.influencer_id = everyone.influencer_id
    LEFT JOIN tracked ON tracked.influencer_id = everyone.influencer_id
    LEFT JOIN (
      SELECT influencer_id, SUM(total_payout) AS payout FROM payouts GROUP BY influencer_id
    ) AS paid ON paid.influencer_id = everyone.influencer_id
  )`;

/** Finds the cases of several checks in one query; a check without any is absent from the answer. */
export async function measureCases(
  warehouse: Warehouse,
  checks: readonly CaseCheck[],
  asOf: string,
): Promise<Map<string, Cases>> {
  const found = new Map<string, Cases & { first: Case[] }>();
  if (checks.length === 0) return found;
  const arms = checks.map(
    ({ id, cases }) => `SELECT '${id}' AS check_id, found.* FROM (${cases(asOf)}) AS found`,
  );
  const rows = await warehouse.query<
    Case & { check_id: string; all_cases: number; all_entries: number; all_money: number }
  >(`-- what the checks of rows find, with the weightiest cases of each
  WITH ${PEOPLE},
  cases AS (
    ${arms.join('\n    UNION ALL\n    ')}
  ),
  ranked AS (
    SELECT
      cases.*,
      COUNT(*) OVER (PARTITION BY check_id) AS all_cases,
      CAST(SUM(entries) OVER (PARTITION BY check_id) AS BIGINT) AS all_entries,
      CAST(COALESCE(SUM(money) OVER (PARTITION BY check_id), 0) AS BIGINT) AS all_money,
      ROW_NUMBER() OVER (
        PARTITION BY check_id
        ORDER BY
          ABS(COALESCE(money, 0)) DESC,
          ABS(COALESCE(figure, 0) - COALESCE(other, 0)) DESC,
          COALESCE(influencer_id, ''),
          COALESCE(subject, ''),
          COALESCE(detail, ''),
          COALESCE(day, '')
      ) AS place
    FROM cases
  )
  SELECT ranked.*, influencers.name
  FROM ranked
  LEFT JOIN influencers ON influencers.influencer_id = ranked.influencer_id
  WHERE place <= ${EXAMPLES}
  ORDER BY check_id, place`);
  for (const { check_id, all_cases, all_entries, all_money, ...first } of rows) {
    const cases = found.get(check_id) ?? {
      count: all_cases,
      entries: all_entries,
      money: all_money,
      first: [],
    };
    cases.first.push(first);
    found.set(check_id, cases);
  }
  return found;
}

/** The sums behind every ratio; money in minor units. */
export interface Measures {
  revenue: number;
  payout: number;
  orders: number;
  posts: number;
  reach: number;
  /** Likes and comments of posts with a reach. */
  engagement: number;
  /** Likes and comments of all posts. */
  interactions: number;
}

/** The names of all measures. */
export const MEASURES = [
  'revenue',
  'payout',
  'orders',
  'posts',
  'reach',
  'engagement',
  'interactions',
] as const satisfies readonly (keyof Measures)[];

/** What the measures of one kind are read from. */
interface Source {
  /** A relation, with a WHERE clause of its own if need be. */
  from: string;
  /** Those of the dimensions that it has. */
  dimensions: readonly string[];
}

/**
 * SQL that sums the measures of sales, payout and posts by the dimensions of `sales`; those that the others lack are NULL there.
 * Each row carries the measures of one kind only, so that grouping by anything can never count a payout twice.
 *
 * @param sources - `sales` has columns `revenue` and `orders`, `ledger` has `amount`, `posts` those of `published`
 */
export function factsSql({ sales, ledger, posts }: Record<'sales' | 'ledger' | 'posts', Source>): string {
  const engagement = 'COALESCE(likes, 0) + COALESCE(comments, 0)';
  const part = ({ from, dimensions }: Source, sums: Partial<Record<keyof Measures, string>>) => {
    const columns = sales.dimensions.map((name) => (dimensions.includes(name) ? name : `NULL AS ${name}`));
    const measures = MEASURES.map((name) => `CAST(${sums[name] ?? 0} AS BIGINT) AS ${name}`);
    return `SELECT
    ${[...columns, ...measures].join(',\n    ')}
  FROM ${from}
  GROUP BY ${dimensions.join(', ')}`;
  };
  return [
    part(sales, { revenue: 'SUM(revenue)', orders: 'SUM(orders)' }),
    part(ledger, { payout: 'SUM(amount)' }),
    part(posts, {
      posts: 'COUNT(*)',
      reach: 'SUM(CASE WHEN reach > 0 THEN reach ELSE 0 END)',
      engagement: `SUM(CASE WHEN reach > 0 THEN ${engagement} ELSE 0 END)`,
      interactions: `SUM(${engagement})`,
    }),
  ].join('\n  UNION ALL\n  ');
}

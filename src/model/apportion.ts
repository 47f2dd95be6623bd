export interface Apportionment {
  /** Relation with a row per share to make; `amount` (minor units) repeats within a group, `weight` ≥ 0 with a positive sum. */
  from: string;
  /** Columns that name one amount to divide. */
  group: readonly string[];
  /** Columns that name a share within its group; ties of the largest remainder go by their ascending order. */
  key: readonly string[];
  /** Further columns to hand on. */
  carry?: readonly string[];
}

/**
 * SQL that divides each group's `amount` by `weight` so that the shares sum to it exactly (largest remainder, in minor
 * units). A negative amount is divided by its absolute value and gets its sign back.
 *
 * The quotient is taken apart first (amount = quotient × total + rest), so that products stay below total weight²,
 * and every division is exact, so that it means the same where `/` divides integers and where it yields a double.
 */
export function apportion({ from, group, key, carry = [] }: Apportionment): string {
  const partition = `PARTITION BY ${group.join(', ')}`;
  return `
    SELECT
      ${[...group, ...key, ...carry].join(',\n      ')},
      CAST(
        (CASE WHEN amount < 0 THEN -1 ELSE 1 END) * (whole + CASE WHEN place <= left_over THEN 1 ELSE 0 END)
        AS BIGINT
      ) AS amount
    FROM (
      SELECT
        floored.*,
        ROW_NUMBER() OVER (${partition} ORDER BY fraction DESC, ${key.join(', ')}) AS place,
        ABS(amount) - SUM(whole) OVER (${partition}) AS left_over
      FROM (
        SELECT
          divided.*,
          quotient * weight + CAST((rest * weight - MOD(rest * weight, total)) / total AS BIGINT) AS whole,
          MOD(rest * weight, total) AS fraction
        FROM (
          SELECT
            weighed.*,
            CAST((ABS(amount) - MOD(ABS(amount), total)) / total AS BIGINT) AS quotient,
            MOD(ABS(amount), total) AS rest
          FROM (
            SELECT shares.*, CAST(SUM(weight) OVER (${partition}) AS BIGINT) AS total
            FROM ${from} AS shares
          ) AS weighed
        ) AS divided
      ) AS floored
    ) AS ranked`;
}

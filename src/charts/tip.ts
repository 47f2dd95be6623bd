/** Marks a mark's description as a text for the reader, apart from those that vega-lite makes up. */
export const TIP = 'tip:';

/** The rows with their `tip` ready for the channel `description`. */
export function withTips<Row extends { tip: string }>(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, tip: TIP + row.tip }));
}

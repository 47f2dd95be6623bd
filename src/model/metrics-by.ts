import type { Warehouse } from '../warehouse/warehouse.js';
import { MEASURES, type Measures } from './facts.js';
import { glossary, type MetricId } from './glossary.js';

/** The ratios of the glossary that follow from the measures of one row; money in minor units, null where undefined. */
export type Ratios = Record<RatioId, number | null>;

export type RatioId =
  | 'roas'
  | 'roi'
  | 'engagement_rate'
  | 'cpm'
  | 'cpe'
  | 'cpa'
  | 'aov'
  | 'break_even_margin';

const ratios: readonly RatioId[] = [
  'roas',
  'roi',
  'engagement_rate',
  'cpm',
  'cpe',
  'cpa',
  'aov',
  'break_even_margin',
];

export interface Grouping {
  /** A relation with all measures: `facts` or `timeline` of a scope, or one made of them. */
  from: string;
  /** Output name → SQL expression over the columns of `from`. No dimension: one row of totals. */
  dimensions?: Record<string, string>;
  where?: string;
}

/**
 * Sums the measures and derives the ratios from the sums: the one way in which the report computes a metric by anything. Rows
 * come ordered by their dimensions.
 *
 * @param Dimensions - the type of the dimension columns of a row
 * @returns a row a group: its dimensions, measures and ratios
 */
export function metricsBy<Dimensions extends object = object>(
  warehouse: Warehouse,
  grouping: Grouping,
): Promise<(Dimensions & Measures & Ratios)[]> {
  return warehouse.query(metricsSql(grouping));
}

function metricsSql({ from, dimensions = {}, where }: Grouping): string {
  const names = Object.keys(dimensions);
  const selected = Object.entries(dimensions).map(([name, sql]) => `${sql} AS ${name}`);
  const sums = MEASURES.map((measure) => `CAST(COALESCE(SUM(${measure}), 0) AS BIGINT) AS ${measure}`);
  const derived = ratios.map((id: MetricId) => `${glossary[id].sql} AS ${id}`);
  return `-- measures and ratios${names.length > 0 ? ` by ${names.join(', ')}` : ', in total'}
  SELECT
    ${[...names, ...MEASURES, ...derived].join(',\n    ')}
  FROM (
    SELECT
      ${[...selected, ...sums].join(',\n      ')}
    FROM ${from}
    ${where ? `WHERE ${where}` : ''}
    ${names.length > 0 ? `GROUP BY ${Object.values(dimensions).join(', ')}` : ''}
  ) AS sums
  ${names.length > 0 ? `ORDER BY ${names.join(', ')}` : ''}`;
}

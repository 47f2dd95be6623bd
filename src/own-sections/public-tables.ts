import {
  cutsLedgerRows,
  type Filters,
  influencerConditions,
  postConditions,
  rowConditions,
} from '../model/filters.js';
import { tierSql } from '../model/influencers.js';
import type { TierLimits } from '../model/settings.js';
import type { Warehouse } from '../warehouse/warehouse.js';

/** The tables that the SQL of an own section may read; config/sections/README.md describes them. */
export const PUBLIC_TABLES = ['orders', 'payouts', 'posts', 'influencers'] as const;

export interface PublicScope {
  filters: Filters;
  tiers: TierLimits;
  /** Decimals of the currency: 2 for INR, 0 for JPY. */
  currencyDigits: number;
}

let opened = 0;

/**
 * Offers what the filters of a report keep as four tables with stable columns, for as long as `work` takes. Money is exact: DECIMAL in
 * major units. Sums over them are those of the report.
 *
 * @param work - is given one line of SQL that puts the tables before a query, and the name of their schema
 */
export async function withPublicTables<Result>(
  warehouse: Warehouse,
  scope: PublicScope,
  work: (tables: { before: string; schema: string }) => Promise<Result>,
): Promise<Result> {
  opened += 1;
  const schema = `own_section_${opened}`;
  const ctes = PUBLIC_TABLES.map((name) => `${name} AS (SELECT * FROM ${schema}.own_${name})`);
  await warehouse.query(statements(schema, scope).join(';\n'));
  try {
    return await work({ before: `WITH ${ctes.join(', ')}`, schema });
  } finally {
    await warehouse.query(`-- the tables of a section that is made
  DROP SCHEMA ${schema} CASCADE`);
  }
}

function statements(schema: string, { filters, tiers, currencyDigits: digits }: PublicScope): string[] {
  const rows = rowConditions(filters);
  const major = (money: string) => {
    const unit = digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`;
    return `CAST(CAST(${money} AS DECIMAL(18, 0)) * ${unit} AS DECIMAL(18, ${digits}))`;
  };
  return [
    `-- a place for the tables of an own section
  CREATE SCHEMA ${schema}`,

    `-- tracked orders that name an influencer
  CREATE VIEW ${schema}.own_orders AS
  SELECT date, influencer_id, post_id, campaign, product, platform, orders, ${major('revenue')} AS revenue
  FROM sales
  WHERE influencer_id IS NOT NULL AND ${rows}`,

    `-- payout, each part where it was placed
  CREATE VIEW ${schema}.own_payouts AS
  SELECT date, influencer_id, post_id, campaign, platform, basis, ${major('amount')} AS payout
  FROM ledger
  WHERE ${rows}`,

    `-- published posts
  CREATE VIEW ${schema}.own_posts AS
  SELECT post_id, influencer_id, platform, date, url, caption, reach, likes, comments
  FROM published
  WHERE ${postConditions(filters)}`,

    `-- the influencers of the report
  CREATE VIEW ${schema}.own_influencers AS
  SELECT
    everyone.influencer_id,
    COALESCE(influencers.name, everyone.influencer_id) AS name,
    influencers.category,
    platforms.platform,
    influencers.follower_count AS followers,
    ${tierSql(tiers)} AS tier
  FROM (${everyone(filters)}
  ) AS everyone
  LEFT JOIN influencers ON influencers.influencer_id = everyone.influencer_id
  LEFT JOIN platforms ON platforms.channel = LOWER(influencers.platform)`,
  ];
}

/** As the report lists them: who did something in scope and, where no filter cuts rows, who only has a profile or a payout. */
function everyone(filters: Filters): string {
  const dated = filters.from !== null || filters.to !== null;
  const profiles = influencerConditions(filters);
  const active = [
    `SELECT influencer_id FROM ${dated ? 'sales' : 'sales_by_source'} WHERE influencer_id IS NOT NULL AND ${rowConditions(filters)}`,
    `SELECT influencer_id FROM ledger WHERE ${rowConditions(filters)}`,
    `SELECT influencer_id FROM published WHERE ${postConditions(filters)}`,
  ];
  const silent = [
    `SELECT influencer_id FROM influencers ${profiles ? `WHERE ${profiles}` : ''}`,
    ...(profiles ? [] : ['SELECT influencer_id FROM payout_totals']),
  ];
  return [...active, ...(cutsLedgerRows(filters) ? [] : silent)]
    .map((part) => `\n    ${part}`)
    .join('\n    UNION');
}

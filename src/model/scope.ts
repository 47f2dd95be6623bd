import type { Warehouse } from '../warehouse/warehouse.js';
import { factsSql } from './facts.js';
import { type Filters, postConditions, rowConditions } from './filters.js';
import type { FigureSettings } from './settings.js';

/** What the filters of one report keep. */
export interface Scope {
  filters: Filters;
  /** Whether nothing may be told of what the filters leave out. */
  isolated: boolean;
  /**
   * Schema of its tables, each far smaller than what it was made of:
   * - `sales(influencer_id, post_id, campaign, platform, orders, revenue)`; organic rows have a NULL influencer
   * - `ledger(influencer_id, basis, driver, rule, campaign, platform, amount, places)`
   * - `posts`, with the columns of `published` and the `revenue` of the orders linked to each
   * - `facts(influencer_id, campaign, platform, …)`: all measures, for every figure that knows neither day nor product
   * - `timeline(date, campaign, product, …)`: all measures again, by day; payout may have none
   */
  schema: string;
}

let opened = 0;

/**
 * Applies the filters of a report once for all of its figures. Category and follower filters keep whole influencers; campaign,
 * platform and date filters keep rows of the finished ledger, which is never allocated anew. Any number of scopes can be open.
 */
export async function openScope(
  warehouse: Warehouse,
  { filters, isolated }: Pick<FigureSettings, 'filters' | 'isolated'>,
): Promise<Scope> {
  opened += 1;
  const schema = `report_${opened}`;
  for (const step of scopeSteps(schema, filters))
    await Promise.all(step.map((statement) => warehouse.query(statement)));
  return { filters, isolated, schema };
}

/** Drops the tables of a scope. */
export async function closeScope(warehouse: Warehouse, { schema }: Scope): Promise<void> {
  await warehouse.query(`-- the tables of a report that is made
  DROP SCHEMA ${schema} CASCADE`);
}

/** The statements that make a scope, in steps; those of a step do not need one another. */
function scopeSteps(schema: string, filters: Filters): string[][] {
  const conditions = rowConditions(filters);
  const dated = filters.from !== null || filters.to !== null;
  const place = `-- a place for the tables of a report
  CREATE SCHEMA ${schema}`;
  const sales = `-- orders in scope, without days and products
  CREATE TABLE ${schema}.sales AS
  SELECT
    influencer_id,
    post_id,
    campaign,
    platform,
    CAST(SUM(orders) AS BIGINT) AS orders,
    CAST(SUM(revenue) AS BIGINT) AS revenue
  FROM ${dated ? 'sales' : 'sales_by_source'}
  WHERE ${conditions}
  GROUP BY influencer_id, post_id, campaign, platform`;
  const ledger = `-- payout in scope, without posts and days
  CREATE TABLE ${schema}.ledger AS
  SELECT
    influencer_id,
    basis,
    driver,
    rule,
    campaign,
    platform,
    CAST(SUM(amount) AS BIGINT) AS amount,
    COUNT(*) AS places
  FROM ledger
  WHERE ${conditions}
  GROUP BY influencer_id, basis, driver, rule, campaign, platform`;
  const posts = `-- posts in scope with the revenue of the orders linked to them
  CREATE TABLE ${schema}.posts AS
  SELECT published.*, COALESCE(linked.revenue, 0) AS revenue
  FROM (SELECT * FROM published WHERE ${postConditions(filters)}) AS published
  LEFT JOIN (
    SELECT post_id, CAST(SUM(revenue) AS BIGINT) AS revenue FROM ${schema}.sales GROUP BY post_id
  ) AS linked ON linked.post_id = published.post_id`;
  const facts = `-- all measures by influencer, campaign and platform
  CREATE TABLE ${schema}.facts AS
  ${factsSql({
    sales: {
      from: `${schema}.sales WHERE influencer_id IS NOT NULL`,
      dimensions: ['influencer_id', 'campaign', 'platform'],
    },
    ledger: { from: `${schema}.ledger`, dimensions: ['influencer_id', 'campaign', 'platform'] },
    posts: { from: `${schema}.posts`, dimensions: ['influencer_id', 'platform'] },
  })}`;
  const timeline = `-- all measures by day, campaign and product
  CREATE TABLE ${schema}.timeline AS
  ${factsSql({
    sales: {
      from: `${filters.platforms.length > 0 ? 'sales' : 'tracking'} WHERE influencer_id IS NOT NULL AND ${conditions}`,
      dimensions: ['date', 'campaign', 'product'],
    },
    ledger: { from: `ledger WHERE ${conditions}`, dimensions: ['date', 'campaign'] },
    posts: { from: `${schema}.posts`, dimensions: ['date'] },
  })}`;
  return [[place], [sales, ledger], [posts], [facts, timeline]];
}

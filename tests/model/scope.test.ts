import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import { type Filters, noFilters } from '../../src/model/filters.js';
import { closeScope, openScope } from '../../src/model/scope.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { randomFilters, randomTables } from '../support/random-tables.js';
import { day, figuresOf, minor, settings } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const figuresIn = (filters: Partial<Filters>) =>
  createFigures(warehouse, { ...settings, filters: { ...noFilters, ...filters } });
const schemas = () =>
  warehouse.query(`
    SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'report_%'`);

it('several reports are made at once on one warehouse, and each leaves nothing behind', async () => {
  const order = { date: day(1), orders: 1 };
  await figuresOf(warehouse, {
    tracking: [
      { ...order, influencer_id: 'A', campaign: 'C1', revenue: 1 },
      { ...order, influencer_id: 'A', campaign: 'C2', revenue: 10 },
    ],
  });
  const reports = [{}, { campaigns: ['C1'] }, { campaigns: ['C2'] }].map(figuresIn);
  const totals = await Promise.all(reports.map((report) => report.totals()));
  expect(totals.map(({ revenue }) => revenue)).toEqual([minor(11), minor(1), minor(10)]);
  expect(await schemas()).toHaveLength(3);
  await Promise.all(reports.map((report) => report.close()));
  expect(await schemas()).toEqual([]);
});

it('a report that asked for nothing has nothing to leave', async () => {
  await figuresIn({}).close();
  expect(await schemas()).toEqual([]);
});

it('orders are the same by source and by day, also those that name no source or influencer', () => {
  const total = (relation: string) => `
    SELECT influencer_id, post_id, campaign, channel, platform, SUM(orders) AS orders, SUM(revenue) AS revenue
    FROM ${relation}
    GROUP BY ALL
    ORDER BY ALL`;
  return fc.assert(
    fc.asyncProperty(randomTables, async (tables) => {
      await figuresOf(warehouse, tables);
      expect(await warehouse.query(total('sales'))).toEqual(await warehouse.query(total('sales_by_source')));
    }),
    { numRuns: 20 },
  );
});

it('facts and timeline of a scope sum to the same, whatever the filters', () => {
  const total = (relation: string) => `
    SELECT
      SUM(revenue) AS revenue, SUM(payout) AS payout, SUM(orders) AS orders, SUM(posts) AS posts,
      SUM(reach) AS reach, SUM(engagement) AS engagement, SUM(interactions) AS interactions
    FROM ${relation}`;
  return fc.assert(
    fc.asyncProperty(randomTables, randomFilters, async (tables, filters) => {
      await figuresOf(warehouse, tables);
      const scope = await openScope(warehouse, { filters, isolated: false });
      const [facts, timeline] = await Promise.all(
        ['facts', 'timeline'].map((name) => warehouse.query(total(`${scope.schema}.${name}`))),
      );
      await closeScope(warehouse, scope);
      expect(facts).toEqual(timeline);
    }),
    { numRuns: 20 },
  );
});

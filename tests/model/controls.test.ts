import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, settings } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

beforeEach(async () => {
  const order = { campaign: 'C', date: day(1), orders: 1, revenue: 5 };
  await figuresOf(warehouse, {
    tracking: [
      { ...order, influencer_id: 'A' },
      { ...order, influencer_id: 'B' },
    ],
    payouts: [
      { influencer_id: 'A', basis: 'order', total_payout: 1 },
      { influencer_id: 'B', basis: 'order', total_payout: 1 },
    ],
  });
});

const broken = async () =>
  (await createFigures(warehouse, settings).controls()).filter(({ ok }) => !ok).map(({ id }) => id);

it.each([
  ['nothing is wrong', 'SELECT 1', []],
  ['payout is lost', "DELETE FROM ledger WHERE influencer_id = 'A'", ['ledger-total', 'ledger-influencers']],
  [
    'payout is counted twice',
    'INSERT INTO ledger SELECT * FROM ledger',
    ['ledger-total', 'ledger-influencers'],
  ],
  ['payout goes to another influencer', "UPDATE ledger SET influencer_id = 'B'", ['ledger-influencers']],
  ['revenue is lost', 'UPDATE sales_by_source SET revenue = revenue - 1', ['revenue-total', 'week-revenue']],
  ['orders are counted twice', 'UPDATE sales_by_source SET orders = orders * 2', ['orders-total']],
  ['nothing has a week', 'UPDATE tracking SET date = NULL', ['week-payout', 'week-revenue']],
])('controls tell when %s', async (_case, change, controls) => {
  await warehouse.query(change);
  expect(await broken()).toEqual(controls);
});

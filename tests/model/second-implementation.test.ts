import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mondayOf } from '../../src/model/calendar.js';
import { createFigures } from '../../src/model/figures.js';
import { cutsLedgerRows, type Filters, noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { expectClose } from '../support/close.js';
import { openTinyDuckDb } from '../support/engines.js';
import { keepsInfluencer, measuresOf, naiveBy, naiveModel } from '../support/naive.js';
import { naiveBaseline, naiveBurden } from '../support/naive-campaigns.js';
import { naiveProfiles, naiveSupplied, naiveTotals } from '../support/naive-totals.js';
import { randomFilters, randomTables } from '../support/random-tables.js';
import { figuresOf, settings, type Tables } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const measures = Object.keys(measuresOf([]));

/** Measures and ratios of rows, without their other columns, by what a row is about. */
function measured<Row extends object>(rows: readonly Row[], key: (row: Row) => string | null) {
  return new Map(
    rows.map((row) => [
      key(row),
      Object.fromEntries(Object.entries(row).filter(([name]) => measures.includes(name))),
    ]),
  );
}

async function expectSameLedger(model: ReturnType<typeof naiveModel>): Promise<void> {
  const rows = await warehouse.query<object>(`
    SELECT influencer_id AS influencer, basis, rule, post_id AS post, campaign, platform, date, amount FROM ledger`);
  const naive = model.ledger.map((row) => ({ ...row, amount: Number(row.amount) }));
  const sorted = (list: readonly object[]) =>
    list.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  expect(sorted(rows)).toEqual(sorted(naive));
}

/** Influencers that the report lists: profiles in scope and all with a row; payout null where none was supplied. */
function naiveInfluencers(tables: Required<Tables>, model: ReturnType<typeof naiveModel>, filters: Filters) {
  const rows = naiveBy(model.facts(filters), ({ influencer }) => influencer);
  const supplied = naiveSupplied(tables);
  const listed = new Set(rows.keys());
  if (!cutsLedgerRows(filters)) {
    const known = [...tables.influencers.map((row) => row.influencer_id), ...supplied.keys()];
    for (const influencer of known.filter(keepsInfluencer(tables, filters))) listed.add(influencer);
  }
  return new Map(
    [...listed].map((influencer) => {
      const row = rows.get(influencer) ?? measuresOf([]);
      return [influencer, { ...row, payout: supplied.has(influencer ?? '') ? row.payout : null }];
    }),
  );
}

it('the ledger agrees with a naive one, row by row', () =>
  fc.assert(
    fc.asyncProperty(randomTables, async (tables) => {
      await figuresOf(warehouse, tables);
      await expectSameLedger(naiveModel(tables));
    }),
    { numRuns: 50 },
  ));

it('the ledger and all figures agree with naive ones, filtered too', () =>
  fc.assert(
    fc.asyncProperty(randomTables, randomFilters, async (tables, filters) => {
      const figures = await figuresOf(warehouse, tables, { filters });
      const model = naiveModel(tables);
      await expectSameLedger(model);
      const facts = model.facts(filters);
      const sold = facts.filter(({ revenue, orders }) => revenue !== 0n || orders !== 0n);
      const carried = facts.filter(
        (fact) => fact.campaign !== null || fact.payout !== 0n || sold.includes(fact),
      );
      const weeks = await figures.weeks();
      const naiveWeeks = naiveBy(
        facts.filter(({ date }) => date !== null),
        ({ date }) => mondayOf(date ?? ''),
      );

      expectClose(
        measured(await figures.campaigns(), ({ campaign }) => campaign),
        naiveBy(carried, ({ campaign }) => campaign),
      );
      expectClose(
        measured(await figures.influencers(), ({ influencer_id }) => influencer_id),
        naiveInfluencers(tables, model, filters),
      );
      expectClose(
        measured(await figures.parts('platform'), ({ part }) => part),
        naiveBy(facts, ({ platform }) => platform),
      );
      expectClose(
        measured(await figures.parts('product'), ({ part }) => part),
        naiveBy(sold, ({ product }) => product),
      );
      const profiles = naiveProfiles(tables, settings.tiers);
      for (const breakdown of ['category', 'tier', 'basis'] as const) {
        expectClose(
          measured(await figures.parts(breakdown), ({ part }) => part),
          naiveBy(facts, ({ influencer }) => profiles(influencer)[breakdown]),
        );
      }
      expect(weeks.map(({ week }) => week)).toEqual(expect.arrayContaining([...naiveWeeks.keys()]));
      expectClose(
        measured(weeks, ({ week }) => week),
        new Map(weeks.map(({ week }) => [week, naiveWeeks.get(week) ?? measuresOf([])])),
      );
      expectClose(await figures.totals(), naiveTotals(tables, model, filters));
    }),
    { numRuns: 50 },
  ));

it('baseline, iROAS and loaded ROAS agree with naive ones', () => {
  // Payouts of both signs could cancel out, and doubles then agree to no given digit.
  const positive = randomTables.map((tables) => ({
    ...tables,
    payouts: tables.payouts.map((row) => ({ ...row, total_payout: Math.abs(row.total_payout) })),
  }));
  return fc.assert(
    fc.asyncProperty(positive, async (tables) => {
      const figures = await figuresOf(warehouse, tables);
      const mean = await figures.baseline();
      const pooled = await createFigures(warehouse, { ...settings, baseline: 'pooled' }).baseline();
      const facts = naiveModel(tables).facts(noFilters);
      expectClose({ mean, pooled }, naiveBaseline(facts));
      for (const { campaign, revenue, payout, roas, iroas, loaded_roas } of await figures.campaigns()) {
        if (campaign === null) continue;
        const loaded = payout + naiveBurden(facts, campaign);
        expectClose(loaded_roas, loaded === 0 ? null : revenue / loaded);
        expect(iroas).toBe(roas === null || mean === null ? null : roas - mean);
      }
    }),
    { numRuns: 30 },
  );
});

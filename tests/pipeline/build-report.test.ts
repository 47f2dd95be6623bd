import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Judgement } from '../../src/checks/judge.js';
import { configSchema } from '../../src/config/schema.js';
import { noFilters } from '../../src/model/filters.js';
import { prepareModel } from '../../src/model/prepare.js';
import { buildReport, type Slice } from '../../src/pipeline/build-report.js';
import type { Finding } from '../../src/report/schema.js';
import { emptyResult, type SectionDefinition } from '../../src/sections/section.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { noLoad } from '../support/checks.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, fillTables } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const finding = (id: string, impact: number, section = id): Finding => ({
  id,
  severity: 'neutral',
  text: `${id}.`,
  evidence: { section, impact, values: {} },
});

const section = (id: string, findings: Finding[] = []): SectionDefinition => ({
  id,
  title: id,
  compute: async () => ({ ...emptyResult(`About ${id}`), findings }),
});

const judgements: Judgement[] = [
  {
    id: 'half',
    title: 'Half',
    severity: 'warning',
    count: 1,
    text: 'Half is missing; find it.',
    examples: [],
    clause: 'Half is missing',
    share: 0.5,
  },
];

const all: Slice = { filters: noFilters, isolated: false };
const warned: string[] = [];

async function build(sections: readonly SectionDefinition[], change?: string, slice = all) {
  await fillTables(warehouse, {
    influencers: [{ influencer_id: 'A' }],
    tracking: [{ influencer_id: 'A', campaign: 'North', date: day(1), orders: 1, revenue: 10.05 }],
    payouts: [{ influencer_id: 'A', basis: 'order', total_payout: 3.1 }],
  });
  await prepareModel(warehouse);
  if (change) await warehouse.query(change);
  const config = configSchema.parse({ report: { title: 'T', brand: 'B' } });
  return buildReport({
    warehouse,
    config,
    slice,
    asOf: '2025-06-30',
    sources: [],
    load: noLoad,
    judgements,
    sections,
    version: '0.1.0',
    warn: (line) => void warned.push(line),
  });
}

it('keeps the sections in their order, and money exact in major units', async () => {
  const report = await build([section('second'), section('first')]);
  expect(report.status).toBe('complete');
  expect(report.sections.map(({ id, headline }) => [id, headline])).toEqual([
    ['second', 'About second'],
    ['first', 'About first'],
  ]);
  expect(report.meta).toMatchObject({ title: 'T', brand: 'B', asOf: '2025-06-30' });
  const money = report.controls.filter(({ unit }) => unit === 'money');
  expect(money.map(({ expected }) => expected)).toEqual(expect.arrayContaining([3.1]));
  expect(report.badge).toEqual({ color: 'amber', reason: 'Half is missing' });
  expect(report.quality.checks).toEqual([
    {
      id: 'half',
      title: 'Half',
      severity: 'warning',
      count: 1,
      text: 'Half is missing; find it.',
      examples: [],
    },
  ]);
});

it('puts the error of a section in its place, and goes on', async () => {
  const broken: SectionDefinition = {
    id: 'broken',
    title: 'Broken',
    compute: () => Promise.reject(new Error('no such column')),
  };
  const report = await build([section('whole', [finding('f', 1)]), broken]);
  expect(report.status).toBe('degraded');
  expect(report.badge.color).toBe('red');
  expect(report.sections[1]).toMatchObject({
    id: 'broken',
    title: 'Broken',
    error: 'no such column',
    tables: [],
  });
  expect(report.sections[0]?.error).toBeUndefined();
  expect(report.findings.map(({ id }) => id)).toEqual(['f']);
});

it('does not say in an isolated report why a section failed, but tells the sender', async () => {
  const broken: SectionDefinition = {
    id: 'broken',
    title: 'Broken',
    compute: () => Promise.reject(new Error('South is not a number')),
  };
  const report = await build([broken], undefined, { ...all, isolated: true });
  expect(report.status).toBe('degraded');
  expect(JSON.stringify(report)).not.toContain('South');
  expect(report.sections[0]?.error).toBe('The sender knows the details.');
  expect(warned).toEqual(['The section "Broken" could not be computed: South is not a number']);
});

it('fails as a whole when the figures do not add up', async () => {
  const broken = build([section('whole')], 'UPDATE ledger SET amount = amount + 1');
  await expect(broken).rejects.toMatchObject({
    code: 'conservation',
    exitCode: 1,
    message: expect.stringMatching(/The figures do not add up: .*expected 3\.1, got 3\.11/),
  });
});

it('takes the five findings with the most at stake, two of a section, and one of the week', async () => {
  const many = section(
    'many',
    [5, 9, 7].map((impact) => finding(`many-${impact}`, impact, 'many')),
  );
  const others = [4, 3, 2, 6].map((impact) => section(`s${impact}`, [finding(`s${impact}`, impact)]));
  const week = section('trend', [finding('week-revenue', 0.1, 'trend')]);
  const { findings } = await build([many, ...others, week]);
  expect(findings.map(({ id }) => id)).toEqual(['many-9', 'many-7', 's6', 's4', 'week-revenue']);
});

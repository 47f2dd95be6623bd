import { expect, it } from 'vitest';
import { createFormat } from '../../src/format/format.js';
import type { Quarantined } from '../../src/report/schema.js';
import { qualityTable, quarantineTable } from '../../src/sections/quality-tables.js';
import { checkWith } from '../support/outcome.js';

it('lists what was found, and names the checks that found nothing or are off', () => {
  const table = qualityTable([
    checkWith(),
    checkWith({ id: 'a', title: 'A', severity: 'ok', count: 0 }),
    checkWith({ id: 'b', title: 'B', severity: 'ok', count: 0 }),
    checkWith({ id: 'c', title: 'C', severity: 'off', count: 0 }),
  ]);
  expect(table.rows).toEqual([
    {
      check: 'Dates after the day of the report',
      result: 'warning',
      count: 2,
      text: '2 entries are dated after the day of the report.',
      details: 'posts, 2 Jul 2025: 2 rows. Correct the dates.',
    },
  ]);
  expect(table.note).toBe('2 further checks found nothing: A · B. 1 check is off: C.');
  expect(qualityTable([]).note).toBeUndefined();
});

it('lists quarantined rows only where there are any, and says where the rest is', () => {
  const format = createFormat('en-IN', 'INR');
  const row = {
    table: 'posts',
    file: 'posts.csv',
    line: 4,
    column: null,
    value: 'a,b',
    reason: 'it has 2 fields',
    fix: 'Fix it.',
    revenue: null,
  };
  const quarantined: Quarantined = {
    rows: 25,
    revenue: 1_234.5,
    tables: [
      { table: 'posts', read: 1_100, used: 975, blank: 100, quarantined: 25 },
      { table: 'payouts', read: 5, used: 5, blank: 0, quarantined: 0 },
    ],
    examples: [
      row,
      ...['influencers', 'payouts', 'tracking_data', 'payouts'].map((name, line) => ({
        ...row,
        table: name,
        file: `${name}.csv`,
        line: 1_200 + line,
      })),
    ],
  };
  const [table] = quarantineTable(quarantined, { format });
  expect(table?.rows.map(({ file, line }) => [file, line])).toEqual([
    ['payouts.csv', 1_201],
    ['payouts.csv', 1_203],
    ['influencers.csv', 1_200],
    ['posts.csv', 4],
    ['tracking_data.csv', 1_202],
  ]);
  expect(table?.rows[3]).toMatchObject({ column: 'the whole row' });
  expect(format.value(1_201, table?.columns.find(({ key }) => key === 'line')?.unit ?? 'count')).toBe('1201');
  expect(table?.note).toBe(
    'Left out: 25 of 1,000 rows of posts, with ₹1,235 of revenue so far as it is known. 5 are listed; all are in quarantine.csv beside this report, each with its fix.',
  );
  expect(quarantineTable({ rows: 0, revenue: 0, tables: [], examples: [] }, { format })).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import {
  assertWithinLimits,
  limitsBroken,
  lossOf,
  placeOf,
  quarantineLines,
  shareOfLoss,
} from '../../src/checks/quarantine.js';
import { badRow, loadWith, noLoad } from '../support/checks.js';

const limits = { maxShare: 0.01, maxRevenueShare: 0.02 };
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ ...badRow, line: index + 2 }));

it('names a row by file, line, column, value, reason and fix', () => {
  const { tables, quarantined } = loadWith([badRow]);
  expect(quarantineLines(quarantined, tables, 10)).toEqual([
    'tracking_data.csv, line 1204, column revenue: "12,5o" is not a number. Fix the cell, or set quarantine.maxShare to accept the loss (1 of 3,000 rows).',
  ]);
  expect(placeOf({ ...badRow, column: null })).toBe('tracking_data.csv, line 1204');
});

it('lists only the first rows, and says how many more there are', () => {
  const { tables, quarantined } = loadWith(rows(1_502));
  const lines = quarantineLines(quarantined, tables, 2);
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^tracking_data\.csv, line 3, .*\(1,502 of 3,000 rows\)\.$/);
  expect(lines[2]).toBe('and 1,500 more.');
  expect(quarantineLines(quarantined.slice(0, 2), tables, 2)).toHaveLength(2);
});

it('sums what is lost, so far as it is known', () => {
  const load = loadWith([badRow, { ...badRow, revenue: 500 }, { ...badRow, revenue: -200 }]);
  expect(lossOf(load)).toEqual({ rows: 3, revenue: 300 });
  expect(lossOf(noLoad)).toEqual({ rows: 0, revenue: 0 });
  expect(shareOfLoss({ load, revenue: 700 })).toBe(0.5);
  expect(shareOfLoss({ load: noLoad, revenue: 0 })).toBe(0);
});

describe('the limits', () => {
  it('of rows are of one table, blank rows left out, and may be reached but not passed', () => {
    expect(limitsBroken({ load: loadWith(rows(30)), revenue: 0 }, limits)).toBeNull();
    expect(limitsBroken({ load: loadWith(rows(31)), revenue: 0 }, limits)).toMatchObject({
      limit: 'quarantine.maxShare',
      clause:
        '31 of 3,000 rows of tracking_data (1.033%) cannot be used, which is more than quarantine.maxShare (1%)',
    });
    const blank = loadWith(rows(30));
    const tables = blank.tables.map((table) => ({ ...table, used: table.used - 100, blank: 100 }));
    expect(limitsBroken({ load: { ...blank, tables }, revenue: 0 }, limits)).not.toBeNull();
    const large = { table: 'posts', read: 1_000_000, used: 1_000_000, blank: 0, quarantined: 0 };
    expect(
      limitsBroken({ load: { ...blank, tables: [large, ...loadWith(rows(31)).tables] }, revenue: 0 }, limits),
    ).not.toBeNull();
  });

  it('of revenue count what is known of it, refunds as money too', () => {
    const load = loadWith([
      { ...badRow, revenue: 150 },
      { ...badRow, revenue: -50 },
    ]);
    expect(limitsBroken({ load, revenue: 9_800 }, limits)).toBeNull();
    expect(limitsBroken({ load, revenue: 9_799 }, limits)).toMatchObject({
      limit: 'quarantine.maxRevenueShare',
      clause: expect.stringMatching(/^2% of the revenue cannot be used/),
    });
  });

  it('hold for a table of which no row can be used', () => {
    expect(limitsBroken({ load: loadWith(rows(1), 1), revenue: 0 }, { ...limits, maxShare: 1 })).toBeNull();
    expect(limitsBroken({ load: loadWith(rows(1), 1), revenue: 0 }, limits)).not.toBeNull();
  });

  it('stop a run, with the first ten rows', () => {
    expect(() => assertWithinLimits({ load: loadWith(rows(30)), revenue: 0 }, limits)).not.toThrow();
    let thrown: unknown;
    try {
      assertWithinLimits({ load: loadWith(rows(40)), revenue: 0 }, limits);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'quarantine-limit',
      exitCode: 3,
      hint: 'Fix these cells and run again, or raise quarantine.maxShare.',
    });
    const lines = String((thrown as Error).message).split('\n');
    expect(lines).toHaveLength(12);
    expect(lines[0]).toMatch(/^40 of 3,000 rows of tracking_data .*\.$/);
    expect(lines[1]).toMatch(/^tracking_data\.csv, line 2, column revenue: "12,5o" is not a number\./);
    expect(lines[11]).toBe('and 30 more.');
  });
});

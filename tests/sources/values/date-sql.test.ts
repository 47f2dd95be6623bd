import { describe, expect, it } from 'vitest';
import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';
import { useValueReader } from './read-values.js';

const reader = useValueReader();
const date: Column = { name: 'date', type: 'date', required: 'value' };

/** Spellings by the day that they must give; null: they are refused. */
function days(style: Partial<ValueStyle>, cases: readonly [string, string | null][]): void {
  it.each(cases)('%j', async (cell, day) => {
    expect(await reader.read([cell], date, style)).toEqual([
      { value: day, fault: day === null, rounded: false },
    ]);
  });
}

describe('dates with the year first', () => {
  days({}, [
    ['2026-05-01', '2026-05-01'],
    [' 2026-05-01\u00a0', '2026-05-01'],
    ['\t2026-5-1', '2026-05-01'],
    ['2026/05/01', '2026-05-01'],
    ['2026/5/1', '2026-05-01'],
    ['2026.05.01', '2026-05-01'],
    ['20260501', '2026-05-01'],
    ['1900-01-01', '1900-01-01'],
    ['2199-12-31', '2199-12-31'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['2026-04-31', null],
    ['2026-13-01', null],
    ['2026-00-01', null],
    ['2026-01-00', null],
    ['1899-12-31', null],
    ['2200-01-01', null],
    ['0026-05-01', null],
    ['2026-05', null],
    ['2026', null],
    ['20261301', null],
    ['26-05-01', null],
    ['-2026-05-01', null],
    ['2026-05-01-', null],
    ['2026-05-1x', null],
    ['2026 05 01', null],
    ['2026-05-01 (BC)', null],
    ['infinity', null],
    ['epoch', null],
    ['today', null],
    ['२०२६-०५-०१', null],
  ]);
});

describe('dates with a time are the day as written', () => {
  days({ dateOrder: 'dmy' }, [
    ['2026-05-01T10:20:30.123Z', '2026-05-01'],
    ['2026-05-01T23:59:59+05:30', '2026-05-01'],
    ['2026-05-01t00:00:00-0800', '2026-05-01'],
    ['2026-05-01 10:20', '2026-05-01'],
    ['2026-05-01  10:20:30,5', '2026-05-01'],
    ['2026-05-01 10:20:30 +0530', '2026-05-01'],
    ['2026-05-01 10:20:30 UTC', '2026-05-01'],
    ['2026-05-01 10:20:30 GMT+5', '2026-05-01'],
    ['2026-05-01 10:20:30 IST', '2026-05-01'],
    ['2026-05-01 10:20:30 MART', '2026-05-01'],
    ['2026-05-01 00:00:00', '2026-05-01'],
    ['1/5/2026 2:30 PM', '2026-05-01'],
    ['1/5/2026, 2:30:05 p.m.', '2026-05-01'],
    ['01.05.2026 14:30', '2026-05-01'],
    ['5 May 2026 14:30', '2026-05-05'],
    ['May 5, 2026, 2:30\u202fPM', '2026-05-05'],
    ['2026-05-01 24:00', null],
    ['2026-05-01 10:60', null],
    ['2026-05-01 10', null],
    ['2026-05-01T', null],
    ['2026-05-0110:20', null],
    ['2026-05-01 noon', null],
    ['10:20', null],
  ]);
});

describe('dates with the day first', () => {
  days({ dateOrder: 'dmy' }, [
    ['13/05/2026', '2026-05-13'],
    ['03/04/2026', '2026-04-03'],
    ['3/4/2026', '2026-04-03'],
    ['03-04-2026', '2026-04-03'],
    ['3.4.2026', '2026-04-03'],
    ['3/4/26', '2026-04-03'],
    ['03-04-99', '2099-04-03'],
    ['29/02/24', '2024-02-29'],
    ['2026-05-13', '2026-05-13'],
    ['05/13/2026', null],
    ['31/02/2026', null],
    ['29/02/2026', null],
    ['31/12/1899', null],
    ['3/4/126', null],
    ['3/4', null],
    ['003/04/2026', null],
    ['3 4 2026', null],
  ]);
});

describe('dates with the month first', () => {
  days({ dateOrder: 'mdy' }, [
    ['05/13/2026', '2026-05-13'],
    ['03/04/2026', '2026-03-04'],
    ['3-4-2026', '2026-03-04'],
    ['3/4/26 14:05', '2026-03-04'],
    ['13/05/2026', null],
    ['02/30/2026', null],
  ]);
});

describe('dates with the day or month first, in no known order', () => {
  for (const dateOrder of [null, 'ymd'] as const) {
    days({ dateOrder }, [
      ['13/05/2026', null],
      ['05/13/2026', null],
      ['03/03/2026', null],
      ['2026/03/04', '2026-03-04'],
    ]);
  }
});

describe('dates with the name of the month', () => {
  days({}, [
    ['5 May 2026', '2026-05-05'],
    ['05-May-2026', '2026-05-05'],
    ['5-may-26', '2026-05-05'],
    ['05/JUN/2026', '2026-06-05'],
    ['5. September 2026', '2026-09-05'],
    ['5 Sept 2026', '2026-09-05'],
    ['May 5, 2026', '2026-05-05'],
    ['Dec. 31, 2026', '2026-12-31'],
    ['February 29 2024', '2024-02-29'],
    ['2026-Aug-09', '2026-08-09'],
    ['29 February 2026', null],
    ['5 Mai 2026', null],
    ['5 Junk 2026', null],
    ['May 2026', null],
    ['May', null],
    ['5May2026', null],
    ['5 May 1899', null],
  ]);

  it('are understood for every month, in full and in short', async () => {
    const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 7)));
    const cells = months.flatMap((month) =>
      (['long', 'short'] as const).map(
        (name) => `7 ${month.toLocaleDateString('en-US', { month: name, timeZone: 'UTC' })} 2026`,
      ),
    );
    const values = await reader.read(cells, date);
    expect(values.map(({ value }) => value)).toEqual(
      months.flatMap((month) => Array(2).fill(month.toISOString().slice(0, 10))),
    );
  });
});

describe("spreadsheets' numbers of days", () => {
  describe('from 1900', () => {
    days({ serialDates: 1900 }, [
      ['1', '1900-01-01'],
      ['59', '1900-02-28'],
      ['60', null],
      ['61', '1900-03-01'],
      ['46143', '2026-05-01'],
      ['46143.999999', '2026-05-01'],
      ['46143.0', '2026-05-01'],
      ['109574', '2199-12-31'],
      ['109575', null],
      ['0', null],
      ['-1', null],
      ['999999', null],
      ['20260501', '2026-05-01'],
      ['2026-05-01', '2026-05-01'],
    ]);
  });

  describe('from 1904', () => {
    days({ serialDates: 1904 }, [
      ['44681', '2026-05-01'],
      ['44681.5', '2026-05-01'],
      ['1', '1904-01-02'],
      ['0', null],
      ['108112', '2199-12-31'],
      ['108113', null],
    ]);
  });

  describe('in other files', () => {
    days({}, [['46143', null]]);
  });
});

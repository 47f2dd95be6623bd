import { expect, it } from 'vitest';
import { quarantineCsv } from '../../src/output/quarantine-csv.js';
import { badRow } from '../support/checks.js';

it('lists every row with its place, fault and fix, revenue in major units', () => {
  const rows = [badRow, { ...badRow, line: 7, column: null, value: '=1+1', revenue: 1_250 }];
  expect(quarantineCsv(rows, 2).slice(1).split('\r\n')).toEqual([
    '"table","file","line","column","value","reason","fix","revenue"',
    '"tracking_data","tracking_data.csv",1204,"revenue","12,5o","""12,5o"" is not a number","Fix the cell.",',
    `"tracking_data","tracking_data.csv",7,,"'=1+1","""12,5o"" is not a number","Fix the cell.",12.5`,
    '',
  ]);
});

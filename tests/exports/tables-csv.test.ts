import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvTables } from '../../src/exports/tables-csv.js';
import { HOSTILE_TEXTS, influencers, reportOf, table } from './report-of-tables.js';

const rowsOf = (text: string | undefined): string[][] => parse(text ?? '', { bom: true }) as string[][];

describe('the tables of a report as CSV', () => {
  it('are named by section and table and hold keys, unrounded numbers, ISO dates and blanks', () => {
    const weeks = table(
      'weeks',
      [
        { key: 'week', label: 'Week from', unit: 'date' },
        { key: 'revenue', label: 'Revenue', unit: 'money' },
        { key: 'roas', label: 'ROAS', unit: 'ratio' },
      ],
      [
        { week: '2025-06-23', revenue: 1_155_204.675, roas: 1 / 3 },
        { week: '2025-06-30', revenue: -5, roas: null },
        { week: '2025-07-07', revenue: 0 },
      ],
    );
    const files = csvTables(reportOf([], [weeks, table('empty', weeks.columns, [])]));
    expect([...files.keys()]).toEqual(['section-2.weeks.csv', 'section-2.empty.csv']);
    expect(files.get('section-2.weeks.csv')).toBe(
      '\uFEFF"week","revenue","roas"\r\n"2025-06-23",1155204.675,0.3333333333333333\r\n"2025-06-30",-5,\r\n"2025-07-07",0,\r\n',
    );
    expect(files.get('section-2.empty.csv')).toBe('\uFEFF"week","revenue","roas"\r\n');
  });

  it('are none where the report has none', () => {
    expect(csvTables(reportOf()).size).toBe(0);
  });

  it('keep texts and defuse formulas', () => {
    const names = table(
      'names',
      [{ key: 'name', label: 'Name', unit: 'text' }],
      HOSTILE_TEXTS.map((name) => ({ name })),
    );
    const [, ...cells] = rowsOf(csvTables(reportOf([names])).get('section-1.names.csv'));
    expect(cells.flat().map((text) => text.replace(/'(?=[-=+@])/g, ''))).toEqual([...HOSTILE_TEXTS]);
    for (const [text] of cells) expect(text).not.toMatch(/^\s*[-=+@]/);
  });

  it('hold 20,000 influencers to the last digit', () => {
    const many = influencers(20_000);
    const [, ...cells] = rowsOf(csvTables(reportOf([many])).get('section-1.influencers.csv'));
    expect(cells).toHaveLength(20_000);
    expect(cells.map(([, , revenue]) => Number(revenue))).toEqual(many.rows.map(({ revenue }) => revenue));
    expect(cells.map((row) => row[4])).toEqual(many.rows.map(({ roas }) => String(roas ?? '')));
  });
});

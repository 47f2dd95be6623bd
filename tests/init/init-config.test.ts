import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/load.js';
import { configSchema } from '../../src/config/schema.js';
import { initConfig } from '../../src/init/init-config.js';
import type { DecidedStyle } from '../../src/sources/recognise/explain.js';
import { surveyFiles } from '../../src/sources/recognise/survey.js';
import type { FolderHeads } from '../../src/sources/recognise/types.js';
import { NO_SETTINGS } from '../../src/sources/settings.js';
import { dataError } from '../../src/sources/source-file.js';
import { folderOf, headOf, PLAIN, settingsOf } from '../sources/recognise/heads.js';

function textOf(folder: FolderHeads, styles: ReadonlyMap<string, DecidedStyle> = new Map()): string {
  return initConfig({ folder: 'data', survey: surveyFiles(folder, settingsOf()), styles, problems: [] });
}
const parse = (text: string) => parseConfig(text, 'report.yaml');
const init = (files: Parameters<typeof folderOf>[0] = {}) => textOf(folderOf(files));

describe('a configuration for a folder', () => {
  it('of four plain files says where they are', () => {
    const text = init();
    expect(text).toBe(
      [
        '# Configuration of roi-report for the folder data. "check this" stands where the files do not tell.',
        '',
        'report:',
        '  title: Influencer ROI # check this',
        '  brand: Influencer marketing # check this',
        '  locale: en-IN # check this: how numbers and dates are written',
        '  currency: INR # check this: no file names a currency',
        '  timezone: Asia/Kolkata # check this: it decides which day it is',
        '',
        '# Where the four tables are, from the data folder, and how they are written.',
        'sources:',
        '  influencers:',
        '    path: influencers.csv # 6 of 6 columns and its name',
        '    columns:',
        '      influencer_id: ID',
        '  posts:',
        '    path: posts.csv # 9 of 9 columns and its name',
        '  tracking_data:',
        '    path: tracking_data.csv # 7 of 7 columns and its name',
        '  payouts:',
        '    path: payouts.csv # 5 of 5 columns and its name',
        '',
      ].join('\n'),
    );
    const { sources, ...rest } = parse(text);
    const { sources: _usual, ...defaults } = configSchema.parse({});
    expect(rest).toEqual(defaults);
    expect(sources.posts).toEqual({ ...NO_SETTINGS, path: ['posts.csv'] });
    expect(sources.influencers).toEqual({
      ...NO_SETTINGS,
      path: ['influencers.csv'],
      columns: { influencer_id: 'ID' },
    });
  });

  it('names columns, sheets, weekly files, and what is not used or left out', () => {
    const text = init({
      'tracking_data.csv': null,
      'week-1.csv': ['Creator,Order date,Net sales:,Note', 'I1,2026-05-01,3,x'],
      'week-2.csv': ['Creator,date,Net sales:', 'I1,2026-05-08,3'],
      'payouts.csv': null,
      'book.xlsx, sheet Paid: June': 'payouts',
      'notes.csv': ['note', 'x'],
    });
    expect(parse(text).sources).toMatchObject({
      tracking_data: {
        path: ['week-*.csv'],
        sheet: null,
        columns: { influencer_id: 'Creator', revenue: 'Net sales:' },
      },
      payouts: { path: ['book.xlsx'], sheet: 'Paid: June', columns: {} },
    });
    expect(text).toContain('    # Columns that the report does not use: Note\n');
    expect(text).toContain('# notes.csv: has no columns by which it could be one of the four tables\n');
  });

  it('says how dates and amounts are written where that is not plain', () => {
    const style = { dateOrder: 'dmy', decimal: '.', serialDates: null } as const;
    const styles = new Map([['posts.csv', { style, dateOrder: 'Day before month, because 13/05/2026.' }]]);
    const folder = folderOf({ 'payouts.csv': null });
    const records = [
      { line: 1, fields: ['influencer_id', 'total_payout'] },
      { line: 2, fields: ['I1', '1.234,50'] },
    ];
    const heads = [...folder.heads, { ...headOf('payouts.csv'), delimiter: ';', records }];
    const text = textOf({ ...folder, heads }, styles);
    expect(parse(text).sources).toMatchObject({ posts: { dateOrder: 'dmy' }, payouts: { decimal: null } });
    expect(text).toContain('dateOrder: dmy # Day before month, because 13/05/2026.\n');
    expect(text).toContain('    # decimal: "," # check this: there are amounts such as "1.234,50"\n');
  });

  it.each([
    [['12,5'], '"12,5"'],
    [['12,5', '13.5', '7,25', '1,234', '9'], '"12,5"'],
    [['12,5', '13.5'], null],
    [['12,5', '437.50', '1,234.50'], null],
    [['1,234', '1.234', '', '5'], null],
  ])('asks for a decimal comma where most amounts need one: %j', (amounts, example) => {
    const records = [['influencer_id', 'total_payout'], ...amounts.map((amount) => ['I1', amount])];
    const head = {
      ...headOf('payouts.csv'),
      delimiter: ';',
      records: records.map((fields, index) => ({ line: index + 1, fields })),
    };
    const folder = folderOf({ 'payouts.csv': null });
    const text = textOf({ ...folder, heads: [...folder.heads, head] });
    expect(parse(text).sources.payouts.decimal).toBe(null);
    expect(text.includes('# decimal: ","')).toBe(example !== null);
    expect(text).toContain(example ?? 'payouts.csv');
  });

  it('keeps the decimal comma that was declared', () => {
    const style = { dateOrder: null, decimal: ',', serialDates: null } as const;
    const files = { 'payouts.csv': ['influencer_id,total_payout', 'I1,1500'] };
    const text = textOf(folderOf(files), new Map([['payouts.csv', { style, dateOrder: null }]]));
    expect(parse(text).sources.payouts.decimal).toBe(',');
  });

  it('says of an unused column that it could be one that is taken', () => {
    const text = init({
      'tracking_data.csv': ['Creator,date,revenue,Net Sales,Note', 'I1,2026-05-01,3,2,x'],
    });
    expect(text).toContain('does not use: Net Sales (could be revenue too), Note\n');
  });

  it('leaves to the user what cannot be decided', () => {
    const survey = surveyFiles(folderOf({ 'payouts v2.csv': 'payouts', 'posts.csv': null }), settingsOf());
    const problems = [
      dataError('undecidable-dates', 'orders.csv, column date: all dates fit both.', 'Add dateOrder.'),
    ];
    const text = initConfig({ folder: 'data', survey, styles: new Map(), problems });
    expect(text).toContain('# Left to decide:\n# - data has no file for posts');
    expect(text).toContain('# - orders.csv, column date: all dates fit both. Add dateOrder.\n');
    expect(text).toContain('  payouts: {} # to be decided, see above\n');
    expect(parse(text).sources).toMatchObject({ posts: NO_SETTINGS, payouts: NO_SETTINGS });
  });

  it('is valid for an empty folder', () => {
    expect(parse(textOf({ folder: 'data', heads: [], named: {}, unread: [] }))).toEqual(
      configSchema.parse({}),
    );
  });
});

describe('the currency', () => {
  it.each([
    ['influencer_id,Total payout (₹)', '1500', 'currency: INR # "Total payout (₹)" in payouts.csv'],
    ['influencer_id,total_payout', 'Rs. 1500', 'currency: INR # "Rs. 1500" in payouts.csv'],
    ['influencer_id,total_payout', '15 €', 'currency: EUR # "15 €" in payouts.csv'],
    ['influencer_id,total_payout', 'AED 15', 'currency: AED # "AED 15" in payouts.csv'],
    ['influencer_id,total_payout', '$15', 'currency: USD # check this: "$15" in payouts.csv'],
    ['influencer_id,total_payout', '15', 'currency: INR # check this: no file names a currency'],
    ['influencer_id,total_payout', 'ABC 15', 'currency: INR # check this: no file names a currency'],
    [
      'influencer_id,total_payout,basis',
      '15,€ per post',
      'currency: INR # check this: no file names a currency',
    ],
    ['influencer_id,total_payout,Currency', '15,GBP', 'currency: GBP # "GBP" in payouts.csv'],
  ])('of %j, %j is %s', (header, value, line) => {
    const text = init({ 'payouts.csv': [header, `I1,${value}`] });
    expect(text).toContain(`  ${line}\n`);
    parse(text);
  });

  it('is the usual one where the files name several', () => {
    const text = init({ 'payouts.csv': ['influencer_id,total_payout', 'I1,€15', 'I2,£15'] });
    expect(text).toContain('currency: INR # check this: "€15" in payouts.csv, "£15" in payouts.csv\n');
  });
});

describe('whatever the files are called', () => {
  const awkward = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      'null',
      'true',
      '~',
      '- a',
      'a: b',
      'a # b',
      '"',
      "'",
      '{a}',
      '&x',
      '*x',
      '!x',
      '%x',
      '@x',
      '`x',
      '1e3',
      '=1',
      'a\nb',
      'a\tb',
      '\u2028',
      '\u0085',
    ),
  );

  it('the configuration gives the same reading', () => {
    const [header, ...rows] = PLAIN.payouts;
    fc.assert(
      fc.property(awkward, awkward, awkward, fc.boolean(), (name, sheet, note, isSheet) => {
        fc.pre(name.trim() !== '' && sheet.trim() !== '');
        const folder = folderOf({
          'payouts.csv': 'payouts',
          'tracking_data.csv': ['Creator ID,Order date,Net sales', 'I1,2026-05-01,3'],
        });
        const cells = [
          ...header.split(',').map((each) => (each === 'rate' ? 'Payout rate' : each)),
          note.trim(),
        ];
        const heads = folder.heads.map((head) =>
          head.name === 'payouts.csv'
            ? {
                ...head,
                name: isSheet ? `${name}, sheet ${sheet}` : `${name}.csv`,
                file: { ...head.file, name: isSheet ? name : `${name}.csv` },
                sheet: isSheet ? sheet : null,
                records: [
                  { line: 1, fields: cells },
                  ...rows.map((row) => ({ line: 2, fields: [...row.split(','), ''] })),
                ],
              }
            : head,
        );
        const before = surveyFiles({ ...folder, heads }, settingsOf());
        const text = initConfig({
          folder: name,
          survey: before,
          styles: new Map(),
          problems: before.problems,
        });
        const { sources } = parse(text);
        if (before.problems.length > 0) return;
        expect(sources.payouts).toMatchObject({
          path: [isSheet ? name : `${name}.csv`],
          sheet: isSheet ? sheet : null,
        });
        const named = {
          influencers: heads.filter((head) => head.name === 'influencers.csv'),
          tracking_data: heads.filter((head) => head.name === 'tracking_data.csv'),
          payouts: heads.filter((head) => sources.payouts.path.includes(head.file.name)),
        };
        const after = surveyFiles({ ...folder, heads, named }, sources);
        expect(after.problems).toEqual([]);
        for (const label of ['influencers', 'posts', 'tracking_data', 'payouts'] as const) {
          const shape = ({ files }: typeof after) =>
            files[label].map((file) => [
              file.head.name,
              file.headerLine,
              file.ignoredColumns,
              file.found.map((each) => [each.name, each.index]),
            ]);
          expect(shape(after)).toEqual(shape(before));
        }
      }),
      { numRuns: 100, examples: [['\u0000\u0000\u0000\n\u0000\u0000\u0000', 'null', 'null', false]] },
    );
  });
});

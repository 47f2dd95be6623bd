import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surveyFiles } from '../../../src/sources/recognise/survey.js';
import { dataError } from '../../../src/sources/source-file.js';
import { columnsOf, folderOf, headOf, headsOf, namesOf, PLAIN, problemOf, settingsOf } from './heads.js';

const survey = (...given: Parameters<typeof folderOf>) => surveyFiles(folderOf(...given), settingsOf());

describe('a folder', () => {
  it('of four plain files is all tables', () => {
    const result = survey({});
    expect(namesOf(result)).toEqual({
      influencers: ['influencers.csv'],
      posts: ['posts.csv'],
      tracking_data: ['tracking_data.csv'],
      payouts: ['payouts.csv'],
    });
    expect(result).toMatchObject({ leftOut: [], problems: [] });
    expect(result.files.tracking_data[0]).toMatchObject({
      headerLine: 1,
      header: ['source', 'campaign', 'influencer_id', 'user_id', 'product', 'date', 'orders', 'revenue'],
      ignoredColumns: [],
      why: '7 of 7 columns and its name',
      found: [
        { name: 'source', index: 0 },
        { name: 'campaign', index: 1 },
        { name: 'influencer_id', index: 2 },
        { name: 'product', index: 4 },
        { name: 'date', index: 5 },
        { name: 'orders', index: 6 },
        { name: 'revenue', index: 7 },
      ],
    });
  });

  it('may say nothing by its names', () => {
    const files = {
      'a.csv': 'payouts',
      'b.csv': 'posts',
      'c.csv': 'influencers',
      'd.csv': 'tracking_data',
    } as const;
    const result = surveyFiles(
      { folder: 'data', heads: headsOf(files), named: {}, unread: [] },
      settingsOf(),
    );
    expect(result.problems).toEqual([]);
    expect(namesOf(result)).toEqual({
      influencers: ['c.csv'],
      posts: ['b.csv'],
      tracking_data: ['d.csv'],
      payouts: ['a.csv'],
    });
  });

  it('may be one workbook', () => {
    const files = {
      'book.xlsx, sheet Read me': ['Made on,2026-06-01'],
      'book.xlsx, sheet Creators': 'influencers',
      'book.xlsx, sheet Content': 'posts',
      'book.xlsx, sheet Sheet3': 'tracking_data',
      'book.xlsx, sheet Payouts': 'payouts',
    } as const;
    const result = surveyFiles(
      { folder: 'data', heads: headsOf(files), named: {}, unread: [] },
      settingsOf(),
    );
    expect(result.problems).toEqual([]);
    expect(namesOf(result)).toEqual({
      influencers: ['book.xlsx, sheet Creators'],
      posts: ['book.xlsx, sheet Content'],
      tracking_data: ['book.xlsx, sheet Sheet3'],
      payouts: ['book.xlsx, sheet Payouts'],
    });
    expect(result.leftOut.map(({ name }) => name)).toEqual(['book.xlsx, sheet Read me']);
  });

  it('may have titles above the header', () => {
    const lines = ['Orders report', '', 'Exported on,2026-06-01 by Revenue team', ...PLAIN.tracking_data];
    const result = survey({ 'tracking_data.csv': lines });
    expect(result.problems).toEqual([]);
    expect(result.files.tracking_data[0]?.headerLine).toBe(4);
  });

  it('has its header in the first line that fits, where several do', () => {
    const [header, row] = PLAIN.payouts;
    expect(survey({ 'payouts.csv': [header, row, header, row] }).files.payouts[0]?.headerLine).toBe(1);
  });

  it('may have tables without a row', () => {
    const [header] = PLAIN.posts;
    const result = survey({ 'posts.csv': [header] });
    expect(result.problems).toEqual([]);
    expect(namesOf(result).posts).toEqual(['posts.csv']);
  });

  it('is told by content where a name says another thing', () => {
    const result = survey({ 'influencers.csv': null, 'sales team.csv': 'influencers' });
    expect(namesOf(result).influencers).toEqual(['sales team.csv']);
  });
});

describe('a file that is none of the tables', () => {
  it.each<[string, string[], string]>([
    ['notes.csv', ['note', 'x'], 'has no columns by which it could be one of the four tables'],
    [
      'survey.csv',
      ['ID,question,answer', '1,a,b'],
      'has no columns by which it could be one of the four tables',
    ],
    [
      'products.csv',
      ['id,name,category,price', '1,Tea,Food,200'],
      'has only "id", "name", "category" in common with it',
    ],
    [
      'hours.csv',
      ['influencer_id,date,hours', 'I1,2026-05-01,3'],
      'looks like posts, but has only "influencer_id", "date" in common with it',
    ],
    [
      'orders.csv',
      ['influencer_id,date,price', 'I1,2026-05-01,3'],
      'looks like tracking_data, but has no column revenue',
    ],
    [
      'x.csv',
      ['influencer_id,date,revenue', 'I1,Monday,3'],
      'looks like tracking_data, but its column "date" does not hold dates ("Monday")',
    ],
    [
      'x.csv',
      ['creator id,order date,amount', 'I1,2026-05-01,3'],
      'looks like tracking_data, but its column "amount" may be revenue or a payout, and its name does not say which',
    ],
  ])('%s is left out: %j', (name, lines, why) => {
    const result = survey({ [name]: lines });
    expect(result.problems).toEqual([]);
    expect(result.leftOut).toEqual([{ name, why: expect.stringContaining(why) }]);
  });

  it('is left out with the reason for which it could not be read', () => {
    const problem = dataError('not-a-table', 'notes.pdf is a PDF, not a table.', 'Leave it.');
    const result = survey({}, { unread: [{ name: 'notes.pdf', problem }] });
    expect(result.problems).toEqual([]);
    expect(result.leftOut).toEqual([{ name: 'notes.pdf', why: 'is a PDF, not a table' }]);
  });
});

describe('what the configuration names', () => {
  const named = headOf('x/export.csv', 'Wer,Wann,Umsatz', 'I1,2026-05-01,3');
  const columns = { influencer_id: 'Wer', date: 'Wann', revenue: 'Umsatz' };

  it('is the table, whatever else lies there', () => {
    const settings = settingsOf({ tracking_data: { path: ['x/export.csv'], columns } });
    const result = surveyFiles(folderOf({}, { named: { tracking_data: [named] } }), settings);
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(['x/export.csv']);
    expect(columnsOf(result, 'tracking_data')).toEqual(columns);
    expect(result.leftOut).toEqual([
      {
        name: 'tracking_data.csv',
        why: 'looks like tracking_data, but has no column "Wer", "Wann", "Umsatz"',
      },
    ]);
  });

  it('takes a file that would else be left out', () => {
    const merged = headOf(
      'merged.csv',
      `${PLAIN.tracking_data[0]},category,total_payout`,
      PLAIN.tracking_data[1],
    );
    const result = surveyFiles(folderOf({}, { named: { tracking_data: [merged] } }), settingsOf());
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(['merged.csv']);
    expect(result.leftOut).toEqual([
      {
        name: 'tracking_data.csv',
        why: 'could be tracking_data, but sources.tracking_data.path names what counts',
      },
    ]);
  });

  it('may be several files of any names', () => {
    const heads = headsOf({ 'payouts.csv': 'payouts', 'payouts_final_v2.csv': 'payouts' });
    const result = surveyFiles(folderOf({}, { named: { payouts: heads } }), settingsOf());
    expect(result.problems).toEqual([]);
    expect(namesOf(result).payouts).toEqual(['payouts.csv', 'payouts_final_v2.csv']);
  });

  it('of a workbook is the sheet that fits', () => {
    const heads = headsOf({
      'b.xlsx, sheet Posts': 'posts',
      'b.xlsx, sheet People': 'influencers',
      'b.xlsx, sheet x': ['a'],
    });
    const result = surveyFiles(folderOf({}, { named: { influencers: heads } }), settingsOf());
    expect(result.problems).toEqual([]);
    expect(namesOf(result).influencers).toEqual(['b.xlsx, sheet People']);
    expect(result.leftOut.map(({ name }) => name)).toEqual([
      'influencers.csv',
      'b.xlsx, sheet Posts',
      'b.xlsx, sheet x',
    ]);
  });

  it('of a workbook must be one sheet', () => {
    const heads = headsOf({ 'b.xlsx, sheet North': 'payouts', 'b.xlsx, sheet North new': 'payouts' });
    expect(problemOf(folderOf({}, { named: { payouts: heads } }))).toMatchObject({
      code: 'ambiguous-table',
      message:
        'Two sheets could be payouts, and nothing says that they belong together: b.xlsx, sheet North, b.xlsx, sheet North new.',
      hint: 'Say which sheet counts with sources.payouts.sheet: "North".',
    });
  });

  it('must have the columns', () => {
    const settings = settingsOf({ tracking_data: { columns: { revenue: 'Gross' } } });
    expect(problemOf(folderOf({}, { named: { tracking_data: [named] } }), settings)).toMatchObject({
      code: 'missing-column',
      message:
        'x/export.csv has no column of tracking_data. Its first line is: Wer, Wann, Umsatz. Required are: influencer_id, date, revenue.',
    });
    const half = headOf('half.csv', 'influencer_id,date,x');
    expect(problemOf(folderOf({}, { named: { tracking_data: [half] } }))).toMatchObject({
      code: 'missing-column',
      message:
        'half.csv has no column revenue. It has: influencer_id, date, x. Required are: influencer_id, date, revenue.',
      hint: 'Add the column, or say which one holds it with sources.tracking_data.columns: { revenue: "x" }.',
    });
  });

  it('must be something', () => {
    expect(problemOf(folderOf({}, { named: { payouts: [] } }))).toMatchObject({ code: 'missing-table' });
  });

  it('is told where a column is not there', () => {
    const settings = settingsOf({ payouts: { columns: { rate: 'Fee' } } });
    expect(problemOf(folderOf({}), settings)).toMatchObject({
      code: 'missing-column',
      message:
        'payouts.csv has no column "Fee", which sources.payouts.columns.rate names. It has: influencer_id, basis, rate, orders, total_payout. Required are: influencer_id, total_payout.',
      hint: 'Correct the name in the configuration.',
    });
  });

  it('may be a sheet only', () => {
    const settings = settingsOf({ payouts: { sheet: 'june' } });
    const files = {
      'payouts.csv': null,
      'b.xlsx, sheet May': 'payouts',
      'b.xlsx, sheet June': 'payouts',
    } as const;
    const result = surveyFiles(folderOf(files), settings);
    expect(namesOf(result).payouts).toEqual(['b.xlsx, sheet June']);
    expect(result.leftOut).toEqual([
      {
        name: 'b.xlsx, sheet May',
        why: 'could be payouts, but sources.payouts.sheet names the sheet that counts',
      },
    ]);
  });

  it('is told where no sheet has the name', () => {
    const settings = settingsOf({ payouts: { sheet: 'Juni' } });
    const files = { 'payouts.csv': null, 'b.xlsx, sheet June': 'payouts' } as const;
    expect(problemOf(folderOf(files), settings)).toMatchObject({
      code: 'missing-sheet',
      hint: 'Correct it, such as sources.payouts.sheet: "June", or leave it out.',
    });
    expect(problemOf(folderOf({}), settings)).toMatchObject({
      code: 'missing-sheet',
      hint: 'Leave sources.payouts.sheet out, or put the workbook there.',
    });
  });
});

describe('whatever lies in a folder', () => {
  const words = [
    ...Object.values(PLAIN).flatMap(([header]) => header.split(',')),
    ...[
      'creator',
      'amount',
      'Total',
      'note',
      '',
      'ROAS',
      '₹',
      '__proto__',
      'constructor',
      '\u0000',
      'orders_x',
      'orders_y',
    ],
  ];
  const values = ['I1', '2026-05-01', '437.50', '', 'Asha', '-', '=1+1', '9'.repeat(400)];
  const line = (cells: readonly string[]) =>
    fc.array(fc.constantFrom(...cells), { minLength: 1, maxLength: 9 }).map((row) => row.join(','));
  const lines = fc
    .tuple(line(words), fc.array(line([...words, ...values]), { maxLength: 4 }))
    .map(([header, rows]) => [header, ...rows]);
  const name = fc.constantFrom(
    'payouts.csv',
    'payouts (1).csv',
    'payouts-2026-05.csv',
    'payouts-2026-06.csv',
    'orders.csv',
    'old/posts.csv',
    'tracking/north.csv',
    'tracking/south.csv',
    'merged.csv',
    '.csv',
    'b.xlsx, sheet Sheet1',
    'b.xlsx, sheet May',
  );
  const heads = fc.dictionary(name, fc.oneof(lines, fc.constantFrom('posts', 'payouts', 'tracking_data')), {
    maxKeys: 8,
  });

  it('every file is taken or left out, once, and every table has files or a problem', () => {
    fc.assert(
      fc.property(heads, fc.boolean(), (files, isNamed) => {
        const all = headsOf(files as Parameters<typeof headsOf>[0]);
        const named = isNamed ? { payouts: all.slice(0, 2) } : {};
        const result = surveyFiles({ folder: 'data', heads: all, named, unread: [] }, settingsOf());
        const taken = Object.values(namesOf(result)).flat();
        const leftOut = result.leftOut.map((each) => each.name);
        expect([...taken, ...leftOut].sort()).toEqual(all.map((each) => each.name).sort());
        const empty = Object.values(result.files).filter((each) => each.length === 0);
        if (empty.length > 0) expect(result.problems.length).toBeGreaterThan(0);
        for (const { exitCode, message, hint } of result.problems) {
          expect(exitCode).toBe(3);
          expect(`${message}${hint}`).not.toMatch(/undefined|null|\[object/);
        }
        for (const { why } of result.leftOut) expect(why).toMatch(/\S/);
      }),
      { numRuns: 150 },
    );
  });

  it('no order of the files changes what is taken', () => {
    fc.assert(
      fc.property(heads, (files) => {
        const all = headsOf(files as Parameters<typeof headsOf>[0]);
        const of = (some: typeof all) => {
          const result = surveyFiles({ folder: 'data', heads: some, named: {}, unread: [] }, settingsOf());
          return Object.values(namesOf(result)).map((names) => names.sort());
        };
        expect(of(all.toReversed())).toEqual(of(all));
      }),
    );
  });

  const plainCells = (label: keyof typeof PLAIN) => PLAIN[label].map((text) => text.split(','));
  const spelled = (name: string) =>
    fc
      .tuple(
        fc.constantFrom('_', ' ', '-', '.', '', '  '),
        fc.constantFrom('', ' ', ' (INR)', ' ₹', ':', '*'),
        fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }),
      )
      .map(([mark, end, capitals]) => {
        const letters = [...name].map((letter, index) => (capitals[index] ? letter.toUpperCase() : letter));
        return `${letters.join('').replaceAll('_', mark)}${end}`;
      });

  it.each(Object.keys(PLAIN) as (keyof typeof PLAIN)[])(
    '%s is recognised in any order and spelling of its columns, without a name',
    (label) => {
      const [header = [], row = []] = plainCells(label);
      const order = fc.shuffledSubarray([...header.keys()], { minLength: header.length });
      fc.assert(
        fc.property(order, fc.tuple(...header.map(spelled)), (places, names) => {
          const text = places.map((place) => names[place]).join(',');
          const cells = places.map((place) => row[place]).join(',');
          const result = survey({ [`${label}.csv`]: null, 'x.csv': [text, cells] });
          expect(result.problems).toEqual([]);
          expect(namesOf(result)[label]).toEqual(['x.csv']);
          expect(result.files[label][0]?.found.length).toBe(label === 'tracking_data' ? 7 : header.length);
        }),
        { numRuns: 50 },
      );
    },
  );
});

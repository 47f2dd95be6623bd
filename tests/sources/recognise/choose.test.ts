import { describe, expect, it } from 'vitest';
import { surveyFiles } from '../../../src/sources/recognise/survey.js';
import type { TableLabel } from '../../../src/sources/settings.js';
import { dataError } from '../../../src/sources/source-file.js';
import { folderOf, headOf, headsOf, namesOf, PLAIN, problemOf, settingsOf } from './heads.js';

const survey = (...given: Parameters<typeof folderOf>) => surveyFiles(folderOf(...given), settingsOf());
const [trackingHeader, trackingRow] = PLAIN.tracking_data;

const MERGED = [
  `${trackingHeader},name,category,follower_count,total_payout`,
  `${trackingRow},Asha,Food,1200,1500`,
];

describe('a decoy', () => {
  it.each<[string, readonly string[] | TableLabel, string]>([
    [
      'merged_data.csv',
      MERGED,
      'looks like several tables merged into one: it has category, follower_count, total_payout as well',
    ],
    ['all.csv', MERGED, 'looks like several tables merged into one'],
    ['tracking_data_full.csv', MERGED, 'looks like several tables merged into one'],
    [
      'joined.csv',
      ['influencer_id,date,revenue,orders_x,orders_y', 'I1,2026-05-01,3,1,1'],
      'looks like several tables merged into one: it has orders_x, orders_y as well',
    ],
    [
      'performance.csv',
      ['influencer_id,orders,revenue,total_payout,ROAS', 'I1,3,900,300,3'],
      'looks like several tables merged into one: it has revenue, ROAS as well',
    ],
    [
      'posts_with_revenue.csv',
      [`${PLAIN.posts[0]},revenue`, `${PLAIN.posts[1]},900`],
      'could be posts, but posts.csv fits better; it has revenue as well',
    ],
    ['payouts_old.csv', 'payouts', '"old" in its name speaks against it, and payouts.csv fits'],
    ['Copy of tracking_data.csv', 'tracking_data', '"copy" in its name speaks against it'],
    ['backup/posts.csv', 'posts', '"backup" in its name speaks against it'],
    ['sample_influencers.csv', 'influencers', '"sample" in its name speaks against it'],
    ['book.xlsx, sheet Summary', 'payouts', '"summary" in its name speaks against it'],
    [
      'export.csv',
      ['influencer_id,date,revenue', 'I1,2026-05-01,3'],
      'could be tracking_data, but tracking_data.csv fits better',
    ],
    [
      'orders.csv',
      ['influencer_id,date,revenue', 'I1,2026-05-01,3'],
      'could be tracking_data, but tracking_data.csv fits better',
    ],
  ])('is not taken where the real table is there: %s', (name, lines, why) => {
    const result = survey({ [name]: lines });
    expect(result.problems).toEqual([]);
    expect(namesOf(result)).toEqual(namesOf(survey({})));
    expect(result.leftOut).toEqual([{ name, why: expect.stringContaining(why) }]);
  });

  it('stops the run where only it could be the table', () => {
    expect(problemOf(folderOf({ 'tracking_data.csv': null, 'all.csv': MERGED }))).toMatchObject({
      code: 'merged-table',
      message:
        'all.csv could be tracking_data, but it looks like several tables merged into one: it has category, follower_count, total_payout as well, and its rows may count the same thing more than once.',
      hint: 'Put the original tracking_data there, or, where each of its rows counts once, say so with sources.tracking_data.path: "all.csv".',
    });
  });

  it('is a question where it alone is called as the table', () => {
    const files = { 'tracking_data.csv': MERGED, 'x.csv': ['influencer_id,date,revenue', 'I1,2026-05-01,3'] };
    expect(problemOf(folderOf(files))).toMatchObject({
      code: 'ambiguous-table',
      message: expect.stringContaining('tracking_data.csv, x.csv'),
    });
    const real = survey({ ...files, 'tracking_data.csv': null, 'merged orders.csv': MERGED });
    expect(namesOf(real).tracking_data).toEqual(['x.csv']);
  });

  it('is a question where its name says that it is another version', () => {
    const lines = [`${PLAIN.payouts[0]},revenue`, `${PLAIN.payouts[1]},900`];
    expect(problemOf(folderOf({ 'payouts final.csv': lines }))).toMatchObject({ code: 'ambiguous-table' });
    expect(survey({ 'payouts by sales.csv': lines }).problems).toEqual([]);
  });

  it('is named where it comes nearest to a table that is missing', () => {
    expect(problemOf(folderOf({ 'payouts.csv': null, 'all.csv': MERGED }))).toMatchObject({
      code: 'missing-table',
      message:
        'data has no file for payouts, which needs the columns influencer_id, total_payout. all.csv comes nearest, but looks like several tables merged into one: it has category, follower_count, total_payout as well.',
      hint: 'Put the file there, or say which one it is with sources.payouts.path: "all.csv".',
    });
  });

  it('is taken where only its name speaks against it', () => {
    const result = survey({ 'payouts.csv': null, 'Copy of payouts.csv': 'payouts' });
    expect(result.problems).toEqual([]);
    expect(result.files.payouts).toMatchObject([
      {
        head: { name: 'Copy of payouts.csv' },
        why: '5 of 5 columns and its name, although its name says "copy"',
      },
    ]);
  });

  it('is not what has more to say of each post or influencer, or one more column', () => {
    const posts = [
      `${PLAIN.posts[0]},revenue,ROAS`,
      `${PLAIN.posts[1]},9,1`,
      `P2,I1,X,2026-05-02,u,c,1,2,3,9,1`,
    ];
    expect(survey({ 'posts.csv': posts }).problems).toEqual([]);
    const tracking = [`${trackingHeader},category`, `${trackingRow},Drinks`];
    expect(survey({ 'tracking_data.csv': tracking }).problems).toEqual([]);
  });
});

describe('several files of one table', () => {
  const deliveries = (names: readonly string[]) =>
    survey({
      'tracking_data.csv': null,
      ...Object.fromEntries(names.map((name) => [name, 'tracking_data'])),
    });

  it.each([
    [['orders-2026-05.csv', 'orders-2026-06.csv']],
    [['week 9.csv', 'week 10.csv', 'week 11 (1).csv']],
    [['May sales.csv', 'June sales.csv']],
    [['2026-01.csv', '2026-02.csv']],
    [['tracking/north.csv', 'tracking/south.csv']],
    [['weekly/north-1.csv', 'weekly/north-2.csv', 'weekly/south-1.csv']],
    [['a/orders_1.csv', 'a/orders_2.csv']],
    [['orders_1.csv.gz', 'orders_2.parquet']],
    [['book.xlsx, sheet May', 'book.xlsx, sheet June']],
    [['orders 1.xlsx, sheet Sheet1', 'orders 2.xlsx, sheet Sheet1']],
  ])('are taken together where they are deliveries of one kind: %j', (names) => {
    const result = deliveries(names);
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(names);
  });

  it.each([
    [['orders.csv', 'orders_final_v2.csv']],
    [['orders (1).csv', 'orders (2).csv']],
    [['orders v1.csv', 'orders v2.csv']],
    [['orders.csv', 'orders.csv.gz']],
    [['orders.csv', 'orders.xlsx, sheet Sheet1']],
    [['orders.csv', 'orders-2026-06.csv']],
    [['orders-2026.csv', 'orders-2026-06.csv']],
    [['sales_north.csv', 'sales_south.csv']],
    [['orders.csv', 'export.csv']],
    [['tracking/north.csv', 'tracking/north final.csv']],
    [['tracking/2026.csv', 'tracking/2026-06.csv']],
    [['north/orders.csv', 'south/orders.csv']],
    [['book.xlsx, sheet Orders', 'book.xlsx, sheet Orders approved']],
    [['book.xlsx, sheet Sheet1', 'book.xlsx, sheet Sheet2']],
  ])('are a question where they may be versions of one: %j', (names) => {
    const { problems, leftOut, files } = deliveries(names);
    expect(problems).toMatchObject([{ code: 'ambiguous-table', exitCode: 3 }]);
    for (const name of names) expect(problems[0]?.message).toContain(name);
    expect(files.tracking_data).toEqual([]);
    expect(leftOut.map(({ name }) => name)).toEqual(names);
  });

  it('are asked for by name', () => {
    expect(problemOf(folderOf({ 'payouts final v2.csv': 'payouts' }))).toMatchObject({
      message:
        'Two files could be payouts, and nothing says that they belong together: payouts.csv, payouts final v2.csv.',
      hint: 'Say which one counts with sources.payouts.path: "payouts.csv", or list all of them there where their rows add up.',
    });
  });

  it('may have other columns besides', () => {
    const result = survey({
      'tracking_data.csv': null,
      'orders-1.csv': 'tracking_data',
      'orders-2.csv': ['Creator,Date,Net sales,Category', 'I1,2026-05-01,3,Food'],
    });
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(['orders-1.csv', 'orders-2.csv']);
  });
});

describe('a second copy of a file', () => {
  const at = (name: string, bytes: number, ...lines: readonly string[]) => {
    const head = headOf(name, ...lines);
    return { ...head, file: { ...head.file, bytes } };
  };
  const rest = folderOf({ 'tracking_data.csv': null }).heads;
  const of = (...heads: ReturnType<typeof at>[]) =>
    surveyFiles({ folder: 'data', heads: [...heads, ...rest], named: {}, unread: [] }, settingsOf());
  const [header, row] = PLAIN.tracking_data;

  it('is left out', () => {
    const result = of(at('orders (1).csv', 90, header, row), at('orders.csv', 90, header, row));
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(['orders.csv']);
    expect(result.leftOut).toEqual([
      { name: 'orders (1).csv', why: 'has the same size and first rows as orders.csv' },
    ]);
  });

  it('is left out beside weekly files', () => {
    const week2 = [header, row.replace('05-02', '05-09')];
    const result = of(
      at('orders-1.csv', 90, header, row),
      at('orders-2 (1).csv', 90, ...week2),
      at('orders-2.csv', 90, ...week2),
    );
    expect(result.problems).toEqual([]);
    expect(namesOf(result).tracking_data).toEqual(['orders-1.csv', 'orders-2.csv']);
  });

  it.each([
    ['another size', 'orders (1).csv', 91, row],
    ['another row', 'orders (1).csv', 90, row.replace('437.50', '437.51')],
    ['another name', 'sales (1).csv', 90, row],
    ['another folder', 'new/orders (1).csv', 90, row],
  ])('is a question with %s', (_, name, bytes, line) => {
    const result = of(at(name, bytes, header, line), at('orders.csv', 90, header, row));
    expect(result.problems).toMatchObject([{ code: 'ambiguous-table' }]);
  });

  it('is not the one that a question suggests', () => {
    const result = of(at('orders (1).csv', 91, header, row), at('orders.csv', 90, header, row));
    expect(result.problems[0]?.hint).toContain('sources.tracking_data.path: "orders.csv"');
  });
});

describe('a delivery that cannot be loaded', () => {
  const files = { 'tracking_data.csv': null, 'orders-1.csv': 'tracking_data' } as const;

  it('is not left out without a word: a column is missing', () => {
    expect(
      problemOf(folderOf({ ...files, 'orders-2.csv': ['influencer_id,date,price', 'I1,2026-05-01,3'] })),
    ).toMatchObject({
      code: 'missing-column',
      message: expect.stringContaining('orders-2.csv has no column revenue.'),
    });
  });

  it('is not left out without a word: it is broken', () => {
    const problem = dataError('unreadable-file', 'orders-2.csv.gz is not complete.', 'Copy it again.');
    expect(problemOf(folderOf(files, { unread: [{ name: 'orders-2.csv.gz', problem }] }))).toBe(problem);
  });

  it.each([
    ['orders-2.csv', 'is a web page (HTML), not a table'],
    ['orders-2.xls', 'is a web page (HTML), not a table'],
    ['orders-2 (1).csv.gz', 'holds binary data, not a table'],
  ])('is not left out without a word: %s %s', (name, what) => {
    const problem = dataError('not-a-table', `${name} ${what}.`, 'Leave it out.');
    expect(problemOf(folderOf(files, { unread: [{ name, problem }] }))).toMatchObject({
      code: 'lost-file',
      message: `${name} lies among the files of tracking_data, but ${what}.`,
      hint: 'Export it again as CSV UTF-8 or .xlsx; remove it if it is none of the data.',
    });
  });

  it('is not left out without a word: it is merged', () => {
    const folder = folderOf({ ...files, 'orders-2.csv': MERGED });
    expect(surveyFiles(folder, settingsOf()).problems.length).toBe(1);
  });

  it('is left out where it is something else', () => {
    const unread = ['tracking/README', 'tracking/notes-2.txt', 'tracking/orders-2.pdf'].map((name) => ({
      name,
      problem: dataError('not-a-table', `${name} is a document, not a table.`, ''),
    }));
    expect(
      survey({ 'tracking_data.csv': null, 'tracking/orders-1.csv': 'tracking_data' }, { unread }).problems,
    ).toEqual([]);
    const damaged = dataError('unreadable-file', 'scan-2.zip is damaged.', '');
    expect(survey(files, { unread: [{ name: 'scan-2.zip', problem: damaged }] }).problems).toEqual([]);
  });
});

describe('a table that is not there', () => {
  it('is told with what it needs and what lies there', () => {
    const folder = folderOf({ 'payouts.csv': null, 'notes.csv': ['note', 'x'] });
    expect(problemOf(folder)).toMatchObject({
      code: 'missing-table',
      message:
        'data has no file for payouts, which needs the columns influencer_id, total_payout. Not used so far: notes.csv.',
      hint: 'Put the file there, or say which one it is with sources.payouts.path: "its name".',
    });
  });

  it('is told without a suggestion where every file is taken', () => {
    const posts = [`${PLAIN.posts[0]},revenue`, `${PLAIN.posts[1]},9`];
    expect(problemOf(folderOf({ 'tracking_data.csv': null, 'posts.csv': posts }))).toMatchObject({
      message: expect.stringContaining('posts.csv comes nearest, but is taken for posts.'),
      hint: 'Put the file there.',
    });
  });

  it('is told with the file that the configuration names for another', () => {
    const { heads, ...rest } = folderOf({});
    const named = { posts: heads.filter(({ name }) => name === 'tracking_data.csv') };
    const free = heads.filter(({ name }) => name !== 'tracking_data.csv');
    const result = surveyFiles({ ...rest, heads: free, named }, settingsOf());
    expect(result.problems).toMatchObject([
      {
        message:
          'data has no file for tracking_data, which needs the columns influencer_id, date, revenue. tracking_data.csv comes nearest, but only sources.posts.path names it.',
        hint: 'Correct that path.',
      },
    ]);
    expect(result.files.posts[0]?.why).toBe(
      'sources.posts.path names it, although it looks like tracking_data',
    );
  });

  it('is told with both where the file that is named cannot be the other', () => {
    const { heads, ...rest } = folderOf({ 'payouts.csv': null });
    const named = { payouts: heads.filter(({ name }) => name === 'tracking_data.csv') };
    const free = heads.filter(({ name }) => name !== 'tracking_data.csv');
    const { problems } = surveyFiles({ ...rest, heads: free, named }, settingsOf());
    expect(problems).toMatchObject([
      { message: expect.stringContaining('tracking_data.csv comes nearest'), hint: 'Correct that path.' },
      {
        code: 'missing-column',
        message:
          'sources.payouts.path names tracking_data.csv, but that looks like tracking_data. Required for payouts are: influencer_id, total_payout.',
      },
    ]);
  });

  it('may be another sheet of a workbook that is named', () => {
    const { heads, ...rest } = folderOf({ 'tracking_data.csv': null, 'payouts.csv': null });
    const payouts = headsOf({ 'b.xlsx, sheet Paid': 'payouts', 'b.xlsx, sheet Orders': 'tracking_data' });
    expect(problemOf({ ...rest, heads, named: { payouts } })).toMatchObject({
      message: expect.stringContaining('b.xlsx, sheet Orders comes nearest, but only sources.payouts.path'),
      hint: 'Put the file there, or say which one it is with sources.tracking_data.path: "b.xlsx".',
    });
  });

  it('is what its file turned out to be', () => {
    const problem = dataError(
      'not-a-table',
      'Tracking-Data.csv is a web page (HTML), not a table.',
      'Leave it.',
    );
    const unread = [{ name: 'Tracking-Data.csv', problem }];
    expect(problemOf(folderOf({ 'tracking_data.csv': null }, { unread }))).toMatchObject({
      code: 'missing-table',
      message:
        'data has no file for tracking_data, which needs the columns influencer_id, date, revenue. Tracking-Data.csv is a web page (HTML), not a table.',
      hint: 'Export it again as CSV UTF-8 or .xlsx; remove it if it is none of the data.',
    });
  });

  it('is not what notes about it are', () => {
    const problem = dataError('not-a-table', 'tracking_data notes.txt is a document, not a table.', '');
    const unread = [{ name: 'tracking_data notes.txt', problem }];
    expect(problemOf(folderOf({ 'tracking_data.csv': null }, { unread })).message).toContain(
      'Not used so far',
    );
  });

  it('is told for every table at once', () => {
    const { problems } = surveyFiles({ folder: 'data', heads: [], named: {}, unread: [] }, settingsOf());
    expect(problems.map(({ message }) => message)).toEqual([
      'data has no file for influencers, which needs the columns influencer_id.',
      'data has no file for posts, which needs the columns influencer_id, date.',
      'data has no file for tracking_data, which needs the columns influencer_id, date, revenue.',
      'data has no file for payouts, which needs the columns influencer_id, total_payout.',
    ]);
  });

  it('is a missing column where a file is called as it', () => {
    const lines = ['Influencer,date,Amt', 'I1,2026-05-01,3'];
    expect(problemOf(folderOf({ 'tracking_data.csv': lines }))).toMatchObject({
      code: 'missing-column',
      message:
        'tracking_data.csv has no column revenue. It has: Influencer, date, Amt. Required are: influencer_id, date, revenue.',
      hint: 'Add the column, or say which one holds it with sources.tracking_data.columns: { revenue: "Amt" }.',
    });
  });

  it('is a missing column also where there is no header', () => {
    expect(problemOf(folderOf({ 'payouts.csv': [PLAIN.payouts[1]] }))).toMatchObject({
      message:
        'payouts.csv has no column influencer_id, total_payout. It has: I1, post, 500, 1500. Required are: influencer_id, total_payout.',
    });
  });

  it('is what kept the file from being read', () => {
    const problem = dataError('unreadable-file', 'payouts.xlsx has a password.', 'Save it without one.');
    const folder = folderOf({ 'payouts.csv': null }, { unread: [{ name: 'payouts.xlsx', problem }] });
    expect(problemOf(folder)).toBe(problem);
  });

  it('may be part of a file that is another table', () => {
    const lines = [
      'ID,name,category,gender,platform,follower_count,Total paid',
      'I1,Asha,Food,F,X,1200,1500',
    ];
    expect(problemOf(folderOf({ 'payouts.csv': null, 'influencers.csv': lines }))).toMatchObject({
      message: expect.stringContaining('payouts'),
    });
  });

  it('is not looked for in a file that has two columns for one thing', () => {
    const lines = ['influencer_id,date,Net sales,Total sales', 'I1,2026-05-01,3,4'];
    expect(problemOf(folderOf({ 'tracking_data.csv': lines }))).toMatchObject({
      code: 'duplicate-column',
      message:
        'tracking_data.csv has two columns for revenue: "Net sales" (column 3) and "Total sales" (column 4).',
      hint: 'Say which one counts with sources.tracking_data.columns: { revenue: "Net sales" }, or remove the other.',
    });
    const twice = ['influencer_id,date,revenue,revenue', 'I1,2026-05-01,3,4'];
    expect(problemOf(folderOf({ 'tracking_data.csv': twice }))).toMatchObject({
      hint: 'Rename or remove one of them.',
    });
  });
});

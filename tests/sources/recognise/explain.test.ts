import { expect, it } from 'vitest';
import { type DecidedStyle, explainFiles } from '../../../src/sources/recognise/explain.js';
import { surveyFiles } from '../../../src/sources/recognise/survey.js';
import { folderOf, headOf, settingsOf } from './heads.js';

const explain = (
  files: Parameters<typeof folderOf>[0],
  styles: ReadonlyMap<string, DecidedStyle> = new Map(),
  extra: Parameters<typeof folderOf>[1] = {},
) => explainFiles(surveyFiles(folderOf(files, extra), settingsOf()), styles);

const part = (lines: readonly string[], label: string) => {
  const start = lines.findIndex((line) => line.startsWith(label));
  const end = lines.indexOf('', start);
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
};

it('says which header name is which column, what is absent and what is not used', () => {
  const lines = explain({
    'payouts.csv': null,
    '2026-06 payments.csv': ['Report,June', 'Creator ID,Paid by,Fee,Amount paid (₹)', 'I1,bank,500,1500'],
  });
  expect(part(lines, 'payouts')).toBe(
    [
      'payouts: 1 file',
      '  2026-06 payments.csv  CSV, comma, UTF-8, header in line 2; 3 of 5 columns and its name',
      '    influencer_id  ← Creator ID (alias)',
      '    rate           ← Fee (alias)',
      '    total_payout   ← Amount paid (₹) (alias)',
      '    absent: basis, orders',
      '    not used: Paid by',
    ].join('\n'),
  );
});

it('says of an unused column that it could be one that is taken', () => {
  const lines = explain({
    'tracking_data.csv': ['influencer_id,date,revenue,Net  Sales', 'I1,2026-05-01,3,2'],
  });
  expect(part(lines, 'tracking_data')).toContain('    not used: Net Sales (could be revenue too)');
  const columns = { revenue: 'Net Sales' };
  const head = headOf(
    'tracking_data.csv',
    'influencer_id,date,revenue,Net Sales,note',
    'I1,2026-05-01,3,2,x',
  );
  const survey = surveyFiles(
    folderOf({}, { named: { tracking_data: [head] } }),
    settingsOf({ tracking_data: { columns } }),
  );
  expect(part(explainFiles(survey, new Map()), 'tracking_data')).toContain(
    '    not used: revenue (could be revenue too), note',
  );
});

it('says how dates and amounts are read, and how that was found', () => {
  const styles = new Map<string, DecidedStyle>([
    ['payouts.csv', { style: { dateOrder: null, decimal: ',', serialDates: null }, dateOrder: null }],
    [
      'posts.csv',
      {
        style: { dateOrder: 'dmy', decimal: '.', serialDates: 1904 },
        dateOrder: 'Day before month, because 13/05/2026 can be read in no other way (1 of 2 dates).',
      },
    ],
  ]);
  const lines = explain({ 'posts.csv': ['influencer_id,date,reach', 'I1,13/05/2026,5'] }, styles);
  expect(part(lines, 'posts')).toBe(
    [
      'posts: 1 file',
      '  posts.csv  CSV, comma, UTF-8, header in line 1; 3 of 9 columns and its name',
      '    influencer_id  ← influencer_id',
      '    date           ← date           Day before month, because 13/05/2026 can be read in no other way (1 of 2 dates). Plain numbers are days since 1904.',
      '    reach          ← reach',
      '    absent: post_id, platform, url, caption, likes, comments',
    ].join('\n'),
  );
  expect(part(lines, 'payouts')).toContain('← total_payout   decimal comma, as sources.payouts.decimal says');
});

it('tells files that have all in common together', () => {
  const lines = explain({
    'tracking_data.csv': null,
    'week 1.csv': 'tracking_data',
    'week 10.csv': 'tracking_data',
    'week 2.csv': ['influencer_id,date,revenue', 'I1,2026-05-01,3'],
  });
  expect(part(lines, 'tracking_data')).toBe(
    [
      'tracking_data: 3 files',
      '  week 1.csv   CSV, comma, UTF-8, header in line 1; 7 of 7 columns',
      '  week 10.csv  CSV, comma, UTF-8, header in line 1; 7 of 7 columns',
      '    source         ← source',
      '    campaign       ← campaign',
      '    influencer_id  ← influencer_id',
      '    product        ← product',
      '    date           ← date',
      '    orders         ← orders',
      '    revenue        ← revenue',
      '  week 2.csv  CSV, comma, UTF-8, header in line 1; 3 of 7 columns',
      '    influencer_id  ← influencer_id',
      '    date           ← date',
      '    revenue        ← revenue',
      '    absent: source, campaign, product, orders',
    ].join('\n'),
  );
});

it('names the format of a file', () => {
  const formatOf = (changes: object) => {
    const heads = [{ ...headOf('x.csv', 'influencer_id,total_payout', 'I1,3'), ...changes }];
    return part(explain({ 'payouts.csv': null }, new Map(), { heads }), 'payouts').split('\n')[1];
  };
  const text = { kind: 'csv', delimiter: ';', encoding: 'windows-1252', compression: 'gzip' };
  expect(formatOf(text)).toContain('  x.csv  CSV, semicolon, Windows-1252, gzip, header in line 1;');
  expect(formatOf({ ...text, delimiter: '~' })).toContain('CSV, delimiter ~, ');
  expect(formatOf({ kind: 'parquet', delimiter: null, encoding: null })).toContain(
    '  x.csv  Parquet, header in line 1;',
  );
  expect(formatOf({ kind: 'sheet', sheet: 'May', delimiter: null, encoding: null })).toContain(
    'workbook, header',
  );
});

it('names what is left out, and tables that were not found', () => {
  const lines = explain({
    'payouts.csv': null,
    'notes.csv': ['note', 'x'],
    'influencers v2.csv': 'influencers',
  });
  expect(lines.slice(0, 2)).toEqual(['influencers: not found', '']);
  expect(lines.slice(-5)).toEqual([
    '',
    'left out',
    '  influencers.csv     could be influencers, as other files could',
    '  notes.csv           has no columns by which it could be one of the four tables',
    '  influencers v2.csv  could be influencers, as other files could',
  ]);
  expect(explain({}).at(-1)).toBe('left out: nothing');
});

it('keeps to one line what has line breaks', () => {
  const lines = explain({ 'payouts.csv': ['influencer_id,Total\nPayout,a\nb', 'I1,3,x'] });
  expect(lines.join('\n')).toContain('← Total Payout');
  expect(lines.join('\n')).toContain('not used: a b');
});

import { describe, expect, it } from 'vitest';
import {
  type DateEvidence,
  dateEvidenceSql,
  decideDateOrder,
} from '../../../src/sources/values/date-order.js';
import { sqlText, useValueReader } from './read-values.js';

const reader = useValueReader();

const NONE: DateEvidence = {
  clear: 0,
  dmy: 0,
  dmyExample: null,
  mdy: 0,
  mdyExample: null,
  either: 0,
  eitherExample: null,
  same: 0,
  short: 0,
  shortExample: null,
  neither: 0,
};

async function evidenceOf(cells: readonly (string | null)[]): Promise<DateEvidence> {
  const rows = cells.map((cell) => `(${cell === null ? 'CAST(NULL AS VARCHAR)' : sqlText(cell)})`);
  const found = await reader.query<DateEvidence>(
    dateEvidenceSql(`(VALUES ${rows.join(', ')}) AS v (c3)`, 'c3'),
  );
  expect(found).toHaveLength(1);
  return found[0] ?? NONE;
}

describe('the evidence of a column', () => {
  it.each([
    ['2026-05-01', { clear: 1 }],
    ['2026-05-01T10:20:30Z', { clear: 1 }],
    ['20260501', { clear: 1 }],
    ['5 May 2026', { clear: 1 }],
    ['May 5, 2026 10:20', { clear: 1 }],
    ['13/05/2026', { dmy: 1, dmyExample: '13/05/2026' }],
    ['13.5.2026 10:20', { dmy: 1, dmyExample: '13.5.2026' }],
    ['05-13-2026', { mdy: 1, mdyExample: '05-13-2026' }],
    ['5/13/26', { mdy: 1, mdyExample: '5/13/26' }],
    ['03/04/2026', { either: 1, eitherExample: '03/04/2026' }],
    ['03/04/2026 2:30 PM', { either: 1, eitherExample: '03/04/2026' }],
    ['03/04/26', { either: 1, eitherExample: '03/04/26' }],
    ['03/03/26', { either: 1, eitherExample: '03/03/26' }],
    ['03/03/2026', { same: 1 }],
    ['25/12/26', { short: 1, shortExample: '25/12/26' }],
    ['30/12/99', { dmy: 1, dmyExample: '30/12/99' }],
    ['31/02/2026', { neither: 1 }],
    ['31/12/1850', { neither: 1 }],
    ['46143', { neither: 1 }],
    ['soon', { neither: 1 }],
    ['', {}],
    ['  ', {}],
    ['N/A', {}],
    [null, {}],
  ])('%j', async (cell, expected) => {
    expect(await evidenceOf([cell])).toEqual({ ...NONE, ...expected });
  });

  it('counts rows and gives the first example of each kind', async () => {
    const cells = [
      '14/05/2026',
      '13/05/2026',
      '13/05/2026',
      ' 13/05/2026 ',
      '05/13/2026',
      '2026-01-01',
      'x',
      null,
    ];
    expect(await evidenceOf(cells)).toEqual({
      ...NONE,
      clear: 1,
      dmy: 4,
      dmyExample: '13/05/2026',
      mdy: 1,
      mdyExample: '05/13/2026',
      neither: 1,
    });
  });

  it('of no rows is one row of zeros', async () => {
    const found = await reader.query(dateEvidenceSql("(SELECT 'x' AS c0 WHERE false)", 'c0'));
    expect(found).toEqual([NONE]);
  });
});

describe('the order of day and month', () => {
  const dmy = { dmy: 612, dmyExample: '13/05/2026' };
  const mdy = { mdy: 40, mdyExample: '05/13/2026' };
  const either = { either: 388, eitherExample: '03/04/2026' };
  const short = { short: 50, shortExample: '25/12/26' };
  const decide = (
    evidence: Partial<DateEvidence>,
    declared: 'dmy' | 'mdy' | 'ymd' | null = null,
    others: 'dmy' | 'mdy' | 'ymd' | null = null,
  ) => decideDateOrder({ ...NONE, ...evidence }, declared, others, 'posts');

  it('is what the configuration says, whatever the dates are', () => {
    expect(decide({ ...dmy, ...mdy }, 'mdy', 'dmy')).toEqual({
      order: 'mdy',
      how: 'Month before day, as sources.posts.dateOrder says.',
    });
    expect(decide({}, 'ymd')).toEqual({
      order: 'ymd',
      how: 'Year before month before day, as sources.posts.dateOrder says.',
    });
  });

  it('is what dates prove that can be read in no other way', () => {
    expect(decide({ ...dmy, ...either })).toEqual({
      order: 'dmy',
      how: 'Day before month, because 13/05/2026 can be read in no other way (612 of 1,000 dates).',
    });
    expect(decide({ ...mdy, clear: 60 }, null, 'dmy')).toEqual({
      order: 'mdy',
      how: 'Month before day, because 05/13/2026 can be read in no other way (40 of 100 dates).',
    });
    expect(decide({ ...dmy, dmy: 1, ...short })).toMatchObject({ order: 'dmy' });
  });

  it('is that of the great majority', () => {
    expect(decide({ ...dmy, dmy: 99, ...mdy, mdy: 1, ...either })).toMatchObject({ order: 'dmy' });
    expect(decide({ ...mdy, mdy: 9900, ...dmy, dmy: 100 })).toMatchObject({ order: 'mdy' });
  });

  it('is not guessed from a mixture', () => {
    expect(decide({ ...dmy, dmy: 98, ...mdy, mdy: 2, ...either }, null, 'dmy')).toEqual({
      undecidable:
        'the dates are mixed: 13/05/2026 does not have the month first (98 of 488 dates), 05/13/2026 has (2 of 488 dates)',
      fix: 'Write all dates as YYYY-MM-DD; or add sources.posts.dateOrder (dmy, mdy) to the configuration, and rows that do not fit it are set aside.',
    });
    expect(decide({ ...short, ...mdy })).toMatchObject({
      undecidable: expect.stringContaining('mixed: 25/12/26'),
    });
  });

  it('is that of other files of the table, where nothing proves another', () => {
    expect(decide(either, null, 'mdy')).toEqual({
      order: 'mdy',
      how: 'Month before day, as in the other files of posts.',
    });
    expect(decide({ ...either, ...short }, null, 'dmy')).toMatchObject({ order: 'dmy' });
    expect(decide({ ...either, ...short }, null, 'mdy')).toHaveProperty('undecidable');
    expect(decide(either, null, 'ymd')).toHaveProperty('undecidable');
  });

  it('is not guessed where every date fits both', () => {
    expect(decide({ ...either, clear: 5, same: 2 })).toEqual({
      undecidable: '03/04/2026 can be 3 April 2026 or 4 March 2026, and no other date settles it',
      fix: 'Add sources.posts.dateOrder to the configuration: dmy where the day comes first, mdy where the month does.',
    });
    expect(decide({ either: 1, eitherExample: '1.2.26' })).toMatchObject({
      undecidable: '1.2.26 can be 1 February 2026 or 2 January 2026, and no other date settles it',
    });
  });

  it('is not guessed where years of two digits may stand first', () => {
    expect(decide(short)).toEqual({
      undecidable: '25/12/26 can be 25 December 2026 or 26 December 2025, and no other date settles it',
      fix: 'Add sources.posts.dateOrder to the configuration: dmy where the day comes first, mdy where the month does; or write years with four digits.',
    });
    expect(decide({ either: 1, eitherExample: '03/03/26' })).toMatchObject({
      undecidable: '03/03/26 can be 3 March 2026 or 26 March 2003, and no other date settles it',
    });
  });

  it('does not matter where all dates are the same both ways', () => {
    expect(decide({ same: 3, clear: 1 })).toEqual({
      order: 'dmy',
      how: 'Day and month are the same in every date that needs an order.',
    });
  });

  it('is not needed where no date has the day or month first', () => {
    const none = { order: null, how: 'No date needs an order of day and month.' };
    expect(decide({ clear: 100 })).toEqual(none);
    expect(decide({ neither: 3 }, null, 'dmy')).toEqual(none);
    expect(decide({})).toEqual(none);
  });
});

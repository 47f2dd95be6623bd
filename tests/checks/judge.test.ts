import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Judgement } from '../../src/checks/judge.js';
import { checks } from '../../src/checks/registry.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { badRow, type JudgeChanges, judgeTables, loadWith, noLoad } from '../support/checks.js';
import { engines, openTinyDuckDb } from '../support/engines.js';
import { day, type Tables, type TrackingRow } from '../support/tables.js';

const sale = (changes: Partial<TrackingRow> = {}): TrackingRow => ({
  influencer_id: 'A',
  source: 'P1',
  campaign: 'North',
  product: 'Tea',
  date: day(20),
  orders: 1,
  revenue: 100,
  ...changes,
});

/** One influencer, post, sale and payout that agree with each other; day(29) is 30 June, the day of the report. */
const sound: Required<Tables> = {
  influencers: [
    { influencer_id: 'A', name: 'Asha', category: 'Food', follower_count: 10, platform: 'Instagram' },
  ],
  posts: [
    {
      post_id: 'P1',
      influencer_id: 'A',
      date: day(19),
      platform: 'Instagram',
      reach: 90,
      likes: 8,
      comments: 1,
    },
  ],
  tracking: [sale()],
  payouts: [{ influencer_id: 'A', basis: 'order', rate: 30, orders: 1, total_payout: 30 }],
};

interface Example {
  id: string;
  tables?: Partial<Tables>;
  changes?: JudgeChanges;
  /** Whether one row of a handful is enough to be graver than info. */
  severity: 'info' | 'warning' | 'error';
  count: number;
  text: string;
  examples: string[];
}

const found: readonly Example[] = [
  {
    id: 'empty-table',
    tables: { posts: [] },
    severity: 'warning',
    count: 1,
    text: 'No rows in posts.',
    examples: [],
  },
  {
    id: 'quarantined-rows',
    changes: { load: loadWith([{ ...badRow, revenue: 40_00 }]) },
    severity: 'warning',
    count: 1,
    text: '1 row of tracking_data is left out, with ₹40 of revenue; quarantine.maxRevenueShare is exceeded.',
    examples: ['tracking_data.csv, line 1204, column revenue'],
  },
  {
    id: 'duplicate-key',
    changes: { load: loadWith([{ ...badRow, code: 'duplicate-key', column: 'post_id', value: 'P1' }]) },
    severity: 'warning',
    count: 1,
    text: '1 row has the id of an earlier row and is left out.',
    examples: ['tracking_data.csv, line 1204, column post_id: P1'],
  },
  {
    id: 'columns-ignored',
    changes: {
      load: {
        ...noLoad,
        files: [{ table: 'posts', file: 'p.csv', ignoredColumns: ['Saves', 'Shares'], notes: [] }],
      },
    },
    severity: 'info',
    count: 2,
    text: '2 columns of the files are not used.',
    examples: ['p.csv: Saves, Shares'],
  },
  {
    id: 'totals-row',
    tables: {
      payouts: [
        ...sound.payouts,
        { influencer_id: 'A', basis: 'post', total_payout: 20 },
        { influencer_id: 'X', total_payout: 50.01 },
      ],
    },
    severity: 'error',
    count: 1,
    text: 'A row of payouts looks like a totals row (X, ₹50); it is counted on top of the rows that it sums up.',
    examples: ['payouts: X, ₹50'],
  },
  {
    id: 'unknown-influencer-tracking',
    tables: { tracking: [sale(), sale({ influencer_id: 'X', revenue: 300 })] },
    severity: 'warning',
    count: 1,
    text: '1 influencer with ₹300 of revenue is not in the influencers table; their category, followers and platform are not known.',
    examples: ['X: ₹300 of revenue'],
  },
  {
    id: 'unknown-influencer-payouts',
    tables: { payouts: [...sound.payouts, { influencer_id: 'X', basis: 'post', total_payout: 70 }] },
    severity: 'warning',
    count: 1,
    text: '1 influencer paid ₹70 is not in the influencers table.',
    examples: ['X: ₹70 of payout'],
  },
  {
    id: 'unknown-influencer-posts',
    tables: { posts: [...sound.posts, { post_id: 'P2', influencer_id: 'X', date: day(3) }] },
    severity: 'warning',
    count: 1,
    text: '1 influencer with posts is not in the influencers table.',
    examples: ['X: 1 post'],
  },
  {
    id: 'sales-without-payout',
    tables: {
      influencers: [...sound.influencers, { influencer_id: 'B', name: 'Bina' }],
      tracking: [sale(), sale({ influencer_id: 'B', revenue: 500 })],
    },
    severity: 'warning',
    count: 1,
    text: '1 influencer with ₹500 of revenue has no payout row; their ROAS is n/a, and their revenue is in the total.',
    examples: ['Bina (B): ₹500 of revenue since 21 Jun 2025'],
  },
  {
    id: 'payout-without-activity',
    tables: {
      influencers: [...sound.influencers, { influencer_id: 'B', name: 'Bina' }],
      payouts: [...sound.payouts, { influencer_id: 'B', basis: 'post', total_payout: 3 }],
    },
    severity: 'info',
    count: 1,
    text: '1 payout of ₹3 in all is for influencers without posts or orders; it is Unattributed.',
    examples: ['Bina (B): ₹3'],
  },
  {
    id: 'sale-before-first-post',
    tables: { tracking: [sale({ date: day(18) }), sale()] },
    severity: 'info',
    count: 1,
    text: '1 influencer has a sale before the first post.',
    examples: ['Asha (A): first sale 19 Jun 2025, first post 20 Jun 2025'],
  },
  {
    id: 'unattributed-payout',
    tables: { tracking: [sale({ campaign: null })] },
    severity: 'warning',
    count: 1,
    text: '100.0% of payout has no campaign; amber above 10.0%.',
    examples: [],
  },
  {
    id: 'duplicate-payout',
    tables: { payouts: [...sound.payouts, ...sound.payouts, ...sound.payouts] },
    severity: 'warning',
    count: 1,
    text: '2 payouts of ₹60 in all repeat another exactly; they are counted.',
    examples: ['Asha (A): ₹60'],
  },
  {
    id: 'unknown-basis',
    tables: { payouts: [{ influencer_id: 'A', basis: null, total_payout: 30 }] },
    severity: 'warning',
    count: 1,
    text: '1 payout of ₹30 in all has neither post nor order as basis; they are placed by posts, else by orders.',
    examples: ['Asha (A): ₹30'],
  },
  {
    id: 'zero-payout',
    tables: { payouts: [...sound.payouts, { influencer_id: 'A', basis: 'post', total_payout: 0 }] },
    severity: 'info',
    count: 1,
    text: '1 payout is zero; where an influencer has no other, ROAS is n/a.',
    examples: ['Asha (A)'],
  },
  {
    id: 'paid-orders-differ',
    tables: {
      payouts: [{ influencer_id: 'A', basis: 'order', rate: 30, orders: 12, total_payout: 360 }],
    },
    severity: 'info',
    count: 1,
    text: '1 influencer is paid for other numbers of orders than were tracked; the payout stays as supplied.',
    examples: ['Asha (A): 12 paid, 1 tracked'],
  },
  {
    id: 'rate-times-units',
    tables: { payouts: [{ influencer_id: 'A', basis: 'post', rate: 30, total_payout: 25 }] },
    severity: 'info',
    count: 1,
    text: '1 payout is not rate × posts or orders; in all the totals are ₹5 lower.',
    examples: ['Asha (A): total ₹25, rate × units ₹30'],
  },
  {
    id: 'duplicate-row',
    tables: { tracking: [sale({ rows: 3, repeats: 2 })] },
    severity: 'warning',
    count: 1,
    text: '2 tracked rows repeat another exactly; they are counted.',
    examples: ['Asha (A): 2 rows, the first of 21 Jun 2025'],
  },
  {
    id: 'blank-influencer',
    tables: { tracking: [sale(), sale({ influencer_id: null, revenue: 7, rows: 2 })] },
    severity: 'info',
    count: 2,
    text: '2 rows with ₹7 of revenue have no influencer; they are organic and no part of ROAS.',
    examples: [],
  },
  {
    id: 'blank-campaign',
    tables: { tracking: [sale(), sale({ campaign: null, revenue: 9 })] },
    severity: 'info',
    count: 1,
    text: '1 tracked row of influencers with ₹9 of revenue has no campaign; they are Unattributed.',
    examples: ['Asha (A): 1 row, ₹9'],
  },
  {
    id: 'negative-orders',
    tables: { tracking: [sale({ orders: -1, negative_orders: 1 })] },
    severity: 'warning',
    count: 1,
    text: '1 tracked row has negative orders, but not negative revenue.',
    examples: ['Asha (A): 1 row, the first of 21 Jun 2025'],
  },
  {
    id: 'refunds',
    tables: { tracking: [sale(), sale({ date: day(21), orders: -1, revenue: -40 })] },
    severity: 'info',
    count: 1,
    text: '1 influencer has days with more refunds than sales, ₹40 in all; refunds count against revenue.',
    examples: ['Asha (A): −₹40 since 22 Jun 2025'],
  },
  {
    id: 'revenue-without-orders',
    tables: { tracking: [sale({ orders: 0, revenue_without_orders: 1 })] },
    severity: 'warning',
    count: 1,
    text: '1 tracked row has revenue but no orders; cost per order and basket size are off by them.',
    examples: ['Asha (A): 1 row, the first of 21 Jun 2025'],
  },
  {
    id: 'orders-without-revenue',
    tables: { tracking: [sale({ revenue: 0, orders_without_revenue: 1 })] },
    severity: 'warning',
    count: 1,
    text: '1 tracked row has orders but no revenue.',
    examples: ['Asha (A): 1 row, the first of 21 Jun 2025'],
  },
  {
    id: 'similar-names',
    tables: {
      influencers: [{ influencer_id: 'A', name: 'Asha', platform: 'You Tube' }],
      posts: sound.posts.map((post) => ({ ...post, platform: 'YouTube' })),
      tracking: [sale({ campaign: 'Diwali Sale' }), sale({ campaign: 'diwali-sale' })],
    },
    severity: 'warning',
    count: 2,
    text: '2 campaigns or platforms are written in several ways; each spelling counts as one of its own.',
    examples: ['Diwali Sale / diwali-sale', 'You Tube / YouTube'],
  },
  {
    id: 'duplicate-post',
    tables: { posts: [...sound.posts, ...sound.posts.map((post) => ({ ...post, post_id: 'P2' }))] },
    severity: 'warning',
    count: 1,
    text: '1 post repeats another of the day in link, reach, likes and comments; they are counted.',
    examples: ['P1 of Asha (A), 20 Jun 2025'],
  },
  {
    id: 'platform-differs',
    tables: { posts: sound.posts.map((post) => ({ ...post, platform: 'YouTube' })) },
    severity: 'info',
    count: 1,
    text: '1 post is on another platform than the influencer’s profile; the platform of the post counts.',
    examples: ['P1 of Asha (A), 20 Jun 2025: YouTube, profile Instagram'],
  },
  {
    id: 'engagement-above-reach',
    tables: { posts: sound.posts.map((post) => ({ ...post, reach: 8 })) },
    severity: 'warning',
    count: 1,
    text: '1 post has more likes and comments than reach.',
    examples: ['P1 of Asha (A), 20 Jun 2025: 9 likes and comments, reach 8'],
  },
  {
    id: 'negative-engagement',
    tables: { posts: sound.posts.map((post) => ({ ...post, likes: -8 })) },
    severity: 'warning',
    count: 1,
    text: '1 post has negative reach, likes or comments.',
    examples: ['P1 of Asha (A), 20 Jun 2025: likes −8'],
  },
  {
    id: 'stale-data',
    tables: { tracking: [sale({ date: day(14) })] },
    severity: 'warning',
    count: 1,
    text: 'The last sale is of 15 Jun 2025, 15 days before the report; stale after 14 days.',
    examples: [],
  },
  {
    id: 'future-date',
    tables: {
      tracking: [sale(), sale({ date: day(30), rows: 2 })],
      posts: [...sound.posts, { post_id: 'P2', influencer_id: 'A', date: day(31) }],
    },
    severity: 'warning',
    count: 2,
    text: '3 entries are dated after the day of the report; they are counted, with ₹100 of revenue.',
    examples: ['tracking_data, 1 Jul 2025: 2 rows, ₹100', 'posts, 2 Jul 2025: 1 row'],
  },
  {
    id: 'date-gap',
    tables: { tracking: [1, 2, 3, 4, 12].map((number) => sale({ date: day(number + 8) })) },
    severity: 'warning',
    count: 1,
    text: 'There is no sale on 14–20 Jun 2025 (7 days); otherwise every day has one.',
    examples: ['14–20 Jun 2025: 7 days'],
  },
  {
    id: 'revenue-outlier',
    tables: { tracking: [1, 8, 15, 22, 29].map((number) => weekOf(number, { tenth: number === 29 })) },
    changes: { asOf: day(35) },
    severity: 'warning',
    count: 1,
    text: 'Revenue of 30 Jun – 6 Jul 2025 is ₹10, less than half of any of the 4 weeks before; they range from ₹100 to ₹100.',
    examples: [],
  },
  {
    id: 'rows-outlier',
    tables: { tracking: [1, 8, 15, 22, 29].map((number) => weekOf(number, { double: number === 29 })) },
    changes: { asOf: day(35) },
    severity: 'warning',
    count: 1,
    text: 'The number of tracked rows of 30 Jun – 6 Jul 2025 is 50, more than double any of the 4 weeks before; they range from 20 to 20.',
    examples: [],
  },
];

/** A week of twenty rows, all on its Sunday but the first week's Monday, so that the week counts as whole. */
function weekOf(monday: number, { tenth = false, double = false }): TrackingRow {
  return sale({
    date: day(monday === 1 ? 1 : monday + 6),
    rows: double ? 50 : 20,
    revenue: tenth ? 10 : 100,
  });
}

const byId = (judgements: readonly Judgement[], id: string) =>
  judgements.find((judgement) => judgement.id === id);

describe.each(engines)('on %s', (_name, open) => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await open();
  });
  afterAll(() => warehouse.close());

  it('nothing is found in sound data', async () => {
    const judgements = await judgeTables(warehouse, sound);
    expect(judgements.filter(({ severity }) => severity !== 'ok')).toEqual([]);
    expect(new Set(judgements.map(({ id }) => id))).toEqual(new Set(checks.map(({ id }) => id)));
  });

  it.each(found)('$id: $text', async ({ id, tables = {}, changes = {}, ...expected }) => {
    const judgement = byId(await judgeTables(warehouse, { ...sound, ...tables }, changes), id);
    expect(judgement).toMatchObject(expected);
    expect(judgement?.share).toBeGreaterThanOrEqual(0);
    expect(judgement?.share).toBeLessThanOrEqual(1);
  });
});

it('every check has an example above', () => {
  expect(found.map(({ id }) => id).sort()).toEqual(checks.map(({ id }) => id).sort());
});

describe('the severity', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTinyDuckDb();
  });
  afterAll(() => warehouse.close());

  const repeats = (rows: number): Partial<Tables> => ({ tracking: [sale({ rows, repeats: 1 })] });
  const severityOf = async (tables: Partial<Tables>, changes: JudgeChanges = {}) =>
    byId(await judgeTables(warehouse, { ...sound, ...tables }, changes), 'duplicate-row')?.severity;

  it('is only info for a trifle', async () => {
    expect(await severityOf(repeats(100))).toBe('warning');
    expect(await severityOf(repeats(101))).toBe('info');
  });

  it('is what the configuration says, for trifles too', async () => {
    expect(await severityOf(repeats(101), { severity: { 'duplicate-row': 'error' } })).toBe('error');
    expect(await severityOf(repeats(100), { severity: { 'duplicate-row': 'info' } })).toBe('info');
    const off = await judgeTables(
      warehouse,
      { ...sound, ...repeats(100) },
      { severity: { 'duplicate-row': 'off' } },
    );
    expect(off.at(-1)).toMatchObject({ id: 'duplicate-row', severity: 'off', count: 0 });
  });

  it('of a check that does not exist is refused, by name', async () => {
    await expect(
      judgeTables(warehouse, sound, { severity: { 'duplicate-rows': 'info' } }),
    ).rejects.toMatchObject({
      code: 'unknown-check',
      exitCode: 2,
      message: 'checks.severity names a check that does not exist: duplicate-rows.',
      hint: expect.stringContaining('duplicate-row,'),
    });
  });

  it('orders what was found, the gravest first and then what concerns most', async () => {
    const judgements = await judgeTables(
      warehouse,
      { ...sound, tracking: [sale({ rows: 10, repeats: 1 }), sale({ influencer_id: 'X', revenue: 900 })] },
      { severity: { 'unknown-influencer-tracking': 'error' } },
    );
    const listed = judgements.filter(({ severity }) => severity !== 'ok').map(({ id }) => id);
    expect(listed).toEqual(['unknown-influencer-tracking', 'sales-without-payout', 'duplicate-row']);
  });

  it('lists at most three examples, those with the most money first', async () => {
    const strangers = [1, 2, 3, 4].map((number) =>
      sale({ influencer_id: `X${number}`, revenue: number * 10 }),
    );
    const judgement = byId(
      await judgeTables(warehouse, { ...sound, tracking: [sale(), ...strangers] }),
      'unknown-influencer-tracking',
    );
    expect(judgement).toMatchObject({
      count: 4,
      text: expect.stringContaining('4 influencers with ₹100 of revenue are'),
      examples: ['X4: ₹40 of revenue', 'X3: ₹30 of revenue', 'X2: ₹20 of revenue'],
    });
  });
});

describe('rows that are left out', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTinyDuckDb();
  });
  afterAll(() => warehouse.close());

  const badPayout = { ...badRow, table: 'payouts', file: 'payouts.csv' };
  const said = async (load: JudgeChanges['load'], id = 'quarantined-rows', tables: Partial<Tables> = {}) =>
    byId(await judgeTables(warehouse, { ...sound, ...tables }, { load }), id);

  it.each([
    [[badPayout], '1 row of payouts is left out, so ROAS is too high; it is listed in quarantine.csv.'],
    [[badRow, badRow], '2 rows of tracking_data are left out; they are listed in quarantine.csv.'],
    [
      [{ ...badRow, table: 'influencers' }, { ...badRow, table: 'posts' }, badPayout, badPayout],
      '1 row of influencers, 1 row of posts and 2 rows of payouts are left out, so ROAS is too high; they are listed in quarantine.csv.',
    ],
    [
      [badRow, badPayout],
      '1 row of tracking_data and 1 row of payouts are left out, so ROAS is off; they are listed in quarantine.csv.',
    ],
  ])('are told by table, a warning even of thousands: %#', async (rows, text) => {
    expect(await said(loadWith(rows))).toMatchObject({ severity: 'warning', text });
  });

  it('of payouts are told of where a payout is missing, and come before adding any', async () => {
    const tables = { tracking: [sale(), sale({ influencer_id: 'B', revenue: 500 })] };
    expect(await said(loadWith([badPayout]), 'sales-without-payout', tables)).toMatchObject({
      text: '1 influencer with ₹500 of revenue has no payout row; their ROAS is n/a, and their revenue is in the total; 1 payout row is left out because it cannot be read.',
      fix: expect.stringMatching(/^Correct the payout rows that are left out first; /),
    });
    expect(await said(loadWith([badRow]), 'sales-without-payout', tables)).toMatchObject({
      text: expect.stringMatching(/in the total\.$/),
      fix: 'Add their payouts, with 0 for those who are not paid.',
    });
  });
});

describe('payouts', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTinyDuckDb();
  });
  afterAll(() => warehouse.close());

  it('that are all zero are a warning, unless the configuration says otherwise', async () => {
    const payouts = sound.payouts.map((payout) => ({ ...payout, total_payout: 0 }));
    expect(byId(await judgeTables(warehouse, { ...sound, payouts }), 'zero-payout')).toMatchObject({
      severity: 'warning',
      count: 1,
      text: 'Every payout is 0, so ROAS cannot be computed.',
      fix: 'Fill in what the influencers were paid.',
    });
    const changes: JudgeChanges = { severity: { 'zero-payout': 'info' } };
    expect(byId(await judgeTables(warehouse, { ...sound, payouts }, changes), 'zero-payout')).toMatchObject({
      severity: 'info',
    });
  });
});

it('likes and comments of a post without reach are above it, of one with an unknown or a negative reach not', async () => {
  const warehouse = await openTinyDuckDb();
  const counts = [];
  for (const reach of [0, null, -1]) {
    const posts = sound.posts.map((post) => ({ ...post, reach }));
    counts.push(byId(await judgeTables(warehouse, { ...sound, posts }), 'engagement-above-reach')?.count);
  }
  await warehouse.close();
  expect(counts).toEqual([1, 0, 0]);
});

describe('a totals row', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTinyDuckDb();
  });
  afterAll(() => warehouse.close());

  const two = [...sound.payouts, { influencer_id: 'A', basis: 'post' as const, total_payout: 20 }];
  const payout = (influencer_id: string, total_payout: number) => ({ influencer_id, total_payout });
  const organic = (changes: Partial<TrackingRow>) => sale({ influencer_id: null, ...changes });
  const sales = [sale(), sale({ date: day(21) })];
  const count = async (tables: Partial<Tables>) =>
    byId(await judgeTables(warehouse, { ...sound, ...tables }), 'totals-row')?.count;

  it.each<[string, Partial<Tables>]>([
    ['a payout by its name', { payouts: [...sound.payouts, payout('Grand Total:', 7)] }],
    ['a payout by its amount', { payouts: [...two, payout('X', 50)] }],
    ['sales by the name of their influencer', { tracking: [...sales, sale({ influencer_id: 'TOTAL' })] }],
    ['sales by the name of their campaign', { tracking: [...sales, organic({ campaign: 'Sub-total' })] }],
    ['sales by the name of their source', { tracking: [...sales, organic({ source: 'Sum' })] }],
    ['sales by their amount', { tracking: [...sales, organic({ revenue: 199.99 })] }],
  ])('is %s', async (_name, tables) => {
    expect(await count(tables)).toBe(1);
  });

  it.each<[string, Partial<Tables>]>([
    ['the sum of a single payout', { payouts: [...sound.payouts, payout('X', 30)] }],
    ['two minor units off', { payouts: [...two, payout('X', 50.02)] }],
    ['zero among zeros', { payouts: ['A', 'X', 'Y'].map((id) => payout(id, 0)) }],
    ['of an influencer who is known', { payouts: [...two, payout('A', 50)] }],
    [
      'of an influencer who sells',
      { payouts: [...two, payout('X', 50)], tracking: [...sales, sale({ influencer_id: 'X' })] },
    ],
    ['the sum of a single sale', { tracking: [sale(), organic({ revenue: 100 })] }],
    ['several rows of organic sales', { tracking: [...sales, organic({ revenue: 200, rows: 2 })] }],
    ['a campaign that an influencer sells', { tracking: [...sales, sale({ campaign: 'Total' })] }],
  ])('is not what is %s', async (_name, tables) => {
    expect(await count(tables)).toBe(0);
  });

  it('has company', async () => {
    const judgements = await judgeTables(warehouse, {
      ...sound,
      payouts: [...sound.payouts, payout('Total', 30)],
      tracking: [...sales, organic({ revenue: 200 })],
    });
    expect(byId(judgements, 'totals-row')).toMatchObject({
      text: '2 rows look like totals rows; they are counted on top of the rows that they sum up.',
      examples: ['tracking_data: 21 Jun 2025, ₹200', 'payouts: Total, ₹30'],
    });
  });
});

describe('dates', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await openTinyDuckDb();
  });
  afterAll(() => warehouse.close());

  const severities = async (tracking: TrackingRow[], asOf: string, id: string) =>
    byId(await judgeTables(warehouse, { ...sound, tracking }, { asOf }), id)?.severity;

  it('that come once a week are no gap, nor are six days', async () => {
    const weekly = [0, 7, 14, 21, 28].map((number) => sale({ date: day(number) }));
    expect(await severities(weekly, day(29), 'date-gap')).toBe('ok');
    const sixDays = [1, 2, 3, 10].map((number) => sale({ date: day(number) }));
    expect(await severities(sixDays, day(11), 'date-gap')).toBe('ok');
  });

  it('after the report make no gap, and no data fresh', async () => {
    const later = [sale({ date: day(1) }), sale({ date: day(2) }), sale({ date: day(40) })];
    expect(await severities(later, day(16), 'date-gap')).toBe('ok');
    expect(await severities(later, day(16), 'stale-data')).toBe('ok');
    expect(await severities(later, day(17), 'stale-data')).toBe('warning');
  });

  it('of too few weeks, or of weeks with few rows, tell nothing of the last', async () => {
    const weeks = (mondays: readonly number[], rows: number) =>
      mondays.map((monday) =>
        sale({ date: day(monday === 1 ? 1 : monday + 6), rows, revenue: monday === 29 ? 1 : 100 }),
      );
    expect(await severities(weeks([1, 8, 15, 22, 29], 20), day(35), 'revenue-outlier')).toBe('warning');
    expect(await severities(weeks([8, 15, 22, 29], 20), day(35), 'revenue-outlier')).toBe('ok');
    expect(await severities(weeks([1, 8, 15, 22, 29], 19), day(35), 'revenue-outlier')).toBe('ok');
  });

  it('of a day without any row are none', async () => {
    const judgements = await judgeTables(warehouse, { ...sound, tracking: [] });
    expect(judgements.filter(({ severity }) => severity === 'warning').map(({ id }) => id)).toEqual([
      'empty-table',
      'unattributed-payout',
    ]);
  });
});

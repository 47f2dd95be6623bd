import { describe, expect, it } from 'vitest';
import { setAside, useLoader } from './load-folder.js';

const loader = useLoader();
const HEADER = 'influencer_id,campaign,date,orders,revenue';
const UNUSUAL = ['revenue_without_orders', 'orders_without_revenue', 'negative_orders'];
const GOOD = 'A,Spring,2025-01-02,1,10.00';

async function track(lines: readonly string[]) {
  const loaded = await loader.load({ 'tracking_data.csv': [HEADER, ...lines, ''].join('\n') });
  const counts = loaded.tables.find(({ table }) => table === 'tracking_data');
  const rows = await loader.query<{ rows: number; revenue: number }>(
    'SELECT CAST(SUM(rows) AS BIGINT) AS rows, CAST(SUM(revenue) AS BIGINT) AS revenue FROM tracking',
  );
  return { loaded, counts, told: setAside(loaded), inTable: rows[0] };
}

describe('a bad value', () => {
  it('sets its row aside, with its place, value, reason and fix', async () => {
    const { counts, told, inTable } = await track([GOOD, 'A,Spring,2025-01-02,1,"12,5o"', GOOD]);
    expect(told).toEqual(['tracking_data.csv:3 revenue [12,5o] "12,5o" is not a number. Fix the cell.']);
    expect(counts).toEqual({
      table: 'tracking_data',
      read: 3,
      used: 2,
      blank: 0,
      quarantined: 1,
    });
    expect(inTable).toEqual({ rows: 2, revenue: 2000 });
  });

  it('in another column leaves out the revenue of its row, which is counted', async () => {
    const { loaded, counts, told } = await track([GOOD, 'A,Spring,31/31/2025,1,7.50', 'A,Spring,,1,-2']);
    expect(told).toEqual([
      'tracking_data.csv:3 date [31/31/2025] "31/31/2025" is not a date. Write the date as YYYY-MM-DD.',
      'tracking_data.csv:4 date [] the cell is blank. Fill in the cell.',
    ]);
    expect(counts).toMatchObject({ read: 3, used: 1, quarantined: 2 });
    expect(loaded.quarantined.map(({ revenue }) => revenue)).toEqual([750, -200]);
  });

  it('is found on its physical line, after line breaks in quotes and blank lines', async () => {
    const { told } = await track([
      'A,"Spring\nSale",2025-01-02,1,10',
      '',
      'A,"x\r\n\r\ny",2025-01-02,1,10',
      'A,Spring,2025-01-02,one,10',
    ]);
    expect(told).toEqual(['tracking_data.csv:8 orders [one] "one" is not a number. Fix the cell.']);
  });
});

describe('a row of nothing but separators', () => {
  it('is counted as blank, wherever it stands', async () => {
    const { counts, told } = await track([GOOD, ',,,,', ' , ,,,', GOOD, ',,,,']);
    expect(told).toEqual([]);
    expect(counts).toMatchObject({ read: 5, used: 2, blank: 3, quarantined: 0 });
  });
});

describe('a row that cannot be taken apart', () => {
  it('is set aside, and the others are used', async () => {
    const { loaded, counts, inTable } = await track([
      GOOD,
      'A,Spring,2025-01-02',
      GOOD,
      'A,Spring,2025-01-02,1,10,20',
      GOOD,
    ]);
    expect(loaded.quarantined.map(({ line, code, column }) => [line, code, column])).toEqual([
      [3, 'bad-structure', null],
      [5, 'bad-structure', null],
    ]);
    expect(counts).toMatchObject({ read: 5, used: 3, quarantined: 2 });
    expect(inTable).toEqual({ rows: 3, revenue: 3000 });
  });

  it('with a quote that is never closed does not take the following rows with it', async () => {
    const { loaded, counts } = await track([GOOD, 'A,"Spring,2025-01-02,1,10', GOOD, GOOD]);
    expect(loaded.quarantined.map(({ line }) => line)).toEqual([3]);
    expect(counts).toMatchObject({ read: 4, used: 3, quarantined: 1 });
  });

  it('keeps the lines of bad values right', async () => {
    const { told } = await track([GOOD, 'short', '', GOOD, 'A,Spring,2025-01-02,1,ten']);
    expect(told.at(-1)).toBe('tracking_data.csv:6 revenue [ten] "ten" is not a number. Fix the cell.');
  });
});

describe('separators at the end', () => {
  it.each([
    ['of the header only', 'influencer_id,date,revenue,,\nA,2025-01-02,5\nA,2025-01-03,6\n'],
    ['of every line', 'influencer_id,date,revenue,,\nA,2025-01-02,5,,\nA,2025-01-03,6,,\n'],
    ['of some rows', 'influencer_id,date,revenue\nA,2025-01-02,5,\nA,2025-01-03,6\n'],
  ])('%s are no fault', async (_, text) => {
    const loaded = await loader.load({ 'tracking_data.csv': text });
    expect(loaded.quarantined).toEqual([]);
    expect(loaded.tables[2]).toMatchObject({ read: 2, used: 2 });
  });
});

describe('a key that stands in two rows', () => {
  it('keeps the first row and sets the others aside', async () => {
    const loaded = await loader.load({
      'influencers.csv': 'ID,name\nA,First\nB,Bela\nA,Second\nA,Third\n',
    });
    expect(setAside(loaded)).toEqual([
      'influencers.csv:4 ID [A] "A" is already on line 2. Keep one of the two rows.',
      'influencers.csv:5 ID [A] "A" is already on line 2. Keep one of the two rows.',
    ]);
    expect(await loader.query('SELECT influencer_id, name FROM influencers ORDER BY 1')).toEqual([
      { influencer_id: 'A', name: 'First' },
      { influencer_id: 'B', name: 'Bela' },
    ]);
    expect(loaded.tables[0]).toMatchObject({ read: 4, used: 2, quarantined: 2 });
  });

  it('is told with the file of the first row', async () => {
    const loaded = await loader.load({
      'posts.csv': undefined,
      'posts/week-1.csv': 'post_id,influencer_id,date\np1,A,2025-01-01\n',
      'posts/week-2.csv': 'post_id,influencer_id,date\np2,A,2025-01-08\np1,A,2025-01-01\n',
    });
    expect(setAside(loaded)).toEqual([
      'posts/week-2.csv:3 post_id [p1] "p1" is already on posts/week-1.csv, line 2. Keep one of the two rows.',
    ]);
    expect(loaded.files.filter(({ input }) => input.table.name === 'posts').map(({ rows }) => rows)).toEqual([
      1, 1,
    ]);
  });

  it('is no fault where there is no key: posts without post_id', async () => {
    const loaded = await loader.load({
      'posts.csv': 'post_id,influencer_id,date\n,A,2025-01-01\n,A,2025-01-01\n',
    });
    expect(loaded.quarantined).toEqual([]);
    expect(loaded.tables[1]).toMatchObject({ used: 2 });
  });
});

describe('tracked rows', () => {
  it('are summed, and what their file rows were like is counted', async () => {
    await track([
      'A,Spring,2025-01-02,1,10.00',
      'A,Spring,2025-01-02,1,10.00',
      'A,Spring,2025-01-02,0,5.00',
      'A,Spring,2025-01-02,1,0',
      'A,Spring,2025-01-02,-1,3',
      'A,Spring,2025-01-02,-1,-3',
      'A,Spring,2025-01-03,1,1',
    ]);
    const sums = ['orders', 'revenue', 'rows', 'repeats', ...UNUSUAL].map(
      (name) => `CAST(SUM(${name}) AS BIGINT) AS ${name}`,
    );
    expect(await loader.query(`SELECT ${sums.join(', ')} FROM tracking GROUP BY date ORDER BY date`)).toEqual(
      [
        {
          orders: 1,
          revenue: 2500,
          rows: 6,
          repeats: 1,
          revenue_without_orders: 1,
          orders_without_revenue: 1,
          negative_orders: 1,
        },
        {
          orders: 1,
          revenue: 100,
          rows: 1,
          repeats: 0,
          revenue_without_orders: 0,
          orders_without_revenue: 0,
          negative_orders: 0,
        },
      ],
    );
  });

  it('that stand in two drops count as repeated, and are kept', async () => {
    const loaded = await loader.load({
      'tracking_data.csv': undefined,
      'tracking_data/w1.csv': `${HEADER}\n${GOOD}\n${GOOD.replace('10.00', '11.00')}\n`,
      'tracking_data/w2.csv': `${HEADER}\n${GOOD}\n${GOOD.replace('Spring', 'Summer')}\n`,
    });
    expect(
      await loader.query('SELECT campaign, rows, repeats, revenue FROM tracking ORDER BY campaign'),
    ).toEqual([
      { campaign: 'Spring', rows: 3, repeats: 1, revenue: 3100 },
      { campaign: 'Summer', rows: 1, repeats: 0, revenue: 1000 },
    ]);
    expect(
      loaded.files.filter(({ input }) => input.table.name === 'tracking').map(({ rows }) => rows),
    ).toEqual([2, 2]);
  });

  it('may differ in a column that is not used', async () => {
    await loader.load({
      'tracking_data.csv': 'order_no,influencer_id,date,revenue\n1,A,2025-01-02,5\n2,A,2025-01-02,5\n',
    });
    expect(await loader.query('SELECT rows, repeats FROM tracking')).toEqual([{ rows: 2, repeats: 0 }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useLoader } from './load-folder.js';

const loader = useLoader();

/** Stored revenue, in minor units, of cells with these texts. */
async function revenues(
  cells: string[],
  currencyDigits = 2,
): Promise<{ revenue: number[]; notes: string[] }> {
  const lines = cells.map((cell, index) => `${index},A,2025-01-01,"${cell}"`);
  const files = await loader.load(
    {
      'tracking_data.csv': `product,influencer_id,date,revenue,orders\n${lines.map((line) => `${line},1`).join('\n')}`,
    },
    currencyDigits,
  );
  const rows = await loader.query<{ revenue: number }>(
    'SELECT revenue FROM tracking ORDER BY CAST(product AS INTEGER)',
  );
  return { revenue: rows.map(({ revenue }) => revenue), notes: files[2]?.notes ?? [] };
}

async function isRefused(column: 'date' | 'orders' | 'revenue', cell: string): Promise<boolean> {
  const row = { influencer_id: 'A', date: '2025-01-01', orders: '1', revenue: '1', [column]: `"${cell}"` };
  const csv = `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}`;
  return loader.refusal({ 'tracking_data.csv': csv }).then(
    ({ code }) => code === 'bad-value',
    () => false,
  );
}

describe('money', () => {
  it('is exact', async () => {
    const cells = [
      '0.10',
      '0.20',
      '0.3',
      '7',
      '-12.34',
      '+5.5',
      '0',
      '-0',
      '007.10',
      ' 8.25 ',
      '\t9\u00a0',
      '1e3',
      '1.25E-1',
      '12.5e+2',
    ];
    expect((await revenues(cells)).revenue).toEqual([
      10, 20, 30, 700, -1234, 550, 0, 0, 710, 825, 900, 100000, 13, 125000,
    ]);
  });

  it('holds up to ninety trillion minor units', async () => {
    expect(await revenues(['900000000000.00', '-900000000000', '899999999999.99', '99999999999.99'])).toEqual(
      {
        revenue: [90000000000000, -90000000000000, 89999999999999, 9999999999999],
        notes: [],
      },
    );
    for (const cell of [
      '900000000000.01',
      '-900000000000.005',
      '999999999999.99',
      '1e12',
      '1e400',
      '9'.repeat(60),
    ]) {
      expect(await isRefused('revenue', cell), cell).toBe(true);
    }
  });

  it('rounds halves away from zero, and counts them', async () => {
    expect(
      await revenues(['0.005', '-0.005', '0.0049', '2.675', '1.005e0', '0.5e-3', '3.100', '4.5']),
    ).toEqual({
      revenue: [1, -1, 0, 268, 101, 0, 310, 450],
      notes: ['6 rows have amounts with more than 2 decimals; they were rounded, halves away from zero.'],
    });
    expect((await revenues(['1.001'])).notes).toEqual([
      '1 row has amounts with more than 2 decimals; they were rounded, halves away from zero.',
    ]);
  });

  it('follows the decimals of the currency', async () => {
    expect(await revenues(['12', '12.5', '90000000000000'], 0)).toEqual({
      revenue: [12, 13, 90000000000000],
      notes: ['1 row has amounts with more than 0 decimals; they were rounded, halves away from zero.'],
    });
    expect(await revenues(['1.2345', '90000000000', '0.001'], 3)).toMatchObject({
      revenue: [1235, 90000000000000, 1],
    });
  });

  it('equals the digits written, for any number', async () => {
    const number = fc.tuple(
      fc.constantFrom('', '-', '+'),
      fc.bigInt({ min: 0n, max: 99999999999n }),
      fc.stringMatching(/^[0-9]{0,6}$/),
      fc.integer({ min: -6, max: 3 }),
    );
    const minorUnits = (sign: string, whole: bigint, fraction: string, exponent: number) => {
      const scaled = BigInt(`${whole}${fraction}`) * 10n ** BigInt(exponent + 8);
      const unit = 10n ** BigInt(6 + fraction.length);
      const rounded = (scaled + unit / 2n) / unit;
      return Number(sign === '-' ? -rounded : rounded) + 0;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 60 }), async (numbers) => {
        const fitting = numbers.filter((each) => Math.abs(minorUnits(...each)) <= 90_000_000_000_000);
        const cells = fitting.map(
          ([sign, whole, fraction, exponent]) =>
            `${sign}${whole}${fraction && `.${fraction}`}${exponent === 0 ? '' : `e${exponent}`}`,
        );
        expect((await revenues(cells)).revenue).toEqual(fitting.map((each) => minorUnits(...each)));
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    '12,5o',
    '1,234.50',
    '₹5',
    '1_000',
    '.5',
    '5.',
    '0x1F',
    'nan',
    'inf',
    '1 000',
    '--1',
    '1e',
    '१२',
    '',
  ])('refuses %j', async (cell) => {
    expect(await isRefused('revenue', cell)).toBe(true);
  });
});

describe('counts', () => {
  it('are whole numbers, however they are written; blank is 0', async () => {
    await loader.load({
      'tracking_data.csv': `influencer_id,date,revenue,orders\n${[
        '3',
        '0',
        '-2',
        '12.0',
        '1.2e3',
        ' 4 ',
        '+5',
        '',
      ]
        .map((orders, index) => `A,2025-01-0${index + 1},1,${orders}`)
        .join('\n')}`,
    });
    const rows = await loader.query<{ orders: number }>('SELECT orders FROM tracking ORDER BY date');
    expect(rows.map(({ orders }) => orders)).toEqual([3, 0, -2, 12, 1200, 4, 5, 0]);
  });

  it('are NULL where an optional count is blank', async () => {
    await loader.load({ 'posts.csv': 'influencer_id,date,reach,likes\nA,2025-01-01,," "\n' });
    expect(await loader.query('SELECT reach, likes, comments FROM posts')).toEqual([
      { reach: null, likes: null, comments: null },
    ]);
  });

  it.each(['12.7', '1e-1', '0x10', '1_000', '90000000000001', 'one', '5.'])('refuse %j', async (cell) => {
    expect(await isRefused('orders', cell)).toBe(true);
  });
});

describe('dates', () => {
  it('are ISO days from 1900 to 2199', async () => {
    await loader.load({
      'posts.csv': 'influencer_id,date\nA,1900-01-01\nA,2024-02-29\nA," 2025-12-31 "\nA,2199-12-31\n',
    });
    const rows = await loader.query<{ date: string }>('SELECT date FROM posts ORDER BY date');
    expect(rows.map(({ date }) => date)).toEqual(['1900-01-01', '2024-02-29', '2025-12-31', '2199-12-31']);
  });

  it.each([
    '2024-1-5',
    '2024/01/05',
    '05-01-2024',
    '20240105',
    '2024-01-05T00:00:00',
    '2024-01-05 10:00',
    '2023-02-29',
    '1899-12-31',
    '2200-01-01',
    '0024-01-05',
    '2024-01-05 (BC)',
    'infinity',
    'epoch',
    'today',
    '45000',
    '',
  ])('refuse %j', async (cell) => {
    expect(await isRefused('date', cell)).toBe(true);
  });
});

describe('text', () => {
  it('loses the spaces around it and nothing else', async () => {
    const names = [
      'plain',
      ' lead',
      'trail ',
      '\ttab\t',
      '\u00a0nbsp\u00a0',
      '  ',
      'a  b',
      'à',
      '~',
      '😀 ',
      '"quoted"',
      'line\n',
    ];
    const lines = names.map((name, index) => `${index},"${name.replaceAll('"', '""')}"`);
    await loader.load({ 'influencers.csv': `ID,name\n${lines.join('\n')}` });
    const rows = await loader.query<{ name: string }>(
      'SELECT name FROM influencers ORDER BY CAST(influencer_id AS INTEGER)',
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'plain',
      'lead',
      'trail',
      'tab',
      'nbsp',
      null,
      'a  b',
      'à',
      '~',
      '😀',
      '"quoted"',
      'line\n',
    ]);
  });
});

describe('basis', () => {
  it('is post, order or unknown', async () => {
    const spellings = [
      'post',
      'Post',
      'per_post',
      'Per Post',
      ' ORDER ',
      'per-order',
      'Per Order',
      '',
      'CPM',
    ];
    const files = await loader.load({
      'payouts.csv': `influencer_id,basis,rate,orders,total_payout\n${spellings.map((basis, index) => `${index},${basis},1.5,,10`).join('\n')}`,
    });
    expect(
      await loader.query('SELECT basis, rate, orders, total_payout FROM payouts ORDER BY influencer_id'),
    ).toEqual(
      ['post', 'post', 'post', 'post', 'order', 'order', 'order', null, null].map((basis) => ({
        basis,
        rate: 150,
        orders: null,
        total_payout: 1000,
      })),
    );
    expect(files[3]?.notes).toEqual(['2 rows have no basis, or one that is neither post nor order.']);
  });
});

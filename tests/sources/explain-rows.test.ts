import { describe, expect, it } from 'vitest';
import { useLoader } from './load-folder.js';

const loader = useLoader();

async function message(file: string, content: string, currencyDigits = 2): Promise<string> {
  return (await loader.refusal({ [file]: content }, currencyDigits)).message;
}

describe('a bad value', () => {
  it('is named with file, line, column, value and fix', async () => {
    const good = Array.from({ length: 1202 }, () => 'A,2025-01-01,10.00').join('\n');
    expect(
      await loader.refusal({
        'tracking_data.csv': `influencer_id,date,revenue\n${good}\nA,2025-01-01,"12,5o"\n`,
      }),
    ).toEqual({
      code: 'bad-value',
      message: 'tracking_data.csv, line 1204, column revenue: "12,5o" is not a number.',
      hint: 'Fix the cell and run again.',
    });
  });

  it('is the first in the file of several, which are counted', async () => {
    const rows = ['A,2025-01-01,1', 'A,soon,x', 'A,2025-01-01,y', 'A,2025-01-01,'];
    expect(
      await loader.refusal({ 'tracking_data.csv': `influencer_id,date,revenue\n${rows.join('\n')}` }),
    ).toEqual({
      code: 'bad-value',
      message:
        'tracking_data.csv, line 3, column date: "soon" is not a date (YYYY-MM-DD, 1900 to 2199) (and 2 more rows).',
      hint: 'Fix the cells and run again.',
    });
    expect(await message('tracking_data.csv', 'revenue,date,influencer_id\nx,soon,A\ny,soon,A')).toBe(
      'tracking_data.csv, line 2, column revenue: "x" is not a number (and 1 more row).',
    );
  });

  it('is found on its physical line', async () => {
    const before =
      '\ufeff\r\nInfluencer ID,Date,Caption,"Li\r\nkes"\r\n\r\nA,2025-01-01,"two\r\nlines, ""quoted""",1\r\n\r\n';
    expect(
      await message('posts.csv', `${before.replace('Li\r\nkes', 'Likes')}A,2025-01-02,"x\ny",many\r\n`),
    ).toBe('posts.csv, line 7, column Likes: "many" is not a number.');
  });

  it('is explained by its kind', async () => {
    const post = (cells: string) => message('posts.csv', `influencer_id,date,reach\n${cells}\n`);
    expect(await post(' ,2025-01-01,5')).toBe('posts.csv, line 2, column influencer_id: the cell is blank.');
    expect(await post('A,,5')).toBe('posts.csv, line 2, column date: the cell is blank.');
    expect(await post('A,2025-01-01,5.5')).toBe(
      'posts.csv, line 2, column reach: "5.5" is not a whole number.',
    );
    expect(await post('A,2025-01-01,1e15')).toBe(
      'posts.csv, line 2, column reach: "1e15" is beyond ±90,000,000,000,000.',
    );
    const payout = (digits: number) =>
      message('payouts.csv', 'influencer_id,total_payout\nA,99999999999999\n', digits);
    expect(await payout(2)).toBe(
      'payouts.csv, line 2, column total_payout: "99999999999999" is beyond ±900,000,000,000.',
    );
    expect(await payout(0)).toBe(
      'payouts.csv, line 2, column total_payout: "99999999999999" is beyond ±90,000,000,000,000.',
    );
  });

  it('is shortened where it is long, and put on one line', async () => {
    expect(await message('payouts.csv', `influencer_id,total_payout\nA,"a\nb${'x'.repeat(100)}"\n`)).toBe(
      `payouts.csv, line 2, column total_payout: "a b${'x'.repeat(57)}…" is not a number.`,
    );
  });

  it('is refused in optional columns too', async () => {
    expect(await message('influencers.csv', 'ID,follower_count\nA,lots\n')).toBe(
      'influencers.csv, line 2, column follower_count: "lots" is not a number.',
    );
    expect(await message('payouts.csv', 'influencer_id,total_payout,rate\nA,1,free\n')).toBe(
      'payouts.csv, line 2, column rate: "free" is not a number.',
    );
  });
});

describe('a duplicate key', () => {
  it('is named with both lines', async () => {
    expect(await loader.refusal({ 'influencers.csv': 'name,ID\n"a\nb",A\nc,B\n\nd, A \n' })).toEqual({
      code: 'duplicate-key',
      message: 'influencers.csv, line 6, column ID: "A" is already on line 2.',
      hint: 'Keep one of the rows, because each would count again in the figures, and run again.',
    });
  });

  it('is counted where there are several', async () => {
    const rows = [
      'p1,A,2025-01-01',
      'p2,A,2025-01-01',
      'p2,A,2025-01-01',
      'p1,A,2025-01-01',
      'p1,A,2025-01-01',
    ];
    expect(await message('posts.csv', `post_id,influencer_id,date\n${rows.join('\n')}`)).toBe(
      'posts.csv, line 4, column post_id: "p2" is already on line 3 (and 2 more rows).',
    );
  });
});

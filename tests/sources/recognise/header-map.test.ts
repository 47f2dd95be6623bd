import { describe, expect, it } from 'vitest';
import { mapHeader, readHeader } from '../../../src/sources/recognise/header-map.js';
import type { TableLabel } from '../../../src/sources/settings.js';
import { SOURCE_TABLES, type SourceTable } from '../../../src/sources/tables.js';

function tableOf(label: TableLabel): SourceTable {
  const table = SOURCE_TABLES.find((each) => each.label === label);
  if (!table) throw new Error(label);
  return table;
}

function map(
  label: TableLabel,
  header: string,
  rows: readonly string[] = [],
  asked: Record<string, string> = {},
) {
  const cut = (line: string) => line.split(',');
  const result = mapHeader(tableOf(label), readHeader(cut(header), rows.map(cut)), asked);
  return { ...result, columns: Object.fromEntries(result.found.map(({ name, header }) => [name, header])) };
}

describe('real headers', () => {
  it.each<[string, TableLabel, string, string, Record<string, string>]>([
    [
      'the seed’s own',
      'influencers',
      'ID,name,category,gender,follower_count,platform',
      'I1,Asha,Food,F,1200,X',
      {
        influencer_id: 'ID',
        name: 'name',
        category: 'category',
        gender: 'gender',
        follower_count: 'follower_count',
        platform: 'platform',
      },
    ],
    [
      'a creator platform',
      'influencers',
      'Username,Full name,Niche,Subscriber count,Channel,Engagement rate',
      'asha,Asha,Food,1200,YouTube,3.2%',
      {
        influencer_id: 'Username',
        name: 'Full name',
        category: 'Niche',
        follower_count: 'Subscriber count',
        platform: 'Channel',
      },
    ],
    [
      'a roster',
      'influencers',
      'Influencer,Category,Followers',
      'Asha,Food,1200',
      { influencer_id: 'Influencer', category: 'Category', follower_count: 'Followers' },
    ],
    [
      'a roster with ids',
      'influencers',
      'ID,Influencer,Category,Followers',
      'I1,Asha,Food,1200',
      { influencer_id: 'ID', name: 'Influencer', category: 'Category', follower_count: 'Followers' },
    ],
    [
      'a table of a database',
      'influencers',
      'id,creator_id,display_name',
      '1,I1,Asha',
      { influencer_id: 'creator_id', name: 'display_name' },
    ],
    [
      'an export of posts',
      'posts',
      'Post ID,Account username,Description,Publish time,Permalink,Impressions,Reach,Likes,Comments,Shares,Saves',
      'P1,asha,Hi,05/13/2026 10:00,https://x.example,100,90,8,7,6,5',
      {
        post_id: 'Post ID',
        influencer_id: 'Account username',
        caption: 'Description',
        date: 'Publish time',
        url: 'Permalink',
        reach: 'Reach',
        likes: 'Likes',
        comments: 'Comments',
      },
    ],
    [
      'a list of videos',
      'posts',
      'id,Creator,Title,Post date,Views,Likes count',
      'P1,asha,Hi,2026-05-01,100,8',
      { post_id: 'id', influencer_id: 'Creator', caption: 'Title', date: 'Post date', likes: 'Likes count' },
    ],
    [
      'a shop',
      'tracking_data',
      'Order ID,Order date,Customer email,Product title,Quantity,Unit price,Net sales (INR),UTM source,UTM campaign,Influencer code',
      '1001,2026-05-01,a@b.example,Tea,2,200,400,instagram,May,I1',
      {
        date: 'Order date',
        product: 'Product title',
        revenue: 'Net sales (INR)',
        source: 'UTM source',
        campaign: 'UTM campaign',
        influencer_id: 'Influencer code',
      },
    ],
    [
      'an affiliate tool',
      'tracking_data',
      'Date,Affiliate ID,Affiliate,Conversions,Sale amount,Commission',
      '2026-05-01,A1,Asha,1,400,40',
      { date: 'Date', influencer_id: 'Affiliate ID', orders: 'Conversions', revenue: 'Sale amount' },
    ],
    [
      'a day by day list',
      'tracking_data',
      'Day,Creator,Campaign,Orders,Sales',
      '2026-05-01,asha,May,3,1200',
      { date: 'Day', influencer_id: 'Creator', campaign: 'Campaign', orders: 'Orders', revenue: 'Sales' },
    ],
    [
      'payments',
      'payouts',
      'Creator ID,Creator name,Payment basis,Fee,No. of orders,Total paid,Paid on',
      'I1,Asha,Per Post,500,,1500,2026-05-01',
      {
        influencer_id: 'Creator ID',
        basis: 'Payment basis',
        rate: 'Fee',
        orders: 'No. of orders',
        total_payout: 'Total paid',
      },
    ],
    ['fees', 'payouts', 'Handle,Fee', 'asha,500', { influencer_id: 'Handle', total_payout: 'Fee' }],
  ])('of %s', (_what, label, header, row, columns) => {
    const result = map(label, header, [row]);
    expect(result.columns).toEqual(columns);
    expect(result.missing).toEqual([]);
    expect(result.twins).toEqual([]);
  });
});

describe('a name that means something else', () => {
  it.each<[TableLabel, string]>([
    ['posts', 'Impressions'],
    ['posts', 'Views'],
    ['posts', 'Engagement'],
    ['tracking_data', 'Quantity'],
    ['tracking_data', 'Units'],
    ['tracking_data', 'Order'],
    ['tracking_data', 'Order ID'],
    ['tracking_data', 'Price'],
    ['tracking_data', 'Influencer name'],
    ['tracking_data', 'Revenue (in lakhs)'],
    ['influencers', 'Followers (K)'],
    ['payouts', 'Rate (%)'],
    ['payouts', 'Budget'],
  ])('in %s: %s', (label, name) => {
    const result = map(label, name);
    expect(result.columns).toEqual({});
    expect(result.ignored).toEqual([name]);
  });
});

describe('several names for one column', () => {
  it('are settled by the canonical one', () => {
    const result = map('tracking_data', 'influencer_id,creator_id,date,revenue,Net sales');
    expect(result.columns).toMatchObject({ influencer_id: 'influencer_id', revenue: 'revenue' });
    expect(result.ignored).toEqual(['creator_id', 'Net sales']);
  });

  it('are settled by the better list of aliases', () => {
    expect(map('tracking_data', 'Creator,Creator ID').columns).toEqual({ influencer_id: 'Creator ID' });
    expect(map('tracking_data', 'utm_source,post_id').columns).toEqual({ source: 'post_id' });
  });

  it.each<[TableLabel, string, string, number[]]>([
    ['tracking_data', 'Net sales,date,Total sales', 'revenue', [0, 2]],
    ['tracking_data', 'Revenue,date,revenue (INR)', 'revenue', [0, 2]],
    ['payouts', 'Amount paid,date,Payout,Total paid', 'total_payout', [0, 2, 3]],
  ])('are not settled in %s: %s', (label, header, name, indexes) => {
    expect(map(label, header).twins).toMatchObject([{ column: { name }, indexes }]);
  });

  it('are settled by values where the names are vague', () => {
    const header = 'date,Amount,Sales';
    expect(map('tracking_data', header, ['2026-05-01,437.50,Asha']).columns).toMatchObject({
      revenue: 'Amount',
    });
    expect(map('tracking_data', header, ['2026-05-01,437.50,3']).twins).toHaveLength(1);
    expect(map('tracking_data', header, ['2026-05-01,a,b']).missing.map(({ column }) => column.name)).toEqual(
      ['influencer_id', 'revenue'],
    );
  });
});

describe('a name of the configuration', () => {
  const asked = { revenue: 'Gross' };

  it('counts before all others', () => {
    const result = map('tracking_data', 'influencer_id,date,revenue,Gross', [], asked);
    expect(result.columns).toMatchObject({ revenue: 'Gross' });
    expect(result.ignored).toEqual(['revenue']);
  });

  it('may be spelled a little differently', () => {
    expect(map('tracking_data', 'GROSS (INR)', [], asked).columns).toEqual({ revenue: 'GROSS (INR)' });
    expect(map('tracking_data', 'gross,Gross', [], asked).columns).toEqual({ revenue: 'Gross' });
    expect(map('tracking_data', 'gross,GROSS', [], asked).twins).toHaveLength(1);
  });

  it('is missed where it is not there, also for a column that is not required', () => {
    const result = map('payouts', 'influencer_id,total_payout,rate', [], { rate: 'Fee' });
    expect(result.columns).not.toHaveProperty('rate');
    expect(result.missing).toMatchObject([{ column: { name: 'rate' }, asked: 'Fee' }]);
  });

  it('may take a name that would be another column', () => {
    expect(map('payouts', 'orders,rate', [], { rate: 'orders' }).columns).toEqual({ rate: 'orders' });
  });
});

it('lists what it does not use, but neither blanks nor what is kept out on purpose', () => {
  const result = map('tracking_data', 'date,note,,note,user_id,Customer Email');
  expect(result.ignored).toEqual(['note', 'note']);
  expect(result.unstored).toBe(2);
});

it('is quick with very many names', () => {
  const header = Array.from({ length: 20_000 }, (_, index) => (index % 2 ? 'note' : `column ${index}`));
  const result = mapHeader(tableOf('posts'), readHeader(header, []), {});
  expect(result.ignored).toHaveLength(20_000);
});

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CsvRow, type CsvTables, csvOf } from './csv-tables.js';
import { day } from './tables.js';

/**
 * Three brands whose names, captions, products, ids and amounts tell them apart. Zephyrine earns thousands; Quillon and Marrowby earn
 * lakhs, in primes. Two people work for Zephyrine and Quillon; Quillon's rows also have faults, and its name stands in names of files.
 */
interface Brand {
  name: string;
  campaigns: readonly string[];
  amount: (index: number) => number;
}

const PRIMES = [1_299_709, 1_299_721, 1_299_743, 1_299_763, 1_299_791, 1_299_811, 1_299_817, 1_299_821];
const prime = (index: number, factor: number) => (PRIMES[index % PRIMES.length] ?? 0) * factor;

export const brands: readonly [own: Brand, ...others: Brand[]] = [
  {
    name: 'Zephyrine',
    campaigns: ['Zephyrine Dawn', 'Zephyrine Dusk'],
    amount: (index) => 1_009 + 12 * index,
  },
  {
    name: 'Quillon',
    campaigns: ['Quillon Harvest', 'Quillon Lantern'],
    amount: (index) => prime(index, 1),
  },
  {
    name: 'Marrowby',
    campaigns: ['Marrowby Thaw', 'Marrowby Gale'],
    amount: (index) => prime(index, 3),
  },
];

const ids = (brand: Brand) => [1, 2, 3].map((number) => `${brand.name.toUpperCase()}-${number}`);

function rowsOf(brand: Brand): CsvTables {
  const people = ids(brand);
  const sales = people.flatMap((person, index) =>
    brand.campaigns.map((campaign, place) => ({ person, campaign, number: index * 2 + place })),
  );
  return {
    influencers: people.map((person, index) => ({
      influencer_id: person,
      name: `${brand.name}a Person${index + 1}`,
      category: `${brand.name} circle`,
      follower_count: brand.amount(index) * 7,
      platform: 'Instagram',
    })),
    posts: sales.map(({ person, number }) => ({
      post_id: `${brand.name}-post-${number}`,
      influencer_id: person,
      platform: 'Instagram',
      date: day(1 + number),
      caption: `All about ${brand.name} ${number}`,
      reach: brand.amount(number) * 11,
      likes: brand.amount(number),
      comments: 3,
    })),
    tracking_data: sales.flatMap(({ person, campaign, number }) =>
      [0, 7, 14].map((later) => ({
        source: `${brand.name}-post-${number}`,
        campaign,
        influencer_id: person,
        product: `${brand.name} tonic`,
        date: day(1 + number + later),
        orders: 2 + number,
        revenue: brand.amount(number + later),
      })),
    ),
    payouts: people.map((person, index) => ({
      influencer_id: person,
      basis: 'order',
      rate: brand.amount(index) / 8,
      orders: 8 + index,
      total_payout: brand.amount(index + 3),
    })),
  };
}

/** Two who work for Zephyrine and Quillon: one paid per order, one per post and, for Quillon alone, per order. */
const shared: CsvTables = {
  influencers: ['BOTH-1', 'BOTH-2'].map((influencer_id) => ({
    influencer_id,
    name: `Shared ${influencer_id}`,
    category: 'Both',
    follower_count: 5_003,
    platform: 'YouTube',
  })),
  posts: [
    ['both-post-zephyrine', 'All about Zephyrine and BOTH-2'],
    ['both-post-quillon', 'BOTH-2 loves Quillon alone'],
    ['both-post-open', 'BOTH-2 says Quillon where nobody ordered'],
  ].map(([post_id = '', caption = ''], index) => ({
    post_id,
    influencer_id: 'BOTH-2',
    platform: 'YouTube',
    date: day(3 + index),
    caption,
    reach: 2_000,
    likes: 500,
    comments: 2,
  })),
  tracking_data: [
    sale('BOTH-1', 'YouTube', 'Zephyrine Dawn', 'Zephyrine tonic', 3, 1_201),
    sale('BOTH-1', 'YouTube', 'Quillon Harvest', 'Quillon tonic', 611_953, 1_299_827),
    sale('BOTH-2', 'both-post-zephyrine', 'Zephyrine Dusk', 'Zephyrine tonic', 2, 1_213),
    sale('BOTH-2', 'both-post-quillon', 'Quillon Lantern', 'Quillon tonic', 612_023, 1_299_833),
    sale('BOTH-2', 'YouTube', 'Zephyrine Dawn', 'Zephyrine tonic', 1, 1_217),
    sale('BOTH-2', 'YouTube', 'Quillon Harvest', 'Quillon tonic', 5, 1_299_841),
  ],
  payouts: [
    { influencer_id: 'BOTH-1', basis: 'order', rate: 611_977, orders: 612_011, total_payout: 1_299_853 },
    { influencer_id: 'BOTH-2', basis: 'post', rate: 612_023, total_payout: 3_001 },
  ],
};

function sale(
  influencer_id: string,
  source: string,
  campaign: string,
  product: string,
  orders: number,
  revenue: number,
): CsvRow {
  return { influencer_id, source, campaign, product, date: day(9), orders, revenue };
}

/** Payout that no campaign carries, faults of Quillon's rows, and somebody who did nothing. */
const faults: CsvTables = {
  influencers: [
    {
      influencer_id: 'QUILLON-IDLE',
      name: 'Quillona Idle',
      category: 'Quillon circle',
      follower_count: 'many',
    },
    {
      influencer_id: 'QUILLON-4',
      name: 'Quillona Person1',
      category: 'Quillon circle',
      follower_count: 6_700_417,
    },
  ],
  posts: [
    {
      post_id: 'Quillon-lost',
      influencer_id: 'QUILLON-4',
      platform: 'Instagram',
      date: day(5),
      caption: 'Quillon lost',
      reach: 10,
      likes: 1_299_869,
    },
  ],
  tracking_data: [
    {
      ...sale('QUILLON-1', 'Quillon-post-1', 'Quillon Harvest', 'Quillon tonic', 1, 1_299_877),
      date: 'soon',
    },
    { ...sale('QUILLON-NOBODY', 'x', 'Quillon Harvest', 'Quillon tonic', 1, 1_299_899), date: day(500) },
    sale('', 'Quillon shop', 'Quillon Harvest', 'Quillon tonic', 1, 1_299_903),
  ],
  payouts: [{ influencer_id: 'QUILLON-4', basis: 'post', rate: 1, total_payout: 1_299_917 }],
};

/** What the brands wrote into the four tables; `without` leaves brands out, by name, or the people who are `shared`. */
export function brandTables(without: readonly string[] = []): CsvTables {
  const parts = [
    ...brands.filter(({ name }) => !without.includes(name)).map(rowsOf),
    ...(without.includes('shared') ? [] : [shared]),
    faults,
  ];
  const all = (table: keyof CsvTables) => parts.flatMap((part) => part[table]);
  return {
    influencers: all('influencers'),
    posts: all('posts'),
    tracking_data: all('tracking_data'),
    payouts: all('payouts'),
  };
}

/** Writes them into a folder that exists, under names that tell of Quillon. */
export async function writeBrands(folder: string, tables: CsvTables): Promise<void> {
  for (const table of ['influencers', 'posts', 'tracking_data', 'payouts'] as const) {
    await writeFile(path.join(folder, `${table}_for-Quillon-2025.csv`), csvOf(table, tables[table]));
  }
}

/** Every word and figure of the rows that speak of other brands than the first, as they stand in the files. */
export function foreignWords(tables: CsvTables): string[] {
  const foreign = Object.values(tables)
    .flat()
    .filter((row) => Object.values(row).some((value) => /quillon|marrowby/i.test(String(value))));
  const own = new Set(
    Object.values(rowsOf(brands[0]))
      .flat()
      .flatMap((row: CsvRow) => Object.values(row).map(String)),
  );
  const values = foreign.flatMap((row) => Object.values(row).map(String));
  const ofShared = [611_953, 612_023, 611_977, 612_011, 1_299_853, 'both-post-quillon', 'both-post-open'].map(
    String,
  );
  return [...new Set([...values, ...ofShared])].filter(
    (value) =>
      !own.has(value) &&
      (ofShared.includes(value) ||
        /quillon|marrowby/i.test(value) ||
        (/^\d+$/.test(value) && value.length > 5)),
  );
}

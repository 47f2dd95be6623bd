import type { z } from 'zod';
import type { configSchema } from '../../src/config/schema.js';
import { sections } from '../../src/sections/registry.js';
import type { SectionDefinition } from '../../src/sections/section.js';
import type { CsvRow, CsvTables } from './csv-tables.js';
import { day } from './tables.js';

/** A state of the report that has to be right as a page, with the data that bring it about. */
export interface State {
  name: string;
  tables: CsvTables;
  asOf: string;
  config: z.input<typeof configSchema>;
  sections?: readonly SectionDefinition[];
  /** An earlier edition that it is compared with. */
  before?: Pick<State, 'tables' | 'asOf'>;
  badge: 'green' | 'amber' | 'red';
  /** Texts that have to stand on the page. */
  shows: readonly string[];
}

interface World {
  influencers?: number;
  campaigns?: number;
  weeks?: number;
  /** Replace parts of what is made, by position. */
  influencer?: (index: number) => CsvRow;
  post?: (index: number) => CsvRow;
  sale?: (index: number) => CsvRow;
  payout?: (index: number) => CsvRow;
  campaign?: (index: number) => string;
}

const NAMES = ['Asha Rao', 'Dev Mehta', 'Ira Nair', 'Kabir Sen', 'Leela Das', 'Mohan Iyer', 'Nia Bose'];
const CATEGORIES = ['Fitness', 'Nutrition', 'Parenting', 'Lifestyle'];
const PLATFORMS = ['Instagram', 'YouTube', 'Facebook'];
const PRODUCTS = ['Whey Protein 1 kg', 'Creatine 250 g', 'Multivitamin'];

const pick = (list: readonly string[], index: number) => list[index % list.length] ?? '';

/** Four tables that agree with each other: two posts an influencer, an order row a post, one payout an influencer. */
function world({
  influencers = 24,
  campaigns = 4,
  weeks = 8,
  influencer = () => ({}),
  post = () => ({}),
  sale = () => ({}),
  payout = () => ({}),
  campaign = (index) => `Campaign ${index + 1}`,
}: World = {}): CsvTables {
  const id = (index: number) => String(influencer(index).influencer_id ?? `I${index + 1}`);
  const people = Array.from({ length: influencers }, (_, index) => ({
    influencer_id: id(index),
    name: `${pick(NAMES, index)} ${index + 1}`,
    category: pick(CATEGORIES, index),
    gender: 'Female',
    follower_count: Math.round(10 ** (3.5 + ((index * 37) % 100) / 33)),
    platform: pick(PLATFORMS, index),
    ...influencer(index),
  }));
  const posts = Array.from({ length: influencers * 2 }, (_, index) => ({
    post_id: `P${index + 1}`,
    influencer_id: id(index >> 1),
    platform: pick(PLATFORMS, index >> 1),
    date: day(1 + ((index * 11) % (weeks * 7))),
    url: `https://posts.example/${index + 1}`,
    caption: 'Stronger every day #everyday',
    reach: 2_000 + ((index * 977) % 40_000),
    likes: 100 + ((index * 53) % 900),
    comments: (index * 7) % 60,
    ...post(index),
  }));
  const sales = posts.map((row, index) => ({
    source: row.post_id,
    campaign: campaign((index >> 1) % campaigns),
    influencer_id: row.influencer_id,
    user_id: `U${index + 1}`,
    product: pick(PRODUCTS, index),
    date: row.date,
    orders: 1 + (index % 3),
    revenue: 900 + ((index * 613) % 4_000) + ((index >> 1) % campaigns) * 400,
    ...sale(index),
  }));
  const payouts = people.map(({ influencer_id }, index) => ({
    influencer_id,
    basis: index % 2 === 0 ? 'post' : 'order',
    rate: index % 2 === 0 ? 1_500 : 900,
    orders: index % 2 === 0 ? '' : 4,
    total_payout: index % 2 === 0 ? 3_000 : 3_600,
    ...payout(index),
  }));
  return { influencers: people, posts, tracking_data: sales, payouts };
}

/** What these tables held a week before their last day, when some of it was not as it is now. */
function earlier({ posts, tracking_data, payouts, ...tables }: CsvTables): NonNullable<State['before']> {
  const asOf = day(49);
  const known = (row: CsvRow) => String(row.date) <= asOf;
  return {
    asOf,
    tables: {
      ...tables,
      posts: posts.filter(known),
      tracking_data: tracking_data
        .filter(known)
        .map((row, index) => ({ ...row, revenue: Number(row.revenue) * (index % 9 === 4 ? 3 : 1) })),
      payouts: payouts.map((row, index) => ({
        ...row,
        total_payout: Number(row.total_payout) * (index % 5 === 0 ? 0.5 : 1),
      })),
    },
  };
}

/** A state with an edition of a week earlier. */
function second(state: State): State {
  return { ...state, before: earlier(state.tables) };
}

const LAST_DAY = day(56);
const plain = { asOf: LAST_DAY, config: {}, badge: 'green', shows: [] } as const;

const spaced = (index: number) =>
  `${index + 1} Wellness Journey With A Name That Goes On And On Until It Has Eighty Characters`.slice(0, 80);
const unspaced = (index: number) =>
  `${index + 1}WellnessJourneyWithANameThatGoesOnAndOnWithoutAnySpaceUntilItHasEightyCharactersX`.slice(
    0,
    80,
  );

const FOREIGN = ['प्रिया शर्मा', 'محمد بن عبد الله', '张小红', 'Zoë Ångström', 'अनुष्का वर्मा'];
const CAPTIONS = [
  'नई शुरुआत 💪🔥 #सेहत',
  'صباح الخير 🙏',
  '每天更强壮 🎉👨‍👩‍👧',
  'Café ✨ naïve',
  'सुबह की चाय ☕',
];

/** Texts that mean something to a browser, a template engine, a style sheet or a spreadsheet. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '{{constructor}}',
  '{{{__proto__}}}',
  '=HYPERLINK("http://x")',
  '"></svg><img src=x onerror=alert(1)>',
  "</style><b onclick='alert(1)'>\"'`",
  '<!-- ]]> $& $1 \\',
] as const;

const failing: SectionDefinition = {
  id: 'trend',
  title: 'Trend',
  compute: () => Promise.reject(new Error('the weeks <b>cannot</b> be counted')),
};

/** Without these columns, as a file that does not have them. */
const without =
  (...columns: readonly string[]) =>
  () =>
    Object.fromEntries(columns.map((column) => [column, '']));

/** Every state that the report is designed for. */
export const states: readonly State[] = [
  {
    ...plain,
    name: 'nothing matches the filters',
    tables: world(),
    config: { filters: { campaigns: ['No such campaign'], categories: ['None'] } },
    shows: ['filtered: No such campaign, None', 'loosen them to see figures'],
  },
  {
    ...plain,
    name: 'no rows at all',
    badge: 'amber',
    tables: { influencers: [], posts: [], tracking_data: [], payouts: [] },
    shows: ['The data hold no orders, posts or payouts of an influencer', 'There is nothing to show here.'],
  },
  {
    ...plain,
    name: 'no posts',
    badge: 'amber',
    tables: { ...world(), posts: [] },
    shows: [
      'The data hold no posts, so revenue by post is not available.',
      'The data hold no posts, so reach and engagement are not available.',
    ],
  },
  {
    ...plain,
    name: 'orders that name no post',
    badge: 'amber',
    tables: world({ sale: () => ({ source: 'WELCOME10' }) }),
    shows: ['No order names a post (its source is something else), so revenue by post is not available'],
  },
  {
    ...plain,
    name: 'no optional columns',
    badge: 'amber',
    tables: world({
      influencer: without('name', 'category', 'gender', 'follower_count', 'platform'),
      post: without('platform', 'url', 'caption', 'reach', 'likes', 'comments'),
      sale: without('source', 'campaign', 'product'),
      payout: without('basis', 'rate', 'orders'),
    }),
    shows: [
      'No order names a campaign, so campaigns cannot be compared.',
      'No order names a product, so products cannot be compared.',
      'No order names a post, so revenue by post is not available',
      'No post has a reach, so engagement rate and CPM are not available.',
      'No post has likes or comments, so engagement is not available.',
      'No influencer has a follower count',
      'No influencer has a category, so categories cannot be compared.',
      'No payout names the orders it pays for',
      'No payout has a rate',
    ],
  },
  {
    ...plain,
    name: 'no payouts',
    badge: 'amber',
    tables: { ...world(), payouts: [] },
    shows: ['The data hold no payouts, so ROAS and everything that rests on cost is n/a.'],
  },
  {
    ...plain,
    name: 'no tracked orders',
    badge: 'amber',
    tables: { ...world(), tracking_data: [] },
    shows: ['The data hold no tracked orders, so nothing can be set against the payouts.'],
  },
  {
    ...plain,
    name: 'influencers of whom nothing is known',
    badge: 'amber',
    tables: { ...world(), influencers: [] },
    shows: ['The influencers table is empty, so names, categories, followers and platforms are not known.'],
  },
  {
    ...plain,
    name: 'payouts of some only',
    tables: {
      ...world(),
      payouts: world().payouts.filter((_, index) => index % 3 > 0),
    },
    shows: ['over those with a payout alone', 'have no payout row'],
  },
  {
    ...plain,
    name: 'one campaign',
    tables: world({ campaigns: 1, influencers: 5 }),
    shows: ['1 campaign, 5 influencers.', 'Campaign 1'],
  },
  {
    ...plain,
    name: '200 campaigns',
    tables: world({ campaigns: 200, influencers: 400 }),
    shows: ['200 campaigns, 400 influencers.', 'and 170 more, in the HTML report'],
  },
  {
    ...plain,
    name: '5,000 influencers',
    tables: world({ influencers: 5_000, campaigns: 6 }),
    shows: [
      'and 4,968 more, in report.json under “influencers”',
      'and 4,974 more, in report.json under “payouts”',
    ],
  },
  {
    ...plain,
    name: 'names of 80 characters with spaces',
    tables: world({
      campaign: spaced,
      influencer: (index) => ({ name: spaced(index), category: spaced(index % 4) }),
      post: (index) => ({ platform: spaced(index % 5), caption: spaced(index).repeat(4) }),
      sale: (index) => ({ product: spaced(index % 5) }),
    }),
    config: { report: { title: spaced(0), brand: spaced(1) } },
    shows: [spaced(0)],
  },
  second({
    ...plain,
    name: 'names of 80 characters without a space',
    tables: world({
      campaign: unspaced,
      influencer: (index) => ({
        influencer_id: unspaced(index),
        name: unspaced(index),
        category: unspaced(index % 4),
        platform: unspaced(index % 5),
      }),
      post: (index) => ({ platform: unspaced(index % 5), caption: unspaced(index).repeat(4) }),
      sale: (index) => ({ product: unspaced(index % 5) }),
    }),
    config: { report: { title: unspaced(0), brand: unspaced(1) } },
    shows: [unspaced(0), 'Since the last edition'],
  }),
  {
    ...plain,
    name: 'Hindi, Arabic and Chinese names, emoji in captions',
    tables: world({
      campaign: (index) => pick(['मानसून', 'عرض رمضان', '夏日活动', 'Café'], index),
      influencer: (index) => ({ name: pick(FOREIGN, index), category: pick(['सेहत', '健康'], index) }),
      post: (index) => ({ caption: pick(CAPTIONS, index) }),
      sale: (index) => ({ product: pick(['च्यवनप्राश', '蛋白粉'], index) }),
    }),
    config: { report: { brand: 'सेहत 健康 صحة' } },
    shows: ['प्रिया शर्मा', 'محمد بن عبد الله', '张小红', 'नई शुरुआत 💪🔥 #सेहत', '夏日活动'],
  },
  {
    ...plain,
    name: 'all payouts zero',
    badge: 'amber',
    tables: world({ payout: () => ({ rate: 0, total_payout: 0 }) }),
    shows: ['n/a', 'No campaign has a ROAS yet.'],
  },
  {
    ...plain,
    name: 'negative revenue',
    tables: world({ sale: (index) => ({ revenue: index % 3 === 0 ? 500 : -2_000 - index * 90 }) }),
    shows: ['−'],
  },
  second({
    ...plain,
    name: 'nothing and ten billion',
    badge: 'amber',
    tables: world({
      sale: (index) => ({ revenue: index % 2 === 0 ? 0 : 10_000_000_000, orders: index % 2 }),
      payout: (index) => ({
        total_payout: [10_000_000_000, 0, 1_000_000_000][index % 3] ?? 0,
        rate: 10_000_000_000,
      }),
      influencer: (index) => ({ follower_count: index % 2 === 0 ? 0 : 900_000_000 }),
      post: (index) => ({ reach: index % 2 === 0 ? 0 : 5_000_000_000, likes: 0 }),
    }),
    shows: ['10,00,00,00,000'],
  }),
  {
    ...plain,
    name: 'a section that fails',
    tables: world(),
    sections: sections.map((section) => (section.id === failing.id ? failing : section)),
    badge: 'red',
    shows: ['This section is missing from the report.', 'the weeks <b>cannot</b> be counted'],
  },
  {
    ...plain,
    name: 'much payout without a campaign',
    tables: world({
      sale: (index): CsvRow => (index % 8 < 3 ? { source: '', campaign: '', influencer_id: '' } : {}),
    }),
    badge: 'amber',
    shows: ['of payout has no campaign', 'Top 5 campaigns by loaded ROAS'],
  },
  {
    ...plain,
    name: 'a first edition',
    tables: world({ weeks: 1 }),
    asOf: day(7),
    shows: ['nothing to compare with yet', 'The first whole week brought'],
  },
  second({
    ...plain,
    name: 'a second edition',
    tables: world({ campaigns: 12 }),
    shows: ['Since the last edition', 'past weeks were restated', 'Campaigns that moved'],
  }),
  {
    ...plain,
    name: 'a second edition of the same data',
    tables: world(),
    before: { tables: world(), asOf: day(55) },
    shows: ['Revenue is the same as on', 'no past weeks were restated'],
  },
  {
    ...plain,
    name: 'less than a week',
    tables: world({ weeks: 1, post: (index) => ({ date: day(3 + (index % 3)) }) }),
    asOf: day(5),
    shows: ['The data hold no whole week yet, so nothing is compared.'],
  },
  second({
    ...plain,
    name: 'hostile texts',
    tables: world({
      campaigns: HOSTILE.length,
      influencers: 28,
      campaign: (index) => pick(HOSTILE, index),
      influencer: (index) => ({
        influencer_id: `${pick(HOSTILE, index)} ${index}`,
        name: pick(HOSTILE, index),
        category: pick(HOSTILE, index),
        gender: pick(HOSTILE, index),
        platform: pick(HOSTILE, index),
      }),
      post: (index) => ({
        post_id: `${pick(HOSTILE, index)} ${index}`,
        platform: pick(HOSTILE, index),
        url: pick(HOSTILE, index),
        caption: pick(HOSTILE, index),
      }),
      sale: (index) => ({ user_id: pick(HOSTILE, index), product: pick(HOSTILE, index) }),
    }),
    config: {
      report: { title: HOSTILE.join(' '), brand: HOSTILE.join(' ') },
      filters: { campaigns: [...HOSTILE], categories: [...HOSTILE] },
    },
    shows: HOSTILE,
  }),
];

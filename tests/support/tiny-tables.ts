import type { CsvTables } from './csv-tables.js';

/**
 * Two influencers, two campaigns, two days, so that every figure of every filter can be worked out by hand.
 * Asha (Fitness, Instagram, 5,000 followers): 300 per order on 3 orders. Bina (Food, YouTube, 50,000): 1,000 per post on 1 post.
 */
export const tinyTables: CsvTables = {
  influencers: [
    { influencer_id: 'A', name: 'Asha', category: 'Fitness', follower_count: 5_000, platform: 'Instagram' },
    { influencer_id: 'B', name: 'Bina', category: 'Food', follower_count: 50_000, platform: 'YouTube' },
  ],
  posts: [
    {
      post_id: 'PA',
      influencer_id: 'A',
      platform: 'Instagram',
      date: '2025-06-02',
      reach: 1_000,
      likes: 90,
      comments: 10,
    },
    {
      post_id: 'PB',
      influencer_id: 'B',
      platform: 'YouTube',
      date: '2025-06-10',
      reach: 4_000,
      likes: 90,
      comments: 10,
    },
  ],
  tracking_data: [
    {
      source: 'PA',
      campaign: 'North',
      influencer_id: 'A',
      product: 'Tea',
      date: '2025-06-02',
      orders: 1,
      revenue: 600,
    },
    {
      source: 'PA',
      campaign: 'South',
      influencer_id: 'A',
      product: 'Tea',
      date: '2025-06-10',
      orders: 2,
      revenue: 900,
    },
    {
      source: 'PB',
      campaign: 'South',
      influencer_id: 'B',
      product: 'Oil',
      date: '2025-06-10',
      orders: 1,
      revenue: 500,
    },
  ],
  payouts: [
    { influencer_id: 'A', basis: 'order', rate: 300, orders: 3, total_payout: 900 },
    { influencer_id: 'B', basis: 'post', rate: 1_000, total_payout: 1_000 },
  ],
};

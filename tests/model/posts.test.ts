import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFigures } from '../../src/model/figures.js';
import { noFilters } from '../../src/model/filters.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';
import { openTinyDuckDb } from '../support/engines.js';
import { day, figuresOf, minor, settings } from '../support/tables.js';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openTinyDuckDb();
});
afterAll(() => warehouse.close());

const post = (post_id: string, reach: number | null, likes: number | null) => ({
  post_id,
  influencer_id: 'A',
  date: day(1),
  reach,
  likes,
});
const sale = (source: string, number: number, revenue: number) => ({
  influencer_id: 'A',
  source,
  date: day(number),
  orders: 1,
  revenue,
});

it('top posts go by revenue, likes or engagement rate, and leave out what has none', async () => {
  const figures = await figuresOf(
    warehouse,
    {
      influencers: [{ influencer_id: 'A', name: 'Asha', platform: 'TikTok' }],
      posts: [
        { ...post('P1', 1_000, 10), comments: 10, caption: 'Hello' },
        post('P2', 999, 900),
        post('P3', null, 70),
        post('P4', 2_000, null),
        post('P5', 0, 0),
      ],
      tracking: [sale('P1', 2, 5), sale('P1', 3, 6), sale('P3', 2, 11), sale('P4', 2, 7), sale('P4', 2, -7)],
    },
    { minReach: 1_000 },
  );
  expect(await figures.topPosts('revenue')).toMatchObject([
    { post_id: 'P1', revenue: minor(11), name: 'Asha', platform: 'TikTok', caption: 'Hello', date: day(1) },
    { post_id: 'P3', revenue: minor(11), engagement_rate: null },
  ]);
  expect((await figures.topPosts('likes')).map((row) => row.post_id)).toEqual(['P2', 'P3', 'P1']);
  expect(await figures.topPosts('engagement_rate')).toMatchObject([
    { post_id: 'P1', engagement_rate: 0.02 },
    { post_id: 'P4', engagement_rate: 0 },
  ]);
});

it('revenue of a post is that of the orders in scope', async () => {
  await figuresOf(warehouse, { posts: [post('P1', 1, 1)], tracking: [sale('P1', 1, 5), sale('P1', 9, 6)] });
  const filters = { ...noFilters, to: day(8) };
  const figures = createFigures(warehouse, { ...settings, filters });
  expect(await figures.topPosts('revenue')).toMatchObject([{ post_id: 'P1', revenue: minor(5) }]);
});

it('at most ten posts are ranked, equal ones by post_id', async () => {
  const posts = Array.from({ length: 12 }, (_, index) =>
    post(`P${String(11 - index).padStart(2, '0')}`, 10, 1),
  );
  const figures = await figuresOf(warehouse, { posts });
  const ranked = (await figures.topPosts('likes')).map((row) => row.post_id);
  expect(ranked).toEqual(['P00', 'P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09']);
});

import { beforeAll, describe, expect, it } from 'vitest';
import { readTables, readTexts, sampleFolder, TABLES, type Tables, values } from './sample-tables.js';

const HEADERS = {
  influencers: 'ID,name,category,gender,follower_count,platform',
  posts: 'post_id,influencer_id,platform,date,URL,caption,reach,likes,comments',
  tracking_data: 'source,campaign,influencer_id,user_id,product,date,orders,revenue',
  payouts: 'influencer_id,basis,rate,orders,total_payout',
};

const { generate } = sampleFolder();
let usual: Tables;
let texts: Record<string, string>;

beforeAll(async () => {
  const out = await generate('usual');
  usual = await readTables(out);
  texts = Object.fromEntries((await readTexts(out)).map((text, index) => [TABLES[index], text]));
});

describe('the usual sample', () => {
  it.each(TABLES)('writes %s with its header, line feeds and no byte order mark', (table) => {
    expect(texts[table]?.startsWith(`${HEADERS[table]}\n`)).toBe(true);
    expect(texts[table]).not.toContain('\r');
    expect(texts[table]?.endsWith('\n')).toBe(true);
  });

  it('refers only to influencers and posts that exist, and sells from no post before its date', () => {
    const influencers = values(usual.influencers, 'ID');
    const posts = new Map(usual.posts.map((post) => [post.post_id, post]));
    expect(influencers.size).toBe(usual.influencers.length);
    expect(posts.size).toBe(usual.posts.length);
    for (const row of [...usual.posts, ...usual.payouts]) expect(influencers).toContain(row.influencer_id);
    expect(values(usual.payouts, 'influencer_id').size).toBe(usual.payouts.length);
    for (const { source, influencer_id, date } of usual.tracking_data) {
      if (influencer_id !== '') expect(influencers).toContain(influencer_id);
      const post = posts.get(source);
      if (post === undefined) continue;
      expect(influencer_id).toBe(post.influencer_id);
      expect(String(date) >= String(post.date)).toBe(true);
    }
  });

  it('has 3,000 tracked rows in date order, from July to a Friday in June', () => {
    const dates = usual.tracking_data.map(({ date }) => String(date));
    expect(dates).toHaveLength(3_000);
    expect(dates).toEqual(dates.toSorted());
    expect(dates[0]?.slice(0, 7)).toBe('2025-07');
    expect(dates.at(-1)).toBe('2026-06-26');
  });

  it('has two brands with six campaigns each, four platforms and eight products', () => {
    const campaigns = [...values(usual.tracking_data, 'campaign')].filter((name) => name !== '');
    expect(campaigns.filter((name) => name?.startsWith('Tezbal '))).toHaveLength(6);
    expect(campaigns.filter((name) => name?.startsWith('Ojavya '))).toHaveLength(6);
    expect(values(usual.influencers, 'platform')).toEqual(new Set(['Instagram', 'YouTube', 'X', 'Facebook']));
    expect(values(usual.tracking_data, 'product').size).toBe(8);
  });

  it('links most sales to posts, some to a platform or a promo code, and a few to nobody', () => {
    const posts = values(usual.posts, 'post_id');
    const organic = usual.tracking_data.filter(({ influencer_id }) => influencer_id === '');
    expect(organic.length / 3_000).toBeGreaterThan(0.025);
    expect(organic.length / 3_000).toBeLessThan(0.055);
    for (const row of organic) {
      expect(['organic', 'direct']).toContain(row.source);
      expect(row.campaign).toBe('');
    }
    const channels = usual.tracking_data.filter((row) => row.influencer_id !== '' && !posts.has(row.source));
    expect(channels.length / 3_000).toBeGreaterThan(0.08);
    expect(channels.length / 3_000).toBeLessThan(0.25);
    expect(channels.some(({ source }) => source === 'Instagram')).toBe(true);
    expect(channels.some(({ source }) => source?.startsWith('FITWITH'))).toBe(true);
  });

  it('has orders of 1 to 3 at two decimals, and a handful of refunds', () => {
    expect(values(usual.tracking_data, 'orders')).toEqual(new Set(['1', '2', '3', '-1']));
    const refunds = usual.tracking_data.filter(({ orders }) => orders === '-1');
    expect(refunds.length).toBeGreaterThan(3);
    expect(refunds.length).toBeLessThan(40);
    for (const { orders, revenue } of usual.tracking_data) {
      expect(revenue).toMatch(/^-?\d+\.\d\d$/);
      expect(Math.sign(Number(revenue))).toBe(Math.sign(Number(orders)));
      expect(Number(revenue) / Number(orders)).toBeGreaterThan(800);
      expect(Number(revenue) / Number(orders)).toBeLessThan(2_500);
    }
  });

  it('has follower counts and reach with a heavy tail, in every tier', () => {
    for (const counts of [
      usual.influencers.map((row) => Number(row.follower_count)),
      usual.posts.map((row) => Number(row.reach)),
    ]) {
      counts.sort((a, b) => a - b);
      expect((counts.at(-1) ?? 0) / (counts[counts.length >> 1] ?? 0)).toBeGreaterThan(20);
    }
    const followers = usual.influencers.map((row) => Number(row.follower_count));
    const tiers = followers.map((count) => [1e4, 5e4, 5e5, 1e6].findIndex((limit) => count < limit));
    expect(new Set(tiers)).toEqual(new Set([0, 1, 2, 3, -1]));
  });

  it('has likes and comments of 1 to 8% of the reach', () => {
    for (const post of usual.posts.filter(({ reach }) => Number(reach) > 1_000)) {
      const rate = (Number(post.likes) + Number(post.comments)) / Number(post.reach);
      expect(rate).toBeGreaterThan(0.007);
      expect(rate).toBeLessThanOrEqual(0.08);
    }
  });

  it('has captions with hashtags, emoji, Devanagari, quotes, commas and line breaks, and Devanagari names', () => {
    const captions = usual.posts.map(({ caption }) => String(caption));
    for (const pattern of [/\p{Extended_Pictographic}/u, /\p{Script=Devanagari}/u, /"/, /,/, /\n/]) {
      const matching = captions.filter((caption) => pattern.test(caption)).length;
      expect(matching).toBeGreaterThan(10);
      expect(matching).toBeLessThan(captions.length);
    }
    for (const caption of captions) expect(caption).toMatch(/#\p{L}+/u);
    expect(usual.influencers.filter(({ name }) => /\p{Script=Devanagari}/u.test(String(name)))).toHaveLength(
      2,
    );
    expect(values(usual.influencers, 'name').size).toBe(usual.influencers.length);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Row,
  readTables,
  roughRoas,
  sampleFolder,
  type Tables,
  total,
  values,
} from './sample-tables.js';

const { generate } = sampleFolder();
let usual: Tables;

beforeAll(async () => {
  usual = await readTables(await generate('usual'));
});

const ofInfluencer = (rows: readonly Row[], id: string | undefined) =>
  rows.filter((row) => row.influencer_id === id);

describe('payouts of the usual sample', () => {
  it('are total = rate × posts or rate × paid orders, for nearly all', () => {
    const differing = usual.payouts.filter((payout) => {
      const posts = ofInfluencer(usual.posts, payout.influencer_id).length;
      const units = payout.basis === 'post' ? posts : Number(payout.orders);
      return Math.abs(Number(payout.rate) * units - Number(payout.total_payout)) > 0.005;
    });
    expect(differing.length / usual.payouts.length).toBeLessThan(0.06);
  });

  it('know both bases, about 60 to 40, with orders only where they are paid', () => {
    const perPost = usual.payouts.filter(({ basis }) => basis === 'post');
    expect(values(usual.payouts, 'basis')).toEqual(new Set(['post', 'order']));
    expect(perPost.length / usual.payouts.length).toBeGreaterThan(0.5);
    expect(perPost.length / usual.payouts.length).toBeLessThan(0.7);
    expect(values(perPost, 'orders')).toEqual(new Set(['']));
  });

  it('pay for orders near the tracked ones, not always the same', () => {
    const perOrder = usual.payouts.filter(({ basis }) => basis === 'order');
    const gaps = perOrder.map(({ influencer_id, orders }) =>
      Math.abs(
        Number(orders) - Math.max(0, total(ofInfluencer(usual.tracking_data, influencer_id), 'orders')),
      ),
    );
    expect(gaps.filter((gap) => gap > 0).length).toBeGreaterThan(2);
    expect(gaps.filter((gap) => gap === 0).length).toBeGreaterThan(gaps.length / 2);
    expect(Math.max(...gaps)).toBeLessThan(12);
  });

  it('leave some influencers unpaid, some unlisted, and pay some who sell nothing', () => {
    const paid = usual.payouts.filter(({ total_payout }) => Number(total_payout) > 0);
    const selling = values(usual.tracking_data, 'influencer_id');
    expect(paid.length).toBeLessThan(usual.payouts.length);
    expect(usual.payouts.length).toBeLessThan(usual.influencers.length);
    expect(paid.filter(({ influencer_id }) => !selling.has(influencer_id)).length).toBeGreaterThan(0);
    const sources = values(usual.tracking_data, 'source');
    expect(usual.posts.filter(({ post_id }) => !sources.has(post_id)).length).toBeGreaterThan(20);
  });

  it('make some campaigns win clearly and others lose, and 5 to 9% belong to no campaign', () => {
    const { roas, overall, unattributed } = roughRoas(usual);
    expect(roas).toHaveLength(12);
    expect(roas.filter((ratio) => ratio > 1.9).length).toBeGreaterThanOrEqual(3);
    expect(roas.filter((ratio) => ratio < 0.7).length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...roas)).toBeGreaterThan(0.35);
    expect(Math.max(...roas)).toBeLessThan(3.2);
    expect(overall).toBeGreaterThan(1.3);
    expect(overall).toBeLessThan(1.6);
    expect(unattributed).toBeGreaterThan(0.05);
    expect(unattributed).toBeLessThan(0.09);
  });
});

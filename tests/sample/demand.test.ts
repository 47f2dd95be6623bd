import { describe, expect, it } from 'vitest';
import { DAYS, dateOf, dayOf } from '../../src/sample/calendar.js';
import { CAMPAIGNS } from '../../src/sample/catalog.js';
import { demandByDay } from '../../src/sample/demand.js';
import { inventInfluencers } from '../../src/sample/influencers.js';
import { inventPosts } from '../../src/sample/posts.js';
import { seededRandom } from '../../src/sample/random.js';

const [post] = inventPosts(seededRandom(1, 1), inventInfluencers(seededRandom(1, 2), 1), 1);
const postsOf = (...wanted: { id: string; day: number; pull: number }[]) =>
  post === undefined ? [] : wanted.map((one) => ({ ...post, ...one }));

describe('calendar', () => {
  it('counts days from 1 July 2025 to a Friday', () => {
    expect(dayOf('2025-07-01')).toBe(0);
    expect(dateOf(0)).toBe('2025-07-01');
    expect(dateOf(DAYS - 1)).toBe('2026-06-26');
    expect(new Date(dateOf(DAYS - 1)).getUTCDay()).toBe(5);
  });

  it('has a campaign of each brand on every day', () => {
    for (let day = 0; day < DAYS; day += 1) {
      const running = CAMPAIGNS.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
      expect(new Set(running.map(({ brand }) => brand)).size).toBe(2);
    }
  });
});

describe('demandByDay', () => {
  it.each([1, 2, 999])('spreads exactly %d rows over the days', (size) => {
    const days = [...demandByDay(seededRandom(1, 1), postsOf({ id: 'A', day: 3, pull: 1 }), size)];
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: DAYS }, (_, day) => day));
    expect(days.reduce((sum, { rows }) => sum + rows, 0)).toBe(size);
    expect(Math.min(...days.map(({ rows }) => rows))).toBeGreaterThanOrEqual(0);
  });

  it('sells from a post for four weeks, mostly at first, and never before it', () => {
    const posts = postsOf({ id: 'A', day: 100, pull: 1 });
    const rows = [...demandByDay(seededRandom(1, 1), posts, 10_000)].map((day) => day.rows);
    const ownRows = (from: number, to: number) => rows.slice(from, to).reduce((sum, count) => sum + count, 0);
    expect(ownRows(72, 100)).toBeLessThan(ownRows(100, 128) / 10);
    expect(ownRows(128, 156)).toBeLessThan(ownRows(100, 128) / 10);
    expect(ownRows(100, 114)).toBeGreaterThan(3 * ownRows(114, 128));
  });

  it('draws posts by their pull, none without pull, and some organic sales', () => {
    const posts = postsOf(
      { id: 'A', day: 50, pull: 3 },
      { id: 'B', day: 50, pull: 0 },
      { id: 'C', day: 50, pull: 1 },
    );
    const today = [...demandByDay(seededRandom(1, 1), posts, 100)][50];
    const random = seededRandom(1, 2);
    const drawn = Array.from({ length: 4_000 }, () => today?.drawPost(random)?.id);
    const count = (id: string | undefined) => drawn.filter((one) => one === id).length;
    expect(count('B')).toBe(0);
    expect(count('A') / count('C')).toBeCloseTo(3, 0);
    expect(count(undefined)).toBeGreaterThan(0);
  });

  it('gives only organic sales when there are no posts', () => {
    const days = [...demandByDay(seededRandom(1, 1), [], 50)];
    expect(days.reduce((sum, { rows }) => sum + rows, 0)).toBe(50);
    expect(days[0]?.drawPost(seededRandom(1, 2))).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFilters } from '../../src/model/filters.js';
import { type PreviewState, queryOf, stateOf } from '../../src/preview/state.js';

const configured: PreviewState = { filters: noFilters, roasBelow: 1, topPosts: 'revenue' };
const narrowed: PreviewState = {
  ...configured,
  filters: { ...noFilters, campaigns: ['Monsoon'], minFollowers: 10 },
};

const name = fc
  .string({ minLength: 1, maxLength: 40, unit: 'binary' })
  .filter((text) => !text.includes('\0'));
const followers = fc.option(fc.nat(5_000_000));
const day = fc.option(
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);
const sorted = <Value extends string | number>(
  low: Value | null,
  high: Value | null,
): [Value | null, Value | null] => (low !== null && high !== null && low > high ? [high, low] : [low, high]);
const anyState: fc.Arbitrary<PreviewState> = fc
  .record({
    campaigns: fc.uniqueArray(name, { maxLength: 4 }),
    categories: fc.uniqueArray(name, { maxLength: 3 }),
    platforms: fc.uniqueArray(name, { maxLength: 3 }),
    range: fc.tuple(followers, followers),
    days: fc.tuple(day, day),
    roasBelow: fc.nat(500).map((hundredths) => hundredths / 100),
    topPosts: fc.constantFrom('revenue' as const, 'likes' as const, 'engagement' as const),
  })
  .map(({ range, days, roasBelow, topPosts, ...lists }) => {
    const [minFollowers, maxFollowers] = sorted(...range);
    const [from, to] = sorted(...days);
    return { filters: { ...lists, minFollowers, maxFollowers, from, to }, roasBelow, topPosts };
  });

describe('an address', () => {
  it('means what was written into it, whatever the configuration says', () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom(configured, narrowed), (state, base) => {
        const written = new URLSearchParams(queryOf(state, base).toString());
        expect(stateOf(written, base)).toEqual(state);
      }),
    );
  });

  it('is empty for what the configuration says', () => {
    expect(queryOf(narrowed, narrowed).toString()).toBe('');
    expect(stateOf(new URLSearchParams(), narrowed)).toEqual(narrowed);
  });

  it('says it when nothing is filtered though the configuration filters', () => {
    expect(queryOf(configured, narrowed).toString()).toBe('all=');
    expect(stateOf(new URLSearchParams('all'), narrowed)).toEqual(configured);
  });

  it('bears the names of the flags', () => {
    const state: PreviewState = {
      filters: { ...noFilters, campaigns: ['A & B', 'C'], minFollowers: 5, from: '2026-05-01' },
      roasBelow: 0.5,
      topPosts: 'likes',
    };
    expect(queryOf(state, configured).toString()).toBe(
      'campaign=A+%26+B&campaign=C&min-followers=5&from=2026-05-01&roas-below=0.5&top-posts=likes',
    );
  });

  it.each([
    ['min-followers=-1', 'min-followers is not a whole number'],
    ['min-followers=1e3', 'min-followers is not a whole number'],
    ['min-followers=', 'min-followers is not a whole number'],
    ['max-followers=9999999999999999', 'max-followers is not a whole number'],
    ['min-followers=5&min-followers=6', 'min-followers is given more than once'],
    ['min-followers=6&max-followers=5', 'min-followers (6) lies above max-followers (5)'],
    ['from=2026-02-30', 'from is not a day as YYYY-MM-DD'],
    ['from=2026-06-02&to=2026-06-01', 'from (2026-06-02) lies after to (2026-06-01)'],
    ['roas-below=NaN', 'roas-below is not a number such as 0.8'],
    ['top-posts=shares', 'top-posts is none of revenue, likes, engagement'],
    ['campaign=', 'campaign is empty'],
    ['campaign=%00', 'campaign holds a character that no name has'],
    [`campaign=${'x'.repeat(501)}`, 'campaign is too long'],
    ['__proto__=1', '__proto__ is not known'],
    ['constructor=1', 'constructor is not known'],
    ['campain=A', 'campain is not known'],
    ['all=1', 'all takes no value'],
  ])('%s is refused by name', (query, words) => {
    expect(() => stateOf(new URLSearchParams(query), configured)).toThrow(words);
  });
});

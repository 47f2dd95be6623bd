import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFilters } from '../../src/model/filters.js';
import { commandOf } from '../../src/preview/command.js';
import type { PreviewState } from '../../src/preview/state.js';

const configured: PreviewState = { filters: noFilters, roasBelow: 1, topPosts: 'revenue' };
const started = { data: 'data', config: null, asOf: '2026-06-28' };

describe('the command line of what is shown', () => {
  it('names data, configuration and day', () => {
    expect(commandOf(configured, configured, { ...started, config: 'my report.yaml' })).toBe(
      "roi-report build --data data --config 'my report.yaml' --as-of 2026-06-28 --no-compare",
    );
  });

  it('bears every filter and choice', () => {
    const state: PreviewState = {
      filters: {
        campaigns: ['Women’s Day', 'A'],
        categories: ['Fitness'],
        platforms: ['X'],
        minFollowers: 1,
        maxFollowers: 2,
        from: '2026-01-01',
        to: '2026-02-01',
      },
      roasBelow: 0.5,
      topPosts: 'engagement',
    };
    expect(commandOf(state, configured, started)).toBe(
      "roi-report build --data data --as-of 2026-06-28 --campaign 'Women’s Day' --campaign A --category Fitness --platform X " +
        '--min-followers 1 --max-followers 2 --from 2026-01-01 --to 2026-02-01 --roas-below 0.5 --top-posts engagement --no-compare',
    );
  });

  it('does without the filters of the configuration, which the page replaces', () => {
    const narrowed = { ...configured, filters: { ...noFilters, campaigns: ['A'] } };
    expect(commandOf(configured, narrowed, started)).toContain('build --no-filters --data');
  });

  it('comes out of a shell as it went in, whatever a campaign is called', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 20, unit: 'binary' })
      .filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(name, { minLength: 30, maxLength: 30 }), (campaigns) => {
        const state = { ...configured, filters: { ...noFilters, campaigns } };
        const words = commandOf(state, configured, started).replace(/^roi-report/, "printf '%s\\0'");
        const printed = execFileSync('/bin/sh', ['-c', words], { encoding: 'utf8' }).split('\0');
        const given = printed.flatMap((word, place) => {
          if (word.startsWith('--campaign=')) return [word.slice('--campaign='.length)];
          return printed[place - 1] === '--campaign' ? [word] : [];
        });
        expect(given).toEqual(campaigns);
      }),
      { numRuns: 10 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { noFilters } from '../../src/model/filters.js';
import { editionName } from '../../src/output/edition.js';

describe('the name of an edition', () => {
  it('is the day where nothing is filtered', () => {
    expect(editionName('2026-06-26', noFilters)).toBe('2026-06-26');
  });

  it('says what a filtered edition is narrowed to, and differs between filters that read the same', () => {
    const spaced = editionName('2026-06-26', {
      ...noFilters,
      campaigns: ['Monsoon Immunity'],
      minFollowers: 0,
    });
    const dashed = editionName('2026-06-26', {
      ...noFilters,
      campaigns: ['Monsoon-Immunity'],
      minFollowers: 0,
    });
    expect(spaced).toMatch(/^2026-06-26_monsoon-immunity-from-0-followers-[0-9a-f]{6}$/);
    expect(dashed).not.toBe(spaced);
  });

  it.each(['../../etc', 'CON', 'a/b\\c:d*e?f', 'अभियान', '.', 'x'.repeat(500), "'; rm"])(
    'is a safe name of a folder for a campaign %j',
    (campaign) => {
      const name = editionName('2026-06-26', { ...noFilters, campaigns: [campaign] });
      expect(name).toMatch(/^2026-06-26_[a-z0-9-]*$/);
      expect(name.length).toBeLessThan(90);
    },
  );
});

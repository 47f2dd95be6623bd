import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sheetNames } from '../../src/exports/sheet-names.js';

it('makes words of ids', () => {
  expect(sheetNames(['top-campaigns', 'weeks', 'roas-movement', 'a_b'], [])).toEqual([
    'Top campaigns',
    'Weeks',
    'ROAS movement',
    'A b',
  ]);
});

it('numbers what is there already, capitals or not', () => {
  expect(sheetNames(['overview', 'weeks', 'weeks', 'weeks-2', 'weeks'], ['Overview'])).toEqual([
    'Overview 2',
    'Weeks',
    'Weeks 2',
    'Weeks 2 2',
    'Weeks 3',
  ]);
});

it('cuts long names, and keeps the cut ones apart', () => {
  const long = 'influencers-of-all-campaigns-and-platforms';
  expect(sheetNames([long, long], [])).toEqual([
    'Influencers of all campaigns an',
    'Influencers of all campaigns 2',
  ]);
});

it('always gives names that Excel takes, no two alike', () => {
  const id = fc.stringMatching(/^[a-c0-1][a-c0-1_-]{0,50}$/);
  fc.assert(
    fc.property(fc.array(id, { maxLength: 20 }), (ids) => {
      const names = sheetNames(ids, ['Overview']);
      expect(names).toHaveLength(ids.length);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
      for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9 ]{0,30}$/);
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { audiencesOf } from '../../src/editions/audiences.js';
import { noFilters } from '../../src/model/filters.js';

function audiences(
  recipients: object[],
  { report = {}, schedule = {} }: { report?: object; schedule?: object } = {},
) {
  const config = configSchema.parse({
    filters: report,
    schedules: [{ id: 'weekly', cron: '0 7 * * 1', filters: schedule, recipients }],
  });
  const [planned] = config.schedules;
  if (!planned) throw new Error('no schedule');
  return audiencesOf(config.filters, planned);
}

describe('audiencesOf', () => {
  it('gives all who see the same one slice', () => {
    const { slices, recipients } = audiences([
      { to: ['Anna <anna@x.example>', 'bo@x.example'] },
      { to: 'cy@x.example', filters: { campaigns: ['Spring'] } },
      { to: 'di@x.example', filters: { campaigns: ['Spring'] }, attach: ['pdf', 'xlsx'] },
    ]);
    expect(slices).toEqual([
      { name: 'all', filters: noFilters, isolated: false },
      { name: 'slice-2', filters: { ...noFilters, campaigns: ['Spring'] }, isolated: true },
    ]);
    expect(recipients).toEqual([
      { to: 'Anna <anna@x.example>', address: 'anna@x.example', slice: 'all', attach: ['pdf'] },
      { to: 'bo@x.example', address: 'bo@x.example', slice: 'all', attach: ['pdf'] },
      { to: 'cy@x.example', address: 'cy@x.example', slice: 'slice-2', attach: ['pdf'] },
      { to: 'di@x.example', address: 'di@x.example', slice: 'slice-2', attach: ['pdf', 'xlsx'] },
    ]);
  });

  it('narrows what the schedule shows, and that what the report shows', () => {
    const { slices } = audiences(
      [
        {
          to: 'a@x.example',
          filters: { campaigns: ['SPRING', 'Autumn'], minFollowers: 5, to: '2026-06-01' },
        },
      ],
      {
        report: { minFollowers: 10, from: '2026-01-01', to: '2026-12-31' },
        schedule: { campaigns: ['Spring', 'Summer'], maxFollowers: 99 },
      },
    );
    expect(slices[0]?.filters).toEqual({
      ...noFilters,
      campaigns: ['SPRING'],
      minFollowers: 10,
      maxFollowers: 99,
      from: '2026-01-01',
      to: '2026-06-01',
    });
  });

  it('withholds the rest of the data wherever brands or people are chosen, not where only days are', () => {
    const isolated = (filters: object) => audiences([{ to: 'a@x.example', filters }]).slices[0]?.isolated;
    expect(isolated({})).toBe(false);
    expect(isolated({ from: '2026-01-01' })).toBe(false);
    for (const filters of [
      { campaigns: ['A'] },
      { categories: ['A'] },
      { platforms: ['A'] },
      { minFollowers: 1 },
      { maxFollowers: 1 },
    ]) {
      expect(isolated(filters), JSON.stringify(filters)).toBe(true);
    }
    expect(audiences([{ to: 'a@x.example' }], { schedule: { campaigns: ['A'] } }).slices[0]?.isolated).toBe(
      true,
    );
  });

  it.each([
    [[{ to: ['a@x.example', 'A@X.example'] }], {}, /A@X.example is a recipient twice/],
    [[{ to: 'a@x.example' }, { to: 'Ann <a@x.example>' }], {}, /recipient twice/],
    [
      [{ to: 'a@x.example', filters: { campaigns: ['C'] } }],
      { campaigns: ['A', 'B'] },
      /filters.campaigns \(C\) has nothing in common .* \(A, B\)/,
    ],
    [
      [{ to: 'a@x.example', filters: { minFollowers: 100 } }],
      { maxFollowers: 50 },
      /nothing lies between filters.minFollowers \(100\)/,
    ],
  ])('refuses %j', (recipients, schedule, message) => {
    expect(() => audiences(recipients, { schedule })).toThrow(message);
  });
});

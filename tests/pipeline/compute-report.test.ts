import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { writeTables } from '../support/csv-tables.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { tinyTables } from '../support/tiny-tables.js';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  await writeTables(folder, tinyTables);
});
afterAll(() => remove());

describe('the figures of a report from files', () => {
  it.each([
    [{}, { revenue: 2_000, payout: 1_900, orders: 4 }],
    [{ campaigns: ['North'] }, { revenue: 600, payout: 300, orders: 1 }],
    [{ campaigns: ['south'] }, { revenue: 1_400, payout: 1_600, orders: 3 }],
    [{ campaigns: ['North', 'South'] }, { revenue: 2_000, payout: 1_900, orders: 4 }],
    [{ categories: ['Fitness'] }, { revenue: 1_500, payout: 900, orders: 3 }],
    [{ platforms: ['YouTube'] }, { revenue: 500, payout: 1_000, orders: 1 }],
    [{ minFollowers: 5_001 }, { revenue: 500, payout: 1_000, orders: 1 }],
    [{ maxFollowers: 5_000 }, { revenue: 1_500, payout: 900, orders: 3 }],
    [{ from: '2025-06-03' }, { revenue: 1_400, payout: 1_600, orders: 3 }],
    [{ to: '2025-06-02' }, { revenue: 600, payout: 300, orders: 1 }],
    [
      { campaigns: ['South'], categories: ['Fitness'] },
      { revenue: 900, payout: 600, orders: 2 },
    ],
  ])('filtered by %j are those worked out by hand', async (filters, expected) => {
    const config = configSchema.parse({ filters });
    const { report } = await computeReport({ dataDir: folder, config, asOf: '2025-06-30' }, quietEffects());
    const kpis = Object.fromEntries(report.sections[0]?.kpis.map(({ id, value }) => [id, value]) ?? []);
    expect(kpis).toMatchObject({ ...expected, baseline_roas: (600 / 300 + 1_400 / 1_600) / 2 });
    expect(kpis.roas).toBeCloseTo(expected.revenue / expected.payout, 12);
    expect(kpis.roi).toBeCloseTo((expected.revenue - expected.payout) / expected.payout, 12);
  });
});

it('warns of a filter value that nothing in the data bears', async () => {
  const config = configSchema.parse({ filters: { campaigns: ['North', 'Nroth'] } });
  const warnings: string[] = [];
  const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
  await computeReport({ dataDir: folder, config, asOf: '2025-06-30' }, effects);
  expect(warnings).toEqual(['No campaign is called "Nroth"; there are: North, South.']);
});

it.each(['Loading tracking_data.csv', 'Allocating payouts', 'Computing the sections'])(
  'stops when the run is aborted while "%s", with the reason of the abort',
  async (moment) => {
    const config = configSchema.parse({});
    const controller = new AbortController();
    const effects = {
      ...quietEffects(),
      signal: controller.signal,
      progress: (step: string) => {
        if (step === moment) controller.abort(new Error('enough'));
      },
    };
    await expect(computeReport({ dataDir: folder, config, asOf: '2025-06-30' }, effects)).rejects.toThrow(
      'enough',
    );
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/charts/render-svg.js';
import { quietEffects } from '../../src/effects.js';
import { chartImage } from '../../src/email/chart-image.js';
import { type ChartWeek, weeksSpec } from '../../src/email/chart-spec.js';
import { createMeasure } from '../../src/fonts/measure.js';
import { createFormat } from '../../src/format/format.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';
import type { Report } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { reportOf } from './reports.js';

let browser: RunningBrowser;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  [browser, { folder, remove }] = await Promise.all([launchBrowser(quietEffects()), temporaryFolder()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), remove()]);
});

async function chartOf(report: Report) {
  const warnings: string[] = [];
  const chart = await chartImage(report, browser, {
    ...quietEffects(),
    warn: (line) => void warnings.push(line),
  });
  expect(warnings).toEqual([]);
  return chart;
}

/** A report of weeks, each with its revenue and payout. */
function reportOfWeeks(weeks: readonly [week: string, revenue: number, payout: number | null][]): Report {
  return reportWith({
    sections: [
      {
        id: 'trend',
        title: 'Trend',
        headline: '',
        kpis: [],
        charts: [],
        notes: [],
        tables: [
          {
            id: 'weeks',
            title: 'Weeks',
            columns: [],
            rows: weeks.map(([week, revenue, payout]) => ({ week, revenue, payout, coverage: '' })),
          },
        ],
      },
    ],
  });
}

describe('chartImage', () => {
  it.each(['one campaign', 'negative revenue', 'nothing and ten billion', 'no payouts'])(
    'is a small opaque picture of twice the size, the same each time: %s',
    async (name) => {
      const report = await reportOf(name, folder);
      const [first, second] = [await chartOf(report), await chartOf(report)];
      if (!first || !second) throw new Error('There is no chart.');
      const png = Buffer.from(first.png);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * first.width, 2 * first.height]);
      expect(first.width).toBe(560);
      expect(png[25], 'colours without transparency').toBe(2);
      expect(png.length).toBeLessThan(60_000);
      expect(png.equals(second.png)).toBe(true);
    },
  );

  it('says in words what it shows', async () => {
    const chart = await chartOf(
      reportOfWeeks([
        ['2025-06-30', 9_999, 1],
        ['2025-06-23', 1_234, 500],
        ['2025-06-16', 2_000, 3_000],
      ]),
    );
    expect(chart).toMatchObject({
      title: 'Revenue and payout by week',
      caption: 'Columns are revenue, dark lines payout.',
      alt: 'Revenue and payout by week, last 2 weeks. Week of 23 Jun 2025: revenue ₹1,234, payout ₹500. Highest revenue: ₹2,000 in the week of 16 Jun 2025.',
    });
  });

  it('does not speak of payouts that are not known', async () => {
    const chart = await chartOf(
      reportOfWeeks([
        ['2025-06-23', 1_234, null],
        ['2025-06-16', 2_000, null],
      ]),
    );
    expect(chart).toMatchObject({ title: 'Revenue by week', caption: 'Columns are revenue.' });
    expect(chart?.alt).not.toContain('payout');
  });

  it.each([
    ['a report without sections', reportWith({})],
    ['one week', reportOfWeeks([['2025-06-23', 5, 5]])],
    [
      'nothing but zeros',
      reportOfWeeks([
        ['2025-06-23', 0, 0],
        ['2025-06-16', 0, null],
      ]),
    ],
  ])('is not there for %s', async (_, report) => {
    expect(await chartOf(report)).toBeNull();
  });

  it('stops for a signal, with its reason', async () => {
    const reason = new Error('enough');
    const report = reportOfWeeks([
      ['2025-06-23', 1, 1],
      ['2025-06-16', 2, 2],
    ]);
    await expect(
      chartImage(report, browser, { ...quietEffects(), signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });

  it('kills a browser that fails, and says so', async () => {
    const broken = await launchBrowser(quietEffects());
    await broken.kill();
    const report = reportOfWeeks([
      ['2025-06-23', 1, 1],
      ['2025-06-16', 2, 2],
    ]);
    await expect(chartImage(report, broken, quietEffects())).rejects.toMatchObject({
      code: 'chart-failed',
      exitCode: 4,
    });
  });
});

describe('weeksSpec', () => {
  const format = createFormat('en-IN', 'INR');
  const measure = createMeasure();

  async function textsOf(weeks: readonly ChartWeek[]) {
    const warnings: string[] = [];
    const svg = await renderSvg(
      {
        id: 'weeks',
        title: '',
        alt: '',
        spec: weeksSpec(weeks, { tick: format.tick, label: format.compact, day: format.shortDate }),
      },
      { measure, onWarning: (warning) => warnings.push(warning) },
    );
    expect(warnings).toEqual([]);
    return [...svg.matchAll(/<text[^>]*font-size="([\d.]+)px"[^>]*>([^<]*)<\/text>/g)].map(
      ([, size, text = '']) => ({ size: Number(size), text }),
    );
  }

  it.each([2, 5, 26])(
    'has letters for a phone, and the revenue of the current week: %i weeks',
    async (count) => {
      const weeks = Array.from({ length: count }, (_, index) => ({
        week: new Date(Date.UTC(2025, 0, 6 + 7 * index)).toISOString().slice(0, 10),
        revenue: 1_000 * (1 + ((index * 7) % 5)),
        payout: index % 3 === 0 ? null : 2_500,
        partial: index === 0,
        current: index === count - 1,
      }));
      const texts = await textsOf(weeks);
      expect(Math.min(...texts.map(({ size }) => size))).toBeGreaterThanOrEqual((11 * 560) / 320);
      const written = texts.map(({ text }) => text);
      expect(written).toContain(format.compact(weeks.at(-1)?.revenue ?? 0));
      expect(written).toContain('6 Jan');
    },
  );
});

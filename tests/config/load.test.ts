import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig, parseConfig } from '../../src/config/load.js';
import { configJsonSchema, configSchema } from '../../src/config/schema.js';
import { packageRoot } from '../../src/package-root.js';
import { NO_SETTINGS } from '../../src/sources/settings.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const file = path.join(packageRoot, 'config', 'report.yaml');
const text = readFileSync(file, 'utf8');
const defaults = configSchema.parse({});
const problemOf = (config: string) => {
  try {
    parseConfig(config, 'report.yaml');
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('config/report.yaml', () => {
  const { report, delivery, ...others } = defaults;
  const shown = {
    ...others,
    report: { ...report, brand: 'Tezbal & Ojavya' },
    delivery: { ...delivery, from: 'Influencer ROI <reports@example.com>', owner: ['owner@example.com'] },
    schedules: parseConfig(
      'schedules: [{ id: weekly-board, cron: 0 7 * * 1, recipients: [{ to: board@example.com }] }]',
      'test',
    ).schedules,
  };

  it('says nothing but the brand and the people that is not the default', async () => {
    expect(await loadConfig(file)).toEqual(shown);
  });

  it('shows the defaults in its comments, and every setting', () => {
    const uncommented = text.replace(/^( *)# ( *[a-zA-Z_]+:.*)$/gm, '$1$2');
    expect(uncommented).toContain('\nthresholds:\n');
    const config = parseConfig(uncommented, 'uncommented');
    expect(config).toEqual(shown);
    for (const [part, settings] of Object.entries(defaults)) {
      for (const setting of Object.keys(part === 'schedules' ? {} : settings)) {
        expect(uncommented, `${part}.${setting}`).toMatch(new RegExp(`^ {2}${setting}:`, 'm'));
      }
    }
  });

  it('has its JSON Schema beside it, up to date', () => {
    const saved = readFileSync(
      path.join(packageRoot, 'config', 'schema', 'report.config.schema.json'),
      'utf8',
    );
    expect(saved).toBe(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  });
});

describe('a configuration', () => {
  it.each(['', '# nothing\n', '{}', 'null'])('of %j is all defaults', (empty) => {
    expect(parseConfig(empty, 'x.yaml')).toEqual(defaults);
  });

  it('names every mistake with file, line and setting', () => {
    expect(problemOf('report:\n  locale: nowhere_at_all\n  timezone: Mars/Olympus\n')).toMatchObject({
      code: 'config-invalid',
      exitCode: 2,
      message: [
        'report.yaml, line 2, report.locale: is not a locale such as en-IN or de-DE',
        'report.yaml, line 3, report.timezone: is not a time zone such as Asia/Kolkata',
      ].join('\n'),
    });
  });

  it.each([
    ['metrics:\n  tiers:\n    nano: 60000\n', 'line 3, metrics.tiers: must rise'],
    ['filters:\n  from: 2025-02-30\n', 'line 2, filters.from'],
    ['filters:\n  campaigns: North\n', 'line 2, filters.campaigns'],
    ['metrics:\n  baseline: median\n', 'line 2, metrics.baseline'],
    ['report:\n  title: A\n  title: B\n', 'line 3: Map keys must be unique'],
    ['delivery:\n  smtp: x\n', 'line 2, delivery'],
    ['sources:\n  orders: {}\n', 'line 2, sources.orders'],
    ['sources:\n  posts:\n    path: [a.csv, " "]\n', 'line 3, sources.posts.path.1: must not be blank'],
    ['sources:\n  posts:\n    columns:\n      revenue: Sales\n', 'line 4, sources.posts.columns.revenue'],
    [
      'sources:\n  posts:\n    columns: { reach: Views, likes: Views }\n',
      'line 3, sources.posts.columns: must name a header name only once',
    ],
    ['sources:\n  posts:\n    dateOrder: dym\n', 'line 3, sources.posts.dateOrder'],
    ['sources:\n  posts:\n    decimal: ";"\n', 'line 3, sources.posts.decimal'],
    ['sources:\n  posts:\n    delimiter: ";;"\n', 'line 3, sources.posts.delimiter: must be one character'],
    [
      'sources:\n  posts:\n    delimiter: ";"\n',
      'line 3, sources.posts: needs path beside delimiter or encoding',
    ],
    ['sources:\n  posts:\n    encoding: utf-8\n', 'line 3, sources.posts: needs path beside'],
    ['sources:\n  posts:\n    encoding: latin1\n', 'line 3, sources.posts.encoding'],
    ['quarantine:\n  maxShare: 1.5\n', 'line 2, quarantine.maxShare'],
    ['quarantine:\n  maxRevenueShare: -0.1\n', 'line 2, quarantine.maxRevenueShare'],
    ['checks:\n  failOn: info\n', 'line 2, checks.failOn'],
    [
      'checks:\n  severity:\n    Zero payout: off\n',
      'line 3, checks.severity.Zero payout: is not the id of a check, such as zero-payout',
    ],
    ['checks:\n  severity:\n    zero-payout: fatal\n', 'line 3, checks.severity.zero-payout'],
    ['cache:\n  maxMegabytes: 2GB\n', 'line 2, cache.maxMegabytes'],
  ])('%j is refused at %s', (config, place) => {
    expect(problemOf(config)).toMatchObject({ exitCode: 2, message: expect.stringContaining(place) });
  });

  it('may fix the baseline by a number', () => {
    expect(parseConfig('metrics: { baseline: 1.2 }', 'x').metrics.baseline).toBe(1.2);
  });

  it('says of each table what is not found out', () => {
    const { sources } = parseConfig(
      [
        'sources:',
        '  tracking_data:',
        '    path: weekly/*.csv',
        '    columns: { revenue: Net Sales, influencer_id: "Creator: ID" }',
        '    dateOrder: dmy',
        '    decimal: ","',
        '    delimiter: "\\t"',
        '    encoding: utf-16le',
        '  payouts: { path: [a.xlsx, b.xlsx], sheet: Q2 }',
      ].join('\n'),
      'x',
    );
    expect(sources).toEqual({
      influencers: NO_SETTINGS,
      posts: NO_SETTINGS,
      tracking_data: {
        path: ['weekly/*.csv'],
        sheet: null,
        columns: { revenue: 'Net Sales', influencer_id: 'Creator: ID' },
        dateOrder: 'dmy',
        decimal: ',',
        delimiter: '\t',
        encoding: 'utf-16le',
      },
      payouts: { ...NO_SETTINGS, path: ['a.xlsx', 'b.xlsx'], sheet: 'Q2' },
    });
  });

  it('may name a sheet alone', () => {
    expect(parseConfig('sources: { payouts: { sheet: June } }', 'x').sources.payouts).toEqual({
      ...NO_SETTINGS,
      sheet: 'June',
    });
  });

  it('weighs the checks', () => {
    const { checks } = parseConfig('checks: { severity: { zero-payout: off, date-gap: error } }', 'x');
    expect(checks).toEqual({
      failOn: 'error',
      severity: { 'zero-payout': 'off', 'date-gap': 'error' },
      freshnessDays: 14,
    });
  });

  it('finds its templates from its own folder', async () => {
    const { folder, remove } = await temporaryFolder();
    await mkdir(path.join(folder, 'settings'));
    const templatesOf = async (templates: string) => {
      const own = path.join(folder, 'settings', 'report.yaml');
      await writeFile(own, `theme: { templates: ${templates} }`);
      return (await loadConfig(path.relative('', own))).theme.templates;
    };
    const elsewhere = path.join(folder, 'elsewhere');
    expect(await templatesOf('look')).toBe(path.join(folder, 'settings', 'look'));
    expect(await templatesOf('../look')).toBe(path.join(folder, 'look'));
    expect(await templatesOf(elsewhere)).toBe(elsewhere);
    expect(await templatesOf('null')).toBe(null);
    await remove();
  });
});

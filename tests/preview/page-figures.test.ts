import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { createFormat } from '../../src/format/format.js';
import { fontAddress } from '../../src/preview/fonts.js';
import type { Serving } from '../../src/preview/serve.js';
import { renderReport } from '../../src/render/render.js';
import { compactFigure } from '../../src/render/template-engine.js';
import type { Report } from '../../src/report/schema.js';
import { runInProcess } from '../support/in-process.js';
import { readPdf } from '../support/pdf.js';
import {
  box,
  fillField,
  type OpenedPreview,
  openDesk,
  openPreview,
  type PreviewDesk,
  sectionTexts,
  shown,
  textAt,
  updated,
} from '../support/preview.js';
import { type Browser, openFile, type Page } from '../support/screen.js';
import { tinyTables } from '../support/tiny-tables.js';

let desk: PreviewDesk;
let browser: Browser;
let serving: Serving;
let narrowed: Serving;
let opened: OpenedPreview;
let page: Page;

const PAGE =
  'report: { title: Tiny, brand: Tea & Oil, locale: en-IN, currency: INR, timezone: Asia/Kolkata }\n';

beforeAll(async () => {
  desk = await openDesk(tinyTables, {
    'report.yaml': PAGE,
    'narrow.yaml': `${PAGE}filters: { campaigns: [south], to: 2025-06-12 }\nthresholds: { roasBelow: 0.6 }\n`,
  });
  ({ browser } = desk);
  [serving, narrowed] = await Promise.all([desk.serve('report.yaml'), desk.serve('narrow.yaml')]);
  opened = await openPreview(browser, serving.address);
  ({ page } = opened);
  await shown(page);
});
afterAll(() => desk.close());

/** The report that the command line makes of the command that a page shows. */
async function built(page: Page): Promise<Report> {
  const command = String(await page.evaluate('document.querySelector("#command").value'));
  const words = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' }).split('\0');
  expect(words.slice(0, 2)).toEqual(['roi-report', 'build']);
  const out = path.join(desk.folder, `built-${performance.now()}`);
  const args = [...words.slice(1, -1), '--no-cache', '--format', 'json', '--out', out];
  const { code, stderr } = await runInProcess(args, { cwd: desk.folder });
  expect(code, stderr).toBe(0);
  const [edition = ''] = await readdir(out);
  return JSON.parse(await readFile(path.join(out, edition, 'report.json'), 'utf8'));
}

/** The headlines, headline figures and table cells of the sections in view. */
const FIGURES = `[...document.querySelector('#report').contentDocument.querySelectorAll('main > section')].map((section) => ({
  id: section.id,
  headline: section.querySelector('[id$="-headline"]').textContent,
  kpis: [...section.querySelectorAll('.kpi .figure')].map((figure) => figure.textContent),
  tables: [...section.querySelectorAll('[data-table]')].map((table) => ({
    id: table.dataset.table,
    keys: [...table.querySelectorAll('th')].map((head) => head.dataset.key),
    rows: [...table.querySelectorAll('tbody tr:not([hidden])')].map((row) => [...row.cells].map((cell) => cell.dataset.value)),
  })),
}))`;

interface Figures {
  id: string;
  headline: string;
  kpis: string[];
  tables: { id: string; keys: string[]; rows: string[][] }[];
}

/** A value of a row, as a cell carries it; how far an underperformer falls short is worked out for the page. */
function cellOf(row: Report['sections'][number]['tables'][number]['rows'][number], key: string): string {
  return String((key === 'gap' ? Number(row.payout) - Number(row.revenue) : row[key]) ?? '');
}

/** What a page shows at the same places where its figures are those of the report. */
function expected({ meta, sections }: Report, seen: Figures[]): Figures[] {
  const format = createFormat(meta.locale, meta.currency);
  return seen.map(({ id, kpis, tables }) => {
    const section = sections.find((each) => each.id === id);
    if (!section) return { id, headline: '', kpis: [], tables: [] };
    return {
      id,
      headline: section.headline,
      kpis: section.kpis.slice(0, kpis.length).map(({ value, unit }) => compactFigure(value, unit, format)),
      tables: tables.map(({ id, keys }) => {
        const rows = section.tables.find((table) => table.id === id)?.rows ?? [];
        return {
          id,
          keys,
          rows: keys.length === 0 ? [] : rows.map((row) => keys.map((key) => cellOf(row, key))),
        };
      }),
    };
  });
}

async function expectToAgree(page: Page): Promise<void> {
  const report = await built(page);
  expect(
    await page.evaluate(`fetch('/download/report.json' + location.search).then((r) => r.json())`),
  ).toEqual(report);
  const seen = (await page.evaluate(FIGURES)) as Figures[];
  expect(seen.map(({ id }) => id)).toEqual(report.sections.map(({ id }) => id));
  expect(seen.flatMap(({ kpis }) => kpis).length).toBeGreaterThan(3);
  expect(seen).toEqual(expected(report, seen));
  const document = await renderReport(
    report,
    { page: { paper: 'A4', orientation: 'portrait' }, templates: null, fontAddress },
    quietEffects(),
  );
  expect(await page.evaluate(`fetch('/report' + location.search).then((r) => r.text())`)).toBe(document);
}

const isTicked = (page: Page, selector: string) =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).checked`);
const tick = (list: Parameters<typeof box>[0], value: string) => () => page.click(box(list, value));
const fill = (name: string, value: string | number) => () => fillField(page, name, value);

describe('a filter at the side shows what the command line builds with it', () => {
  it('without any filter', async () => {
    await expectToAgree(page);
  });

  it.each([
    ['a campaign', 'campaign=North', [tick('campaign', 'North')]],
    ['a category', 'category=Food', [tick('category', 'Food')]],
    ['a platform', 'platform=YouTube', [tick('platform', 'YouTube')]],
    ['fewest followers', 'min-followers=5001', [fill('min-followers', 5001)]],
    ['most followers', 'max-followers=5000', [fill('max-followers', 5000)]],
    ['the first day', 'from=2025-06-03', [fill('from', '2025-06-03')]],
    ['the last day', 'to=2025-06-09', [fill('to', '2025-06-09')]],
    ['the ROAS threshold', 'roas-below=0.4', [fill('roas-below', 0.4)]],
    ['the slider', 'roas-below=1.7', [fill('roas-range', 1.7)]],
    ['the ranking of posts', 'top-posts=likes', [() => page.select('#top-posts', 'likes')]],
    [
      'a campaign of a category since a day',
      'campaign=South&category=Fitness&from=2025-06-05',
      [tick('campaign', 'South'), tick('category', 'Fitness'), fill('from', '2025-06-05')],
    ],
    [
      'a platform within followers and days, and a threshold',
      'platform=Instagram&min-followers=5000&max-followers=5000&from=2025-06-02&to=2025-06-02&roas-below=3',
      [
        tick('platform', 'Instagram'),
        fill('min-followers', 5000),
        fill('max-followers', 5000),
        fill('from', '2025-06-02'),
        fill('to', '2025-06-02'),
        fill('roas-below', 3),
      ],
    ],
    [
      'filters that nothing passes',
      'category=Food&platform=Instagram',
      [tick('category', 'Food'), tick('platform', 'Instagram')],
    ],
  ])('%s', async (_name, query, actions) => {
    await updated(page, () => page.click('#reset'));
    await updated(page, async () => {
      for (const action of actions) await action();
    });
    await shown(page);
    expect(decodeURIComponent(new URL(page.url()).search)).toBe(`?${query}`);
    await expectToAgree(page);
  });
});

describe('where the configuration filters', () => {
  it('starts from its filters, and can lift them', async () => {
    const { page, complaints } = await openPreview(browser, narrowed.address);
    await shown(page);
    expect(await isTicked(page, box('campaign', 'South'))).toBe(true);
    expect(await textAt(page, '#active')).toBe('2 filters');
    await expectToAgree(page);
    await updated(page, () => page.click(box('campaign', 'South')));
    expect(new URL(page.url()).search).toBe('?to=2025-06-12');
    await updated(page, () => fillField(page, 'to', ''));
    expect(new URL(page.url()).search).toBe('?all');
    expect(await textAt(page, '#active')).toBe('No filters');
    await updated(page, () => fillField(page, 'roas-below', 2));
    expect(new URL(page.url()).search).toBe('?all&roas-below=2');
    await expectToAgree(page);
    await updated(page, () => page.click('#reset'));
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
  });
});

describe('the address', () => {
  it('shows whoever opens it the same report and the same controls', async () => {
    await updated(page, () => page.click('#reset'));
    await updated(page, tick('campaign', 'South'));
    await updated(page, fill('max-followers', 6000));
    await updated(page, fill('roas-below', 2.5));
    const other = await openPreview(browser, page.url());
    await shown(other.page);
    expect(await sectionTexts(other.page)).toEqual(await sectionTexts(page));
    const controls = `JSON.stringify([...document.querySelector('#filters').elements].map((field) => [field.name, field.value, field.checked]))`;
    expect(await other.page.evaluate(controls)).toBe(await page.evaluate(controls));
    expect(other.complaints).toEqual([]);
  });

  it('goes back and forward through the reports that were shown', async () => {
    await updated(page, () => page.click('#reset'));
    const all = await sectionTexts(page);
    await updated(page, tick('category', 'Food'));
    const food = await sectionTexts(page);
    await updated(page, fill('min-followers', 60_000));
    await updated(page, () => page.goBack());
    expect(await sectionTexts(page)).toEqual(food);
    expect(await page.evaluate('document.querySelector("[name=min-followers]").value')).toBe('');
    await updated(page, () => page.goBack());
    expect(await sectionTexts(page)).toEqual(all);
    expect(await textAt(page, '#active')).toBe('No filters');
    await updated(page, () => page.goForward());
    expect(await sectionTexts(page)).toEqual(food);
    expect(await isTicked(page, box('category', 'Food'))).toBe(true);
  });

  it('keeps one step of the history for a number that is typed digit by digit', async () => {
    await updated(page, () => page.click('#reset'));
    const before = await page.evaluate('history.length');
    await page.focus('[name=max-followers]');
    for (const digit of '50000') await updated(page, () => page.keyboard.press(`Digit${digit}` as 'Digit5'));
    await page.keyboard.press('Tab');
    expect(new URL(page.url()).search).toBe('?max-followers=50000');
    expect(await page.evaluate('history.length')).toBe(Number(before) + 1);
    await updated(page, () => page.goBack());
    expect(new URL(page.url()).search).toBe('');
  });

  it('never lets a later answer to an earlier question win', async () => {
    const { page: late } = await openPreview(browser, serving.address, {
      before: `
        const ask = window.fetch;
        window.fetch = async (address) => {
          const answer = await ask(address);
          if (address.endsWith('?campaign=North')) await new Promise((resolve) => { window.release = resolve; });
          return answer;
        };`,
    });
    await shown(late);
    await late.click(box('campaign', 'North'));
    await late.waitForFunction(
      'window.release && document.querySelector("#words").textContent === "Updating…"',
    );
    await updated(late, () => late.click(box('campaign', 'South')));
    const texts = await sectionTexts(late);
    await late.evaluate(
      'new Promise((resolve) => { release(); requestAnimationFrame(() => requestAnimationFrame(resolve)); }).then(() => {})',
    );
    expect(await late.evaluate('document.documentElement.dataset.shown')).toBe(
      'campaign=North&campaign=South',
    );
    expect(await sectionTexts(late)).toEqual(texts);
  });
});

describe('a download', () => {
  it.each([
    ['PDF', 'pdf', 'application/pdf'],
    ['HTML', 'html', 'text/html; charset=utf-8'],
    ['XLSX', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['CSV', 'csv.zip', 'application/zip'],
    ['JSON', 'json', 'application/json'],
  ])('as %s is the report that is shown', async (label, ending, type) => {
    await updated(page, () => page.click('#reset'));
    await updated(page, tick('campaign', 'South'));
    const session = await page.createCDPSession();
    const downloads = path.join(desk.folder, label);
    await session.send('Browser.setDownloadBehavior', {
      behavior: 'allow',
      browserContextId: page.browserContext().id ?? '',
      downloadPath: downloads,
      eventsEnabled: true,
    });
    const done = new Promise<void>((resolve) => {
      session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve());
    });
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.url().includes('/download/')),
      page.click(`[aria-label="Download ${label}"]`),
      done,
    ]);
    expect(response.headers()['content-type']).toBe(type);
    expect(await readdir(downloads)).toEqual([
      expect.stringMatching(new RegExp(`^2025-06-20_south.*\\.${ending}$`)),
    ]);
    await page.waitForFunction(
      `document.querySelector('#said').textContent.endsWith('.${ending} is downloaded')`,
    );
    const [name = ''] = await readdir(downloads);
    const bytes = await readFile(path.join(downloads, name));
    if (ending === 'html') {
      const { page: alone } = await openFile(browser, path.join(downloads, name));
      expect(await sectionTexts(page)).toEqual(await sectionTexts(alone));
    }
    if (ending === 'json') expect(JSON.parse(bytes.toString())).toEqual(await built(page));
    if (ending === 'xlsx') expect(Object.keys(unzipSync(bytes))).toContain('xl/workbook.xml');
    if (ending === 'csv.zip') {
      const [, campaigns = new Uint8Array()] =
        Object.entries(unzipSync(bytes)).find(([file]) => file.endsWith('campaigns.csv')) ?? [];
      expect(strFromU8(campaigns)).toContain('South');
      expect(strFromU8(campaigns)).not.toContain('North');
    }
    if (ending === 'pdf') {
      const { pages } = await readPdf(bytes);
      expect(
        pages
          .flat()
          .map(({ text }) => text)
          .join(' '),
      ).toContain('filtered: South');
    }
  });
});

it('has said nothing and asked for nothing elsewhere', () => {
  expect(opened.complaints).toEqual([]);
});

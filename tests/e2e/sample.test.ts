import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../src/format/format.js';
import { packageRoot } from '../../src/package-root.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { runCli } from '../support/cli.js';
import { type PdfContent, readPdf } from '../support/pdf.js';
import {
  type Browser,
  faultsAt,
  noFaults,
  openFile,
  openReader,
  PAPER_WIDTH,
  type Page,
} from '../support/screen.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let reader: Browser;
let folder: string;
let remove: () => Promise<void>;
let report: Report;
let pdf: PdfContent;
const fileOf = (edition: string, name: string) => path.join(folder, edition, '2026-06-28', name);

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const build = (out: string) =>
    runCli(['build', '--data', 'data', '--as-of', '2026-06-28', '--out', path.join(folder, out)], {
      cwd: packageRoot,
      env: { TZ: out === 'first' ? 'America/New_York' : 'Asia/Tokyo' },
    });
  const [browser, ...runs] = await Promise.all([openReader(), build('first'), build('second')]);
  reader = browser;
  for (const { code, stderr } of runs)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
  report = reportSchema.parse(JSON.parse(await readFile(fileOf('first', 'report.json'), 'utf8')));
  pdf = await readPdf(await readFile(fileOf('first', 'report.pdf')));
});
afterAll(async () => {
  await Promise.all([reader.close(), remove()]);
});

it.each(['report.json', 'report.html', 'report.pdf'])(
  'makes the same %s in two processes, whatever their time zone',
  async (name) => {
    const [first, second] = await Promise.all([
      readFile(fileOf('first', name)),
      readFile(fileOf('second', name)),
    ]);
    expect(Buffer.compare(first, second)).toBe(0);
  },
);

describe('the PDF', () => {
  const textOf = (page: PdfContent['pages'][number] | undefined) =>
    (page ?? [])
      .map(({ text }) => text)
      .join('')
      .replace(/\s+/g, '');

  it('has its title, its language and a bookmark for each section', () => {
    const { meta, sections } = report;
    expect(pdf.title).toBe(`${meta.title} · ${meta.brand} · ${meta.period.label}`);
    expect(pdf.language).toBe('en-IN');
    expect(pdf.outline).toEqual(expect.arrayContaining(sections.map(({ headline }) => headline)));
  });

  it('tells the headline figures on page 1', () => {
    const format = createFormat('en-IN', 'INR');
    const [overview] = report.sections;
    const text = textOf(pdf.pages[0]);
    for (const id of ['revenue', 'payout', 'roas', 'roi']) {
      const kpi = overview?.kpis.find((candidate) => candidate.id === id);
      const written =
        kpi?.unit === 'money'
          ? format.compact(kpi.value)
          : format.value(kpi?.value ?? null, kpi?.unit ?? 'text');
      expect(text).toContain(written.replaceAll(' ', ''));
    }
  });

  it('numbers its pages, of which there are a dozen or so', () => {
    const count = pdf.pages.length;
    expect(count).toBeGreaterThanOrEqual(7);
    expect(count).toBeLessThanOrEqual(16);
    pdf.pages.forEach((page, index) => {
      expect(textOf(page)).toContain(`${index + 1}/${count}`);
    });
  });

  it('fills every page at least to a third, but for the last of a section', () => {
    const starts = pdf.pages.map((page) =>
      report.sections.some(({ headline }) => textOf(page).includes(headline.replace(/\s+/g, ''))),
    );
    const height = 842;
    const margins = { top: 57, bottom: 48 };
    pdf.pages.forEach((page, index) => {
      if (starts[index + 1] !== false) return;
      const body = page.filter(
        ({ text, y }) => text.trim() !== '' && y > margins.bottom && y < height - margins.top,
      );
      const lowest = Math.min(...body.map(({ y }) => y));
      const used = (height - margins.top - lowest) / (height - margins.top - margins.bottom);
      expect(used, `page ${index + 1}`).toBeGreaterThan(1 / 3);
    });
  });

  it('embeds its fonts and needs none of the reader', () => {
    expect(pdf.fonts.length).toBeGreaterThan(0);
    for (const font of pdf.fonts) expect(font).toMatch(/^[A-Z]{6}\+(Inter|Noto)/);
  });
});

describe('the page', () => {
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    ({ page, complaints } = await openFile(reader, fileOf('first', 'report.html')));
  });
  afterAll(async () => {
    expect(complaints).toEqual([]);
    await page.close();
  });

  const column = (table: string, key: string) =>
    page.evaluate(`(() => {
      const table = document.querySelector('[data-table="${table}"] table');
      const at = [...table.tHead.rows[0].cells].findIndex((head) => head.dataset.key === '${key}');
      return [...table.tBodies[0].rows].map((row) => row.cells[at].dataset.value);
    })()`) as Promise<string[]>;
  const sortOf = (table: string, key: string) =>
    page.evaluate(
      `document.querySelector('[data-table="${table}"] th[data-key="${key}"]').getAttribute('aria-sort')`,
    );
  const head = (table: string, key: string) => `[data-table="${table}"] th[data-key="${key}"] button`;
  const descending = (values: readonly string[]) => {
    const numbers = values.filter((value) => value !== '').map(Number);
    return [...numbers].sort((a, b) => b - a).map(String);
  };

  it('lies well on paper, a desk and a phone, and in landscape', async () => {
    expect.soft(await faultsAt(page, 'print', PAPER_WIDTH)).toEqual(noFaults);
    expect.soft(await faultsAt(page, 'print', 1_002)).toEqual(noFaults);
    expect.soft(await faultsAt(page, 'screen', 390)).toEqual(noFaults);
    expect.soft(await faultsAt(page, 'screen', 1280)).toEqual(noFaults);
  });

  it('sorts a column of figures by a click, the largest first, with n/a last both ways', async () => {
    const before = await column('influencers', 'roas');
    const undefinedCount = before.filter((value) => value === '').length;
    expect(undefinedCount).toBeGreaterThan(0);
    await page.click(head('influencers', 'roas'));
    const down = await column('influencers', 'roas');
    expect(await sortOf('influencers', 'roas')).toBe('descending');
    expect(down.slice(0, -undefinedCount)).toEqual(descending(before));
    await page.click(head('influencers', 'roas'));
    const up = await column('influencers', 'roas');
    expect(await sortOf('influencers', 'roas')).toBe('ascending');
    expect(up.slice(0, -undefinedCount)).toEqual(descending(before).reverse());
    expect(new Set(up.slice(-undefinedCount))).toEqual(new Set(['']));
  });

  it('sorts words from the keyboard, and one column at a time', async () => {
    await page.focus(head('influencers', 'name'));
    await page.keyboard.press('Enter');
    const names = await column('influencers', 'name');
    expect(names).toEqual([...names].sort(new Intl.Collator('en').compare));
    expect(await sortOf('influencers', 'name')).toBe('ascending');
    expect(await sortOf('influencers', 'roas')).toBe(null);
  });

  it('lists with its slider who lies below another ROAS', async () => {
    const state = () =>
      page.evaluate(`(() => {
        const rows = [...document.querySelectorAll('[data-table="underperformers"] tbody tr')];
        return {
          shown: rows.filter((row) => row.checkVisibility()).length,
          count: document.querySelector('#roas-below-count').textContent,
          title: document.querySelector('[data-table="underperformers"] h3').textContent,
        };
      })()`) as Promise<{ shown: number; count: string; title: string }>;
    const influencers = report.sections.find(({ id }) => id === 'influencer-analysis')?.tables[0]?.rows ?? [];
    const below = (limit: number) =>
      influencers.filter((row) => Number(row.payout) > 0 && typeof row.roas === 'number' && row.roas < limit)
        .length;
    expect(await state()).toEqual({
      shown: below(1),
      count: `${below(1)} influencers`,
      title: 'Influencers below 1.00×, largest gap first',
    });
    await page.focus('#roas-below');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
    expect(await state()).toEqual({
      shown: below(1.2),
      count: `${below(1.2)} influencers`,
      title: 'Influencers below 1.20×, largest gap first',
    });
    expect(below(1.2)).toBeGreaterThan(below(1));
    await page.keyboard.press('Home');
    expect((await state()).shown).toBe(0);
  });

  it('shows what a mark stands for when pointed at, and hides it again', async () => {
    await page.hover('#chart-weekly-revenue [data-tip]');
    const shown = await page.evaluate(
      `({ hidden: document.querySelector('.tip').hidden, text: document.querySelector('.tip').textContent })`,
    );
    expect(shown).toEqual({ hidden: false, text: expect.stringMatching(/: revenue ₹[\d,]+, payout ₹/) });
    await page.hover('h1');
    expect(await page.evaluate(`document.querySelector('.tip').hidden`)).toBe(true);
  });

  it.each(['light', 'dark'])('can be read on a %s screen', async (scheme) => {
    const probe = await readFile(new URL('../support/contrast-probe.js', import.meta.url), 'utf8');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    const { texts, poor } = (await page.evaluate(probe)) as { texts: number; poor: string[] };
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(scheme === 'dark' ? 'rgb(18, 24, 30)' : 'rgb(255, 255, 255)');
    expect(texts).toBeGreaterThan(500);
    expect(poor).toEqual([]);
    await page.emulateMediaFeatures([]);
  });
});

it('refuses a script that somebody puts into the page', async () => {
  const { page, complaints } = await openFile(reader, fileOf('first', 'report.html'));
  const policy = String(
    await page.evaluate(`document.querySelector('meta[http-equiv="Content-Security-Policy"]').content`),
  );
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  await page.evaluate(`(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
  })()`);
  expect(await page.evaluate('window.intruder')).toBeUndefined();
  expect(complaints.join()).toContain('Content Security Policy');
  await page.close();
});

it('is whole with scripts off', async () => {
  const { page, complaints } = await openFile(reader, fileOf('first', 'report.html'), { scripts: false });
  const seen = (await page.evaluate(`({
    headings: [...document.querySelectorAll('section > h1, section > h2')].filter((each) => each.checkVisibility())
      .map((each) => each.textContent),
    tables: [...document.querySelectorAll('table')].every((table) => table.checkVisibility()),
    rows: document.querySelectorAll('[data-table="influencers"] tbody tr').length,
    below: [...document.querySelectorAll('[data-table="underperformers"] tbody tr')].length > 0,
    slider: document.querySelector('.threshold').checkVisibility(),
    buttons: document.querySelectorAll('th button').length,
  })`)) as Record<string, unknown>;
  expect(seen).toEqual({
    headings: report.sections.map(({ headline }) => headline),
    tables: true,
    rows: report.sections.find(({ id }) => id === 'influencer-analysis')?.tables[0]?.rows.length,
    below: true,
    slider: false,
    buttons: 0,
  });
  expect(complaints).toEqual([]);
  await page.close();
});

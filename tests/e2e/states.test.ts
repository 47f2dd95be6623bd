import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreviousEdition } from '../../src/comparison/previous.js';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';
import { renderPdf, renderReport } from '../../src/render/render.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { readOutline } from '../support/pdf.js';
import { type Browser, faultsAt, noFaults, openFile, openReader, PAPER_WIDTH } from '../support/screen.js';
import { HOSTILE, type State, states } from '../support/states.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let printer: RunningBrowser;
let reader: Browser;
let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  [printer, reader, { folder, remove }] = await Promise.all([
    launchBrowser(quietEffects()),
    openReader(),
    temporaryFolder(),
  ]);
});
afterAll(async () => {
  await Promise.all([printer.close(), reader.close(), remove()]);
});

interface Built {
  report: Report;
  html: string;
  pdf: Uint8Array;
  /** What the run warned of after the sections were computed. */
  warnings: string[];
}

async function folderOf(name: string, tables: State['tables']): Promise<string> {
  const dataDir = path.join(folder, name);
  await mkdir(dataDir);
  await writeTables(dataDir, tables);
  return dataDir;
}

async function build({ name, tables, config, asOf, sections, before }: State): Promise<Built> {
  const dataDir = await folderOf(name, tables);
  const { filters, report: page, ...rest } = configSchema.parse(config);
  const inputs = {
    config: { ...rest, filters, report: page },
    ...(sections ? { sections } : {}),
  };
  let previous: PreviousEdition | null = null;
  if (before) {
    const earlier = {
      ...inputs,
      dataDir: await folderOf(`${name}, before`, before.tables),
      asOf: before.asOf,
    };
    previous = { report: (await computeReport(earlier, quietEffects())).report, sha256: '0'.repeat(64) };
  }
  const { report } = await computeReport({ ...inputs, dataDir, asOf, previous }, quietEffects());
  const warnings: string[] = [];
  const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
  const html = await renderReport(report, { page, templates: null }, effects);
  const pdf = await renderPdf(html, report, page, printer, effects);
  return { report, html, pdf, warnings };
}

describe.each(states)('$name', (state) => {
  let built: Built;
  let file: string;
  beforeAll(async () => {
    built = await build(state);
    file = path.join(folder, `${state.name}.html`);
    await writeFile(file, built.html);
  });

  it('is a whole report that survives being saved', () => {
    const { report } = built;
    expect(reportSchema.safeParse(report).error).toBeUndefined();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.badge.color).toBe(state.badge);
    expect(report.status).toBe(state.badge === 'red' ? 'degraded' : 'complete');
    expect(report.controls.every((control) => control.ok)).toBe(true);
  });

  it('is drawn without a warning', () => {
    expect(built.warnings).toEqual([]);
  });

  it('prints, with a page for every section', async () => {
    const { pageCount, outline } = await readOutline(built.pdf);
    const shown = state.tables.posts.length > 0 && !state.config.filters ? built.report.sections.length : 1;
    expect(pageCount).toBeGreaterThanOrEqual(shown);
    expect(pageCount).toBeLessThan(25);
    const headlines = built.report.sections.map(({ headline }) => headline);
    expect(outline.filter((title) => headlines.includes(title))).toEqual(headlines);
  });

  it('reads well on paper and screens, and stays within itself', async () => {
    const { page, complaints } = await openFile(reader, file);
    const text = String(await page.evaluate('document.body.textContent'));
    for (const shown of state.shows) expect.soft(text.includes(shown), shown).toBe(true);
    const headings = await page.evaluate(
      '[...document.querySelectorAll("section > h1, section > h2")].map((heading) => heading.textContent)',
    );
    expect(headings).toEqual(built.report.sections.map(({ headline }) => headline));
    expect(await page.evaluate('document.scripts.length')).toBe(1);
    expect.soft(await faultsAt(page, 'print', PAPER_WIDTH), 'on paper').toEqual(noFaults);
    expect.soft(await faultsAt(page, 'screen', 1280), 'on a desk').toEqual(noFaults);
    expect.soft(await faultsAt(page, 'screen', 390), 'on a phone').toEqual(noFaults);
    expect(complaints).toEqual([]);
    await page.close();
  });

  if (state.shows !== HOSTILE) return;
  it('shows hostile texts as they are, wherever they stand', async () => {
    const { page } = await openFile(reader, file);
    const textsOf = async (selector: string, of = 'element.textContent') =>
      String(
        await page.evaluate(
          `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => ${of}).join(' ')`,
        ),
      );
    const places = {
      campaigns: await textsOf('[data-table="campaigns"] td:first-child'),
      names: await textsOf('[data-table="influencers"] td:nth-child(1)'),
      categories: await textsOf('[data-table="influencers"] td:nth-child(2)'),
      platforms: await textsOf('[data-table="influencers"] td:nth-child(3)'),
      products: await textsOf('[data-table="products"] td:first-child'),
      captions: await textsOf('.sub'),
      tooltips: await textsOf('[data-tip]', 'element.dataset.tip'),
      masthead: await textsOf('.masthead p'),
      title: await textsOf('title'),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const hostile of HOSTILE) expect.soft(text, place).toContain(hostile);
    }
    expect(await page.evaluate('document.querySelectorAll("main img, main b[onclick]").length')).toBe(0);
    await page.close();
  });
});

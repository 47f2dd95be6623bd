import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quietEffects } from '../../src/effects.js';
import { type Serving, servePreview } from '../../src/preview/serve.js';
import { type CsvTables, writeTables } from './csv-tables.js';
import { type Browser, openReader, type Page } from './screen.js';
import { temporaryFolder } from './temporary-folder.js';

/** The page of a preview, and everything that its console said or that it asked for beyond its server. */
export interface OpenedPreview {
  page: Page;
  complaints: string[];
}

interface Opening {
  width?: number;
  scheme?: 'light' | 'dark';
  /** Runs in the page before its own scripts. */
  before?: string;
}

/** Opens the page of a preview in a window of its own, as a reader does; the report may not be there yet. */
export async function openPreview(
  browser: Browser,
  address: string,
  { width = 1280, scheme = 'light', before }: Opening = {},
): Promise<OpenedPreview> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const { origin } = new URL(address);
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      complaints.push(`request: ${request.url()}`);
  });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  if (before !== undefined) await page.evaluateOnNewDocument(before);
  await page.goto(address);
  return { page, complaints };
}

/** Waits until the report is in view that the address asks for, and the controls are filled in. */
export async function shown(page: Page): Promise<void> {
  await page.waitForFunction(
    'document.documentElement.dataset.complete === location.search.slice(1) && document.querySelector("#formats button")',
  );
}

/** Does something, and waits for the new report that it brings into view. */
export async function updated(page: Page, action: () => Promise<unknown>): Promise<void> {
  const count = 'performance.getEntriesByName("charts").length';
  const before = await page.evaluate(count);
  await action();
  await page.waitForFunction(
    `${count} > ${before} && document.documentElement.dataset.complete !== undefined`,
  );
}

/** Types into a field at the side as a whole, by its name, and leaves it. */
export async function fillField(page: Page, name: string, value: string | number): Promise<void> {
  await page.evaluate(`{
    const field = document.querySelector('#filters').elements[${JSON.stringify(name)}];
    field.value = ${JSON.stringify(String(value))};
    for (const type of ['input', 'change', 'focusout']) field.dispatchEvent(new Event(type, { bubbles: true }));
  }`);
}

/** The check box of a name at the side, as a selector. */
export function box(list: 'campaign' | 'category' | 'platform', value: string): string {
  return `input[name="${list}"][value=${JSON.stringify(value)}]`;
}

/** The texts of the sections of a report: in the frame of a preview, or in a document of its own. */
export async function sectionTexts(page: Page): Promise<string[]> {
  return (await page.evaluate(`{
    const report = document.querySelector('#report')?.contentDocument ?? document;
    [...report.querySelectorAll('main > section')].map((section) => section.textContent);
  }`)) as string[];
}

/** What is written at a place of the page. */
export async function textAt(page: Page, selector: string): Promise<string> {
  return String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`));
}

const SERVED = { cacheFolder: null, asOf: '2025-06-20', host: '127.0.0.1' };

/** A folder with data and other files, a browser, and the previews that are served from there. */
export interface PreviewDesk {
  folder: string;
  browser: Browser;
  /** Serves the data with a configuration of the folder, or none; the port is free unless told. */
  serve(configuration?: string, port?: number): Promise<Serving>;
  /** Ends what was served and opened, and removes the folder. */
  close(): Promise<void>;
}

/**
 * Makes a desk of its own.
 *
 * @param tables - written to `data/`
 * @param files - other files by their paths in the folder, such as a configuration
 */
export async function openDesk(tables: CsvTables, files: Record<string, string> = {}): Promise<PreviewDesk> {
  const { folder, remove } = await temporaryFolder();
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir);
  await writeTables(dataDir, tables);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const browser = await openReader({ loopback: true });
  const served: Serving[] = [];
  return {
    folder,
    browser,
    async serve(configuration, port = 0) {
      const configFile = configuration === undefined ? null : path.join(folder, configuration);
      const serving = await servePreview({ ...SERVED, dataDir, configFile, port }, quietEffects());
      served.push(serving);
      return serving;
    },
    async close() {
      await browser.close();
      await Promise.all(served.map((serving) => serving.close()));
      await remove();
    },
  };
}

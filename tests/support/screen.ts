import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { quietEffects } from '../../src/effects.js';
import { launchFlags } from '../../src/render/browser/flags.js';
import { locateBrowser } from '../../src/render/browser/locate.js';

export type { Browser, Page } from 'puppeteer-core';

/** Width of an A4 portrait page between its margins, in px. */
export const PAPER_WIDTH = 673;

const probe = await readFile(new URL('./page-probe.js', import.meta.url), 'utf8');

/** What is wrong with a page; every list is empty on a good one. */
export type Faults = Record<
  'wide' | 'clipped' | 'escaping' | 'outside' | 'overlaps' | 'scrolling',
  readonly string[]
>;

export const noFaults: Faults = {
  wide: [],
  clipped: [],
  escaping: [],
  outside: [],
  overlaps: [],
  scrolling: [],
};

/**
 * The browser of the report, for pages whose scripts run, as a reader's would.
 *
 * @param loopback - whether it reaches servers on this machine; it reaches no other
 */
export async function openReader({ loopback = false } = {}): Promise<Browser> {
  const { executable, env } = await locateBrowser(quietEffects());
  const launch = () =>
    puppeteer.launch({
      executablePath: executable,
      env,
      pipe: true,
      args: [
        ...launchFlags({ sandbox: process.getuid?.() !== 0 }),
        // The last rule holds.
        ...(loopback ? ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] : []),
      ],
    });
  // On a machine with much else to do a browser may end as it starts; that is no finding of the tests that need one.
  return launch().catch(launch);
}

/** A page that is read, and what it complained of or asked for beyond itself. */
export interface OpenedPage {
  page: Page;
  complaints: string[];
}

/** Opens an HTML file from the disk, as a double click does. */
export async function openFile(
  browser: Browser,
  file: string,
  { scripts = true, width = 1280 } = {},
): Promise<OpenedPage> {
  const address = pathToFileURL(file).href;
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) {
      complaints.push(`request: ${request.url()}`);
    }
  });
  await page.setJavaScriptEnabled(scripts);
  await page.setViewport({ width, height: 900 });
  await page.goto(address);
  await page.evaluate('document.fonts.ready.then(() => {})');
  return { page, complaints };
}

/** Lays the page out for a medium and width, and says what is wrong with it. */
export async function faultsAt(page: Page, medium: 'print' | 'screen', width: number): Promise<Faults> {
  await page.emulateMediaType(medium);
  await page.setViewport({ width, height: 900 });
  await page.evaluate('document.fonts.ready.then(() => {})');
  return (await page.evaluate(probe)) as Faults;
}

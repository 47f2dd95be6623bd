import { EXIT, messageOf, ReportError } from '../errors.js';
import type { RunningBrowser } from './browser/launch.js';

/** How to print. */
export interface PrintOptions {
  /** The report's date, YYYY-MM-DD; it becomes the PDF's date of creation. */
  asOf: string;
  /** Paper where the page's own CSS (`@page { size }`) names none. */
  paper: 'A4' | 'Letter';
  orientation: 'portrait' | 'landscape';
  signal: AbortSignal;
  /** The one deadline over the whole print, in milliseconds. */
  timeoutMs?: number;
}

/** A printed document. */
export interface PrintedPdf {
  pdf: Uint8Array;
  /** Addresses that the page asked for and was refused: anything but `data:`. */
  blocked: string[];
}

/**
 * Prints a document as `printPage` does, on a browser that has nothing else to do.
 * @throws what `printPage` throws; the browser is killed then
 */
export async function printPdf(
  browser: RunningBrowser,
  html: string,
  options: PrintOptions,
): Promise<PrintedPdf> {
  try {
    return await printPage(browser, html, options);
  } catch (error) {
    await browser.kill();
    throw error;
  }
}

/**
 * Prints a self-contained HTML document, with bookmarks, tags, title and language; page headers and footers are the
 * document's own `@page` margin boxes. No script runs, nothing is fetched. The same HTML and date give the same bytes.
 * @throws ReportError `render-timeout` or `render-failed`, or the reason of the aborted signal; other pages of the browser go on
 */
export async function printPage(
  browser: RunningBrowser,
  html: string,
  { asOf, paper, orientation, signal, timeoutMs = 60_000 }: PrintOptions,
): Promise<PrintedPdf> {
  const limit = limitOf(signal, timeoutMs);
  try {
    return await print(browser, html, { asOf, paper, orientation }, limit.stopped);
  } catch (error) {
    signal.throwIfAborted();
    if (limit.isLate()) {
      throw new ReportError(`Printing the PDF took longer than ${timeoutMs / 1000} s and was stopped.`, {
        code: 'render-timeout',
        exitCode: EXIT.rendering,
        hint: 'Allow more time, or print a smaller report.',
      });
    }
    throw new ReportError(`The browser failed while printing the PDF: ${messageOf(error)}`, {
      code: 'render-failed',
      exitCode: EXIT.rendering,
      hint: 'Run again; if it fails each time, check free memory or set PUPPETEER_EXECUTABLE_PATH to another Chrome.',
      cause: error,
    });
  } finally {
    limit.lift();
  }
}

async function print(
  browser: RunningBrowser,
  html: string,
  { asOf, paper, orientation }: Pick<PrintOptions, 'asOf' | 'paper' | 'orientation'>,
  stopped: Promise<never>,
): Promise<PrintedPdf> {
  const { page, blocked, crashed, close } = await Promise.race([browser.openPage(), stopped]);
  const printed = async () => {
    await page.setContent(hideOnScreen(html), { timeout: 0 });
    // Nothing is laid out before printing, and printing does not wait for fonts that it finds missing.
    await page.evaluate('Promise.allSettled([...document.fonts].map((face) => face.load())).then(() => {})');
    return page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
      format: paper,
      landscape: orientation === 'landscape',
      waitForFonts: false,
      timeout: 0,
    });
  };
  try {
    const pdf = await Promise.race([printed(), crashed, stopped]);
    return { pdf: withDate(pdf, asOf), blocked: [...blocked] };
  } finally {
    void close().catch(() => {});
  }
}

/**
 * Chromium numbers the nodes of a page as it paints them, and writes the numbers into the PDF's tags. Whether the screen
 * is painted before the paper is a matter of luck, so the screen gets nothing to paint; that saves its layout too. An
 * important rule of the first layer wins over every other rule.
 */
function hideOnScreen(html: string): string {
  const doctype = /^\s*(<!doctype[^>]*>)?/i.exec(html)?.[0] ?? '';
  const style = '<style media="screen">@layer{html{display:none!important}}</style>';
  return doctype + style + html.slice(doctype.length);
}

/** Overwrites the dates of creation and change; the length stays, so the PDF's table of offsets does. */
function withDate(pdf: Uint8Array, asOf: string): Uint8Array {
  const midnight = `${asOf.replaceAll('-', '')}000000+00'00'`;
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  for (const key of ['/CreationDate (D:', '/ModDate (D:']) {
    const start = bytes.indexOf(key, 0, 'latin1') + key.length;
    const end = bytes.indexOf(')', start, 'latin1');
    if (start < key.length || end - start !== midnight.length) throw new Error(`The PDF lacks ${key}…)`);
    bytes.write(midnight, start, 'latin1');
  }
  return pdf;
}

/**
 * What ends a print early: an abort, or the deadline. Lifted at the end, since what still waited would hold the PDF in memory.
 */
function limitOf(signal: AbortSignal, timeoutMs: number) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error('too late')), timeoutMs);
  const lifted = new AbortController();
  const stopped = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    for (const cause of [signal, late.signal])
      cause.addEventListener('abort', () => reject(cause.reason), { once: true, signal: lifted.signal });
  });
  stopped.catch(() => {});
  return {
    stopped,
    isLate: () => late.signal.aborted,
    lift: () => {
      clearTimeout(timer);
      lifted.abort();
    },
  };
}

import type { Browser, Page } from 'puppeteer-core/lib/esm/puppeteer/puppeteer-core-browser.js';

/** A page of its own browser context that runs no script and loads nothing from outside. */
export interface IsolatedPage {
  page: Page;
  /** The addresses that the page asked for and was refused, in order, without repetition. */
  blocked: ReadonlySet<string>;
  /** Rejects when the page crashes; never resolves. */
  crashed: Promise<never>;
  /** Closes the page with its context. */
  close(): Promise<void>;
}

/**
 * Opens an empty page behind three walls: scripts are off, every request but for `data:` and `about:` is refused here,
 * and the browser's flags let no name resolve (see `launchFlags`) for what does not pass here, such as prefetching.
 */
export async function openIsolatedPage(browser: Browser): Promise<IsolatedPage> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const blocked = new Set<string>();
  const crashed = new Promise<never>((_resolve, reject) => page.once('error', reject));
  crashed.catch(() => {});
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    blocked.add(request.url);
    // Not a failure that shows: an aborted navigation leaves the page as it is, and no error page gets printed.
    session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => {});
  });
  await Promise.all([page.setJavaScriptEnabled(false), session.send('Fetch.enable')]);
  return { page, blocked, crashed, close: () => context.close() };
}

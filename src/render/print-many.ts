import type { Effects } from '../effects.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import type { Report } from '../report/schema.js';
import type { RunningBrowser } from './browser/launch.js';
import { type SharedBrowser, shareBrowser } from './browser/shared-browser.js';
import type { Page } from './page-css.js';
import { type PrintedPdf, printPage, printPdf } from './print-pdf.js';

/** A document to print; `key` names it in errors and in what comes back. */
export interface Printable {
  key: string;
  html: string;
  report: Report;
}

/** What became of a document. */
export type Printed = { key: string; pdf: Uint8Array } | { key: string; error: ReportError };

export interface PrintManyOptions {
  page: Page;
  /** Starts a browser; it is closed here. */
  launch: () => Promise<RunningBrowser>;
  /** The browser that prints, where other work is done on it too; closed here as well. */
  browsers?: SharedBrowser;
  /** Documents printed at the same time. */
  pages?: number;
}

/**
 * Prints many documents on one browser, each on a page of its own, with the bytes that `printPdf` gives. The next document is asked for
 * while others print, and no more than one waits, so that whatever makes it works meanwhile and little lies in memory.
 *
 * A document that fails is tried once more, alone on a fresh browser; then it comes back with a ReportError that names it, and the others go
 * on. They come back as they are done, which is not always in their order.
 *
 * @throws what `documents` or `launch` throws, or the reason of the aborted signal; every browser is gone then
 */
export async function* printMany(
  documents: AsyncIterable<Printable>,
  { page, launch, browsers = shareBrowser(launch), pages = 2 }: PrintManyOptions,
  effects: Pick<Effects, 'signal' | 'warn'>,
): AsyncGenerator<Printed, void, undefined> {
  const ending = new AbortController();
  const signal = AbortSignal.any([effects.signal, ending.signal]);
  const source = documents[Symbol.asyncIterator]();
  const printing = new Map<number, Promise<{ number: number; printed: Printed }>>();
  const next = () => handled(source.next());
  const printAs = async (document: Printable, number: number) => ({
    number,
    printed: await printOne(document),
  });

  async function printOne({ key, html, report }: Printable): Promise<Printed> {
    const options = { ...page, asOf: report.meta.asOf, signal };
    const told = ({ pdf, blocked }: PrintedPdf): Printed => {
      for (const address of blocked) effects.warn(`Blocked while printing ${key}: ${address}`);
      return { key, pdf };
    };
    try {
      return told(await browsers.use((browser) => printPage(browser, html, options)));
    } catch (error) {
      signal.throwIfAborted();
      effects.warn(`Printing ${key} is tried once more: ${messageOf(error)}`);
    }
    const browser = await launch();
    try {
      return told(await printPdf(browser, html, options));
    } catch (error) {
      signal.throwIfAborted();
      return { key, error: failed(key, error) };
    } finally {
      await browser.close();
    }
  }

  let upcoming: ReturnType<typeof next> | null = next();
  try {
    for (let number = 0; upcoming !== null || printing.size > 0; number++) {
      const arriving = upcoming !== null && printing.size < pages ? [upcoming] : [];
      const event = await Promise.race([...arriving, ...printing.values()]);
      if ('printed' in event) {
        printing.delete(event.number);
        yield event.printed;
      } else if (event.done) {
        upcoming = null;
      } else {
        printing.set(number, handled(printAs(event.value, number)));
        upcoming = next();
      }
    }
  } finally {
    ending.abort(new Error('Nobody waits for these documents any more.'));
    await browsers.close();
    await Promise.allSettled(printing.values());
    await source.return?.();
  }
}

/** A promise that may fail while nobody waits for it. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

function failed(key: string, error: unknown): ReportError {
  const { code, hint } = error instanceof ReportError ? error : { code: 'render-failed', hint: undefined };
  return new ReportError(`The PDF of ${key} cannot be printed. ${messageOf(error)}`, {
    code,
    exitCode: EXIT.rendering,
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

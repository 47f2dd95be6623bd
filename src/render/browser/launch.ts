import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core/lib/esm/puppeteer/puppeteer-core-browser.js';
import type { Effects } from '../../effects.js';
import { EXIT, ReportError } from '../../errors.js';
import { type BrowserProcess, StartError, startProcess } from './browser-process.js';
import { launchFlags } from './flags.js';
import { type IsolatedPage, openIsolatedPage } from './isolated-page.js';
import { installedBrowser, type LocatedBrowser, locateBrowser, noBrowser } from './locate.js';

const START_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 1_000;

/** A browser that is up and waits for pages. */
export interface RunningBrowser {
  readonly located: LocatedBrowser;
  readonly pid: number;
  /** False where the system does not allow the browser's sandbox. */
  readonly sandboxed: boolean;
  /** Name and version as it tells them, such as "HeadlessChrome/147.0.7727.0". */
  version(): Promise<string>;
  /** Opens a page; the first one was prepared when the browser started. */
  openPage(): Promise<IsolatedPage>;
  /** Lets the browser quit, and kills it when that takes more than a second. May be called again. */
  close(): Promise<void>;
  /** Kills the browser at once. May be called again. */
  kill(): Promise<void>;
}

/**
 * Starts the browser that `locateBrowser` chooses, or an installed Chrome where the packaged browser does not start.
 * An abort of the signal kills it at any time; no process and no profile folder outlives `close`, `kill` or an abort.
 * @throws ReportError `no-browser` or `browser-start`, those of `locateBrowser`, or the reason of the aborted signal
 */
export async function launchBrowser(effects: Pick<Effects, 'progress' | 'signal'>): Promise<RunningBrowser> {
  effects.signal.throwIfAborted();
  const located = await locateBrowser(effects);
  try {
    return await startSandboxed(located, effects);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    if (located.kind !== 'packaged') throw cannotStart(located, error);
    const installed = await installedBrowser();
    if (!installed) throw noBrowser(`The packaged browser does not start here (${error.message})`, error);
    effects.progress('The packaged browser does not start here; using the installed Chrome');
    return await startSandboxed(installed, effects).catch((second: unknown) => {
      throw second instanceof StartError ? cannotStart(installed, second) : second;
    });
  }
}

async function startSandboxed(
  located: LocatedBrowser,
  effects: Pick<Effects, 'progress' | 'signal'>,
): Promise<RunningBrowser> {
  // Chromium refuses to run as root with its sandbox on.
  if (process.getuid?.() === 0) return start(located, false, effects.signal);
  try {
    return await start(located, true, effects.signal);
  } catch (error) {
    if (!(error instanceof StartError) || !/sandbox|namespace/i.test(error.log)) throw error;
    effects.progress("This system does not allow the browser's sandbox; printing without it");
    return start(located, false, effects.signal);
  }
}

async function start(
  located: LocatedBrowser,
  sandboxed: boolean,
  signal: AbortSignal,
): Promise<RunningBrowser> {
  const child = await startProcess(located, launchFlags({ sandbox: sandboxed }));
  const onAbort = () => void child.kill().catch(() => {});
  signal.addEventListener('abort', onAbort, { once: true });
  void child.exited.then(() => signal.removeEventListener('abort', onAbort));
  try {
    signal.throwIfAborted();
    return runningBrowser(await connect(child, located.executable), child, located, sandboxed);
  } catch (error) {
    await child.kill();
    signal.throwIfAborted();
    throw error;
  }
}

async function connect(child: BrowserProcess, executable: string): Promise<Browser> {
  // The process starts while this is imported: each takes about a tenth of a second.
  const puppeteer = await import('puppeteer-core/lib/esm/puppeteer/puppeteer-core-browser.js');
  const died = child.exited.then((log) => {
    throw new StartError(`${executable} ended at once${log && `: ${log.split('\n').at(-1)}`}`, log);
  });
  const late = setTimeout(START_LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new StartError(`${executable} did not answer within ${START_LIMIT_MS / 1000} s`);
  });
  const connected = puppeteer.connect({
    transport: child.transport,
    defaultViewport: null,
    protocolTimeout: 0,
    // Requests are judged by the isolated page itself; the rest of the traffic report is not worth its time.
    networkEnabled: false,
    issuesEnabled: false,
  });
  // A connection breaks because the process ended, and that says more.
  return Promise.race([connected.catch(() => died), died, late]);
}

function runningBrowser(
  browser: Browser,
  child: BrowserProcess,
  located: LocatedBrowser,
  sandboxed: boolean,
): RunningBrowser {
  let prepared: Promise<IsolatedPage> | undefined = openIsolatedPage(browser);
  prepared.catch(() => {});
  let closing: Promise<void> | undefined;
  const quit = async () => {
    const limit = setTimeout(CLOSE_LIMIT_MS, undefined, { ref: false });
    await Promise.race([browser.close().then(() => child.exited), limit]).catch(() => {});
    await child.kill();
  };
  return {
    located,
    pid: child.pid,
    sandboxed,
    version: () => browser.version(),
    openPage: () => {
      const page = prepared ?? openIsolatedPage(browser);
      prepared = undefined;
      return page;
    },
    close: () => {
      closing ??= quit();
      return closing;
    },
    kill: child.kill,
  };
}

function cannotStart({ executable, kind }: LocatedBrowser, error: StartError): ReportError {
  return new ReportError(`The browser does not start: ${error.message}.`, {
    code: 'browser-start',
    exitCode: EXIT.rendering,
    hint:
      kind === 'named'
        ? 'Set PUPPETEER_EXECUTABLE_PATH to a Chrome or Chromium that runs here, or unset it.'
        : `Run ${executable} --version to see what it lacks, or set PUPPETEER_EXECUTABLE_PATH to another Chrome.`,
    cause: error,
  });
}

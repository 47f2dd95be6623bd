import type { RunningBrowser } from './launch.js';

/** A browser that several pieces of work use at the same time, replaced when one of them fails on it. */
export interface SharedBrowser {
  /** Does a piece of work on the browser. One that fails is the last to begin on this browser; the others there go on to their end. */
  use<Result>(work: (browser: RunningBrowser) => Promise<Result>): Promise<Result>;
  /** Ends every browser, also under work that is not done. */
  close(): Promise<void>;
}

/** @param launch - starts a browser; called for the first piece of work and after a failure */
export function shareBrowser(launch: () => Promise<RunningBrowser>): SharedBrowser {
  const open = new Map<Promise<RunningBrowser>, number>();
  let current: Promise<RunningBrowser> | undefined;
  const end = async (browser: Promise<RunningBrowser>) => {
    open.delete(browser);
    await browser.then(({ close }) => close()).catch(() => {});
  };
  return {
    async use(work) {
      current ??= launch();
      const browser = current;
      const users = () => open.get(browser) ?? 0;
      open.set(browser, users() + 1);
      try {
        return await work(await browser);
      } catch (error) {
        if (current === browser) current = undefined;
        throw error;
      } finally {
        open.set(browser, users() - 1);
        if (users() === 0 && current !== browser) await end(browser);
      }
    },
    async close() {
      current = undefined;
      await Promise.all([...open.keys()].map(end));
    },
  };
}

import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';
import {
  type Printable,
  type Printed,
  type PrintManyOptions,
  printMany,
} from '../../src/render/print-many.js';
import { printPdf } from '../../src/render/print-pdf.js';
import { reportWith } from '../support/report.js';
import { eventually, processesOf } from './browser/browser-programs.js';

const page = { paper: 'A4', orientation: 'portrait' } as const;
const report = reportWith({});
const document = (key: string): Printable => ({
  key,
  html: `<!doctype html><title>${key}</title>${`<h1 style="break-before:page">${key}</h1>`.repeat(20)}`,
  report,
});
const keys = ['a', 'b', 'c', 'd', 'e'];

async function* documents(of: readonly string[] = keys): AsyncGenerator<Printable> {
  for (const key of of) yield document(key);
}

let launched: RunningBrowser[] = [];
/** A browser as it is, or with another way to open pages. */
const launch =
  (change: (browser: RunningBrowser) => Partial<RunningBrowser> = () => ({})) =>
  async () => {
    const browser = await launchBrowser(quietEffects());
    launched.push(browser);
    return { ...browser, ...change(browser) };
  };
afterEach(async () => {
  expect(launched.length).toBeGreaterThan(0);
  for (const { pid } of launched) expect(await eventually(() => processesOf(pid).length === 0)).toBe(true);
  launched = [];
});

async function printAll(
  from: AsyncIterable<Printable>,
  options: Partial<PrintManyOptions> = {},
  effects = quietEffects(),
) {
  const results = new Map<string, Printed>();
  for await (const printed of printMany(from, { page, launch: launch(), ...options }, effects))
    results.set(printed.key, printed);
  return results;
}

describe('many documents', () => {
  it('are printed on one browser, two at a time, to the bytes that one print gives', async () => {
    let pages = 0;
    let most = 0;
    const counting = launch((browser) => ({
      openPage: async () => {
        // From the asking on: a page may print before another that was asked for with it is open.
        pages++;
        most = Math.max(most, pages);
        const opened = await browser.openPage();
        const close = () => {
          pages--;
          return opened.close();
        };
        return { ...opened, close };
      },
    }));
    const results = await printAll(documents(), { launch: counting });
    expect([...results.keys()].sort()).toEqual(keys);
    expect(launched).toHaveLength(1);
    expect(most).toBe(2);
    expect(pages).toBe(0);
    const alone = await launchBrowser(quietEffects());
    for (const key of keys) {
      const { pdf } = await printPdf(alone, document(key).html, {
        ...page,
        asOf: report.meta.asOf,
        signal: quietEffects().signal,
      });
      const many = results.get(key);
      expect(many && 'pdf' in many && Buffer.compare(many.pdf, pdf)).toBe(0);
    }
    await alone.close();
  });

  it('are asked for one ahead: the next is made while others print', async () => {
    let asked = 0;
    let printed = 0;
    async function* counted(): AsyncGenerator<Printable> {
      for (const key of keys) {
        asked++;
        expect(asked - printed).toBeLessThanOrEqual(3);
        yield document(key);
      }
    }
    const ahead: number[] = [];
    for await (const _ of printMany(counted(), { page, launch: launch(), pages: 1 }, quietEffects())) {
      printed++;
      ahead.push(asked - printed);
    }
    expect(printed).toBe(keys.length);
    expect(Math.max(...ahead)).toBeGreaterThanOrEqual(1);
  });

  it('may be none', async () => {
    launched.push(await launchBrowser(quietEffects()));
    await launched[0]?.close();
    expect((await printAll(documents([]))).size).toBe(0);
    expect(launched).toHaveLength(1);
  });
});

describe('a document that fails', () => {
  /** Lets the openings of a page of these numbers, counted over all browsers, fail. */
  function failing(numbers: readonly number[]) {
    let opening = 0;
    return launch((browser) => ({
      openPage: async () => {
        opening++;
        if (numbers.includes(opening)) throw new Error('the page crashed');
        return browser.openPage();
      },
    }));
  }

  it('is printed on a fresh browser, and the warning says so', async () => {
    const warnings: string[] = [];
    const effects = { ...quietEffects(), warn: (line: string) => void warnings.push(line) };
    const results = await printAll(documents(['a', 'b']), { launch: failing([1]), pages: 1 }, effects);
    expect([...results.values()].map((printed) => 'pdf' in printed)).toEqual([true, true]);
    expect(warnings).toEqual([
      'Printing a is tried once more: The browser failed while printing the PDF: the page crashed',
    ]);
  });

  it('is given up after the second time, by its name, and the others are printed', async () => {
    const results = await printAll(documents(['a', 'b']), { launch: failing([1, 2]), pages: 1 });
    expect(results.get('a')).toMatchObject({
      error: {
        code: 'render-failed',
        exitCode: 4,
        message: expect.stringContaining('The PDF of a cannot be printed.'),
      },
    });
    expect(results.get('b')).toHaveProperty('pdf');
  });

  it.runIf(process.platform === 'linux')('because its page crashed is printed too', async () => {
    let crashes = 0;
    const crashing = launch((browser) => ({
      openPage: async () => {
        const opened = await browser.openPage();
        if (launched.length > 1) return opened;
        for (const pid of processesOf(browser.pid)) {
          const line = await readFile(`/proc/${pid}/cmdline`, 'latin1');
          if (!line.includes('--type=renderer')) continue;
          crashes++;
          process.kill(pid, 'SIGKILL');
        }
        return opened;
      },
    }));
    const results = await printAll(documents(['a']), { launch: crashing });
    expect(crashes).toBeGreaterThan(0);
    expect(results.get('a')).toHaveProperty('pdf');
  });

  it('because its browser died leaves the others printed', async () => {
    let opening = 0;
    const dying = launch((browser) => ({
      openPage: async () => {
        opening++;
        const number = opening;
        const opened = await browser.openPage();
        if (number === 3) process.kill(browser.pid, 'SIGKILL');
        return opened;
      },
    }));
    const results = await printAll(documents(), { launch: dying });
    expect(
      [...results]
        .filter(([, printed]) => 'pdf' in printed)
        .map(([key]) => key)
        .sort(),
    ).toEqual(keys);
    expect(launched.length).toBeGreaterThan(1);
  });
});

describe('printing that ends early', () => {
  it('by an abort throws its reason', async () => {
    const controller = new AbortController();
    const effects = { ...quietEffects(), signal: controller.signal };
    async function* endless(): AsyncGenerator<Printable> {
      for (let number = 0; ; number++) {
        if (number === 3) controller.abort(new Error('enough'));
        await setImmediate();
        yield document(String(number));
      }
    }
    await expect(printAll(endless(), {}, effects)).rejects.toThrow('enough');
  });

  it('because nobody asks for more ends the source too', async () => {
    let ended = false;
    async function* watched(): AsyncGenerator<Printable> {
      try {
        yield* documents();
      } finally {
        ended = true;
      }
    }
    for await (const _ of printMany(watched(), { page, launch: launch() }, quietEffects())) break;
    expect(ended).toBe(true);
  });

  it('because the source fails throws what it throws', async () => {
    async function* broken(): AsyncGenerator<Printable> {
      yield document('a');
      throw new Error('no more data');
    }
    await expect(printAll(broken())).rejects.toThrow('no more data');
  });
});

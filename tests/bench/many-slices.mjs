// Many PDFs from one load of the sample: `node --expose-gc many-slices.mjs FOLDER MARKS`. MARKS are numbers of slices
// after which the memory is read, such as 50,100,200; the last is how many there are. The HTML goes into FOLDER, for the bare loop.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../dist/config/load.js';
import { quietEffects } from '../../dist/effects.js';
import { withSlices } from '../../dist/pipeline/slices.js';
import { launchBrowser } from '../../dist/render/browser/launch.js';
import { printMany } from '../../dist/render/print-many.js';
import { renderReport } from '../../dist/render/render.js';
import { AS_OF, CONFIG, SAMPLE } from './places.mjs';
import { sampleFilters } from './sample-filters.mjs';

/** Memory swings with the pages that are open; so many readings before a mark stand for it. */
const READINGS = 11;

const [, , folder, list] = process.argv;
const marks = list.split(',').map(Number);
const effects = quietEffects();
const config = await loadConfig(CONFIG);
const page = config.report;
const browsers = [];
const launch = async () => {
  const browser = await launchBrowser(effects);
  browsers.push(browser.pid);
  return browser;
};

async function* documents(compute) {
  for (const [number, filters] of (await sampleFilters(marks.at(-1))).entries()) {
    const report = await compute({ filters, isolated: true });
    const html = await renderReport(report, { page, templates: config.theme.templates }, effects);
    const key = String(number).padStart(4, '0');
    await writeFile(path.join(folder, `${key}.html`), html);
    yield { key, html, report };
  }
}

/** Memory of this process after a garbage collection, and of all processes of the browsers, shared pages divided among them. */
async function memory() {
  globalThis.gc?.();
  return { nodeBytes: process.memoryUsage.rss(), browserBytes: await browserBytes() };
}

async function browserBytes() {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const sizes = await Promise.all(
    processes.map(async (pid) => {
      try {
        const [, , group] = (await readFile(`/proc/${pid}/stat`, 'latin1')).replace(/^.*\) /s, '').split(' ');
        if (!browsers.includes(Number(group))) return 0;
        const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1');
        return Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
      } catch {
        return 0;
      }
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const result = await withSlices({ dataDir: SAMPLE, config, asOf: AS_OF }, effects, async ({ compute }) => {
  const readings = [];
  let number = 0;
  for await (const printed of printMany(documents(compute), { page, launch }, effects)) {
    if ('error' in printed) throw printed.error;
    await writeFile(path.join(folder, `${printed.key}.pdf`), printed.pdf);
    number += 1;
    if (marks.some((mark) => mark - READINGS < number && number <= mark))
      readings.push({ slices: number, ...(await memory()) });
  }
  return readings;
});
process.stdout.write(JSON.stringify({ readings: result, browsers: browsers.length }));

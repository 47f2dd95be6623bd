import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';
import { runChild } from './child.mjs';
import { spread } from './numbers.mjs';
import { AS_OF, CONFIG, inPackage, SAMPLE } from './places.mjs';

/** The printing browser resolves no name, not even that of this machine. */
const PRINTING_ONLY = /^--host-resolver-rules/;
const WARM_UP = 8;
const LIMIT_MS = 120_000;
/** Changes of one filter each, one after the other, as somebody makes them who looks for something; each leaves the ones before in force. */
const CHANGES = [
  ['category', 0],
  ['min-followers', '20000'],
  ['category', 2],
  ['platform', 1],
  ['category', 0],
  ['min-followers', '100000'],
  ['campaign', 3],
  ['campaign', 7],
  ['from', '2026-01-01'],
  ['campaign', 3],
  ['platform', 1],
  ['roas-below', '0.8'],
  ['from', '2026-05-01'],
  ['campaign', 7],
  ['min-followers', ''],
  ['platform', 3],
  ['top-posts', 'likes'],
  ['category', 4],
  ['from', ''],
  ['max-followers', '600000'],
  ['platform', 3],
  ['category', 2],
  ['max-followers', ''],
  ['category', 4],
];

/**
 * Benchmark e: from a changed filter to the new report drawn in the page of the real preview in a real browser, and to the last of its charts,
 * which come after the figures. The sample, and `rows` generated orders.
 *
 * @returns for each, the milliseconds of all changes until the report, until its charts, and of the server's share in the report
 */
export async function previewFilters({ rows, browser, scratch, progress, signal }) {
  const sample = await previewOf(SAMPLE, { turns: 3, browser, progress, signal, name: 'sample' });
  const data = path.join(scratch, `preview-${rows}`);
  await mkdir(data);
  try {
    const name = `${rows.toLocaleString('en-US')} orders`;
    progress(`e: making ${name}`);
    await runChild([inPackage('dist/sample/main.js'), '--size', String(rows), '--out', data], signal);
    return { rows, sample, large: await previewOf(data, { turns: 1, browser, progress, signal, name }) };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

async function previewOf(data, { turns, browser, progress, signal, name }) {
  progress(`e: preview of the ${name}`);
  const server = spawn(
    process.execPath,
    [
      inPackage('dist/cli.js'),
      'preview',
      '--data',
      data,
      '--config',
      CONFIG,
      '--as-of',
      AS_OF,
      '--port',
      '0',
      '--no-cache',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const stop = () => server.kill();
  signal.addEventListener('abort', stop, { once: true });
  let reader;
  try {
    const address = await firstLine(server);
    const { executable, env, flags } = browser;
    reader = await puppeteer.launch({
      executablePath: executable,
      env,
      pipe: true,
      args: flags.filter((flag) => !PRINTING_ONLY.test(flag)),
      protocolTimeout: LIMIT_MS,
    });
    const page = await reader.newPage();
    await page.setViewport({ width: 1280, height: 860 });
    await page.goto(address, { timeout: LIMIT_MS });
    await page.waitForFunction('document.documentElement.dataset.complete !== undefined', {
      timeout: LIMIT_MS,
    });
    for (const change of CHANGES.slice(0, WARM_UP)) await page.evaluate(makeChange, change, turns);
    const changes = [];
    for (let turn = 0; turn < turns; turn += 1) {
      await page.evaluate(() => document.getElementById('reset').click());
      await page.waitForFunction('document.documentElement.dataset.complete === ""', { timeout: LIMIT_MS });
      for (const change of CHANGES) changes.push(await page.evaluate(makeChange, change, turn));
    }
    return {
      changes: changes.length,
      total: spread(changes.map(({ total }) => total)),
      charts: spread(changes.map(({ charts }) => charts)),
      server: spread(changes.map(({ server: share }) => share)),
      times: changes,
    };
  } finally {
    signal.removeEventListener('abort', stop);
    await reader?.close();
    server.kill();
  }
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The preview ended before it was served.');
}

/**
 * Runs in the page: changes one control as its user does, and waits until the page says that the new report is drawn. Each turn takes other
 * boxes and numbers, so that no report or chart of one is remembered in the next.
 */
async function makeChange([name, value], turn) {
  performance.clearMeasures();
  performance.clearResourceTimings();
  const durations = {};
  const complete = new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      for (const { name: part, duration } of list.getEntries()) durations[part] = duration;
      if (durations.charts === undefined) return;
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'measure' });
  });
  const { elements } = document.getElementById('filters');
  if (typeof value === 'number') {
    const boxes = document.querySelectorAll(`[data-choices="${name}"] input[type=checkbox]`);
    boxes[(value + turn) % boxes.length].click();
  } else {
    elements[name].value = /followers/.test(name) && value !== '' ? Number(value) + 1_111 * turn : value;
    const kind = name === 'from' ? 'focusout' : name === 'top-posts' ? 'input' : 'change';
    elements[name].dispatchEvent(new Event(kind, { bubbles: true }));
  }
  await complete;
  const [request] = performance
    .getEntriesByType('resource')
    .filter((entry) => entry.name.includes('/api/report'));
  return {
    change: `${name} ${value}`,
    total: durations.report,
    charts: durations.charts,
    server: request.responseEnd - request.startTime,
  };
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';
import { type PrintOptions, printPdf } from '../../src/render/print-pdf.js';
import { eventually, isRunning, processesOf, profiles } from './browser/browser-programs.js';

const never = new AbortController().signal;
const options: PrintOptions = { asOf: '2025-06-30', paper: 'A4', orientation: 'portrait', signal: never };
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const rows = '<tr><td>one</td><td>two</td></tr>'.repeat(40);
let page: string;
let browser: RunningBrowser;
beforeAll(async () => {
  const font = createRequire(import.meta.url).resolve('@fontsource/inter/files/inter-latin-400-normal.woff2');
  page = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>ROI — ₹ (week 26)</title><style>
    @font-face { font-family: Inter; src: url(data:font/woff2;base64,${await readFile(font, 'base64')}) }
    @page { size: A4; margin: 20mm; @bottom-right { font: 8pt Inter; content: 'Page ' counter(page) ' of ' counter(pages) } }
    body { font-family: Inter } h1 { break-before: page }</style></head><body><p>Cover</p>
    <h1>First part</h1><table><tr><th scope="col">A</th><th scope="col">B</th></tr>${rows}</table><h2>Detail</h2>
    <h1>Second part</h1><p>The end</p></body></html>`;
  browser = await launchBrowser(quietEffects());
});
afterAll(() => browser.close());

async function read(pdf: Uint8Array) {
  const task = getDocument({ data: pdf.slice(), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const texts: string[] = [];
  const trees: unknown[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const sheet = await document.getPage(number);
    const { items } = await sheet.getTextContent();
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    trees.push(await sheet.getStructTree());
  }
  const { info } = await document.getMetadata();
  const outline = await document.getOutline();
  const marks = await document.getMarkInfo();
  const { view: size } = await document.getPage(1);
  await task.destroy();
  return { texts, info, outline, marks, size, tree: JSON.stringify(trees) };
}

describe('a printed report', () => {
  it('has title, language, bookmarks, tags, page numbers and embedded fonts', async () => {
    const { pdf, blocked } = await printPdf(browser, page, options);
    expect(blocked).toEqual([]);
    const { texts, info, outline, marks, tree } = await read(pdf);
    expect(info).toMatchObject({
      Title: 'ROI — ₹ (week 26)',
      Language: 'en-GB',
      Creator: 'Chromium',
      Producer: 'Skia/PDF m147',
      CreationDate: "D:20250630000000+00'00'",
      ModDate: "D:20250630000000+00'00'",
    });
    expect(outline?.map(({ title }) => title)).toEqual(['First part', 'Second part']);
    expect(outline?.[0]?.items.map(({ title }: { title: string }) => title)).toEqual(['Detail']);
    expect(marks?.Marked).toBe(true);
    expect(tree).toContain('"role":"TH"');
    const { length } = texts;
    expect(length).toBeGreaterThan(2);
    texts.forEach((text, index) => void expect(text).toContain(`Page ${index + 1} of ${length}`));
    expect(latin1(pdf)).toMatch(/\/FontName \/[A-Z]{6}\+Inter-Regular/);
    expect(latin1(pdf)).toContain('/FontFile2');
    expect(latin1(pdf)).not.toContain('OpenSans');
  });

  it('is the same to the byte each time, in this browser, side by side, and in another', async () => {
    const { pdf } = await printPdf(browser, page, options);
    const again = await Promise.all([1, 2, 3, 4, 5, 6].map(() => printPdf(browser, page, options)));
    const other = await launchBrowser(quietEffects());
    again.push(await printPdf(other, page, options));
    await other.close();
    for (const { pdf: next } of again) expect(Buffer.compare(next, pdf)).toBe(0);
    const { pdf: later } = await printPdf(browser, page, { ...options, asOf: '2025-07-01' });
    expect(later.length).toBe(pdf.length);
    expect(Buffer.compare(later, pdf)).not.toBe(0);
  });

  it('follows the paper where the document names none', async () => {
    const { pdf: letter } = await printPdf(browser, '<p>x', {
      ...options,
      paper: 'Letter',
      orientation: 'landscape',
    });
    expect((await read(letter)).size).toEqual([0, 0, 792, 612]);
    const { pdf: empty } = await printPdf(browser, '', options);
    const { size, texts } = await read(empty);
    expect(Math.abs((size[2] ?? 0) - 595.3)).toBeLessThan(1);
    expect(Math.abs((size[3] ?? 0) - 841.9)).toBeLessThan(1);
    expect(texts).toEqual(['']);
  });

  it('prints what the screen would hide from it: no rule of the page keeps the screen rule alive on paper', async () => {
    const html = '<!doctype html><style>html { display: block !important }</style><title>t</title><p>seen';
    expect((await read((await printPdf(browser, html, options)).pdf)).texts).toEqual(['seen']);
  });

  it('prints hundreds of pages', async () => {
    const html = `<!doctype html><title>Long</title>${'<h1 style="break-before:page">Part</h1>'.repeat(300)}`;
    const { pdf } = await printPdf(browser, html, options);
    expect((await read(pdf)).texts.length).toBe(300);
  });
});

it('reaches neither network nor files, and runs no script', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end('LEAKED');
  });
  server.on('connection', () => requests.push('a connection'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const at = (name: string) => `http://127.0.0.1:${port}/${name}`;
  const html = `<!doctype html><html lang="en"><head><title>Safe</title>
    <meta http-equiv="refresh" content="0;url=${at('refresh')}"><link rel="stylesheet" href="${at('link')}">
    <link rel="preconnect" href="${at('')}"><link rel="prefetch" href="${at('prefetch')}"><link rel="icon" href="${at('icon')}">
    <style>@import '${at('import')}'; @font-face { font-family: X; src: url(${at('font')}) }
      body { font-family: X; background: url(${at('background')}) }</style></head><body><h1>Body stays</h1>
    <img src="${at('x')}"><img src="http://localhost:${port}/name"><img src="file:///etc/passwd"><svg><image href="${at('svg')}"/></svg>
    <iframe src="file:///etc/passwd"></iframe><iframe src="${at('frame')}"></iframe>
    <iframe sandbox srcdoc="<img src='${at('sandboxed')}'>"></iframe><iframe src="data:text/html,<img src='${at('data')}'>"></iframe>
    <object data="${at('object')}"></object><embed src="file:///etc/passwd"><video src="${at('video')}"></video>
    <script>document.body.textContent = 'SCRIPT'; fetch('${at('fetch')}')</script>
    <img src="data:," onerror="document.title = 'SCRIPT'"></body></html>`;
  const { pdf, blocked } = await printPdf(browser, html, options);
  const another = await printPdf(browser, page, options);
  server.close();
  expect(requests).toEqual([]);
  const { texts, info } = await read(pdf);
  expect(texts.join(' ')).toContain('Body stays');
  expect(texts.join(' ')).not.toMatch(/SCRIPT|LEAKED|root:/);
  expect(info).toMatchObject({ Title: 'Safe' });
  for (const name of ['x', 'link', 'import', 'frame', 'svg', 'sandboxed', 'data', 'video']) {
    expect.soft(blocked).toContain(at(name));
  }
  expect(blocked.every((url) => url.startsWith('http'))).toBe(true);
  expect(another.blocked).toEqual([]);
});

describe('a print that does not finish', () => {
  const gone = async ({ pid }: RunningBrowser) => {
    expect(isRunning(pid)).toBe(false);
    expect(await eventually(() => processesOf(pid).length === 0)).toBe(true);
  };

  it('is stopped at its deadline, with its browser', async () => {
    const late = await launchBrowser(quietEffects());
    const printing = printPdf(late, page, { ...options, timeoutMs: 1 });
    await expect(printing).rejects.toMatchObject({
      code: 'render-timeout',
      exitCode: 4,
      message: 'Printing the PDF took longer than 0.001 s and was stopped.',
    });
    await gone(late);
  });

  it('is stopped when the run is aborted', async () => {
    const controller = new AbortController();
    const aborted = await launchBrowser(quietEffects());
    const printing = printPdf(aborted, page, { ...options, signal: controller.signal });
    await setImmediate();
    controller.abort(new Error('enough'));
    await expect(printing).rejects.toThrow('enough');
    await gone(aborted);
  });

  it('tells when the browser dies', async () => {
    const dying = await launchBrowser(quietEffects());
    const printing = printPdf(dying, page, options);
    process.kill(dying.pid, 'SIGKILL');
    await expect(printing).rejects.toMatchObject({ code: 'render-failed', exitCode: 4 });
    await gone(dying);
  });

  it.runIf(process.platform === 'linux')('tells when the page crashes', async () => {
    const crashing = await launchBrowser(quietEffects());
    const { page: open, crashed, close, blocked } = await crashing.openPage();
    const reused: RunningBrowser = {
      ...crashing,
      openPage: async () => ({ page: open, crashed, close, blocked }),
    };
    const commandLines = await Promise.all(
      processesOf(crashing.pid).map(async (pid) => ({
        pid,
        line: await readFile(`/proc/${pid}/cmdline`, 'latin1'),
      })),
    );
    const renderers = commandLines.filter(({ line }) => line.includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const { pid } of renderers) process.kill(pid, 'SIGKILL');
    await expect(printPdf(reused, page, options)).rejects.toMatchObject({
      code: 'render-failed',
      message: expect.stringContaining('crashed'),
    });
    await gone(crashing);
  });

  it('leaves no profile', () => {
    expect(profiles().length).toBe(1);
  });
});

// The least that printing finished pages can take: `node print-loop.mjs SETTINGS`, a JSON file with the browser, the paths and the paper.
import { readFile, writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer';

const {
  executable,
  flags,
  env,
  documents,
  page: paper,
} = JSON.parse(await readFile(process.argv[2], 'utf8'));
const browser = await puppeteer.launch({
  executablePath: executable,
  args: flags,
  ignoreDefaultArgs: true,
  env,
  pipe: true,
  // These flags open no page of their own.
  waitForInitialPage: false,
});
const page = await browser.newPage();
await page.setJavaScriptEnabled(false);
for (const { html, pdf } of documents) {
  await page.setContent(await readFile(html, 'utf8'));
  const printed = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    format: paper.paper,
    landscape: paper.orientation === 'landscape',
  });
  await writeFile(pdf, printed);
}
await browser.close();

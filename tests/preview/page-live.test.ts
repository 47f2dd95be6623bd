import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Serving } from '../../src/preview/serve.js';
import { csvOf } from '../support/csv-tables.js';
import {
  box,
  type OpenedPreview,
  openDesk,
  openPreview,
  type PreviewDesk,
  sectionTexts,
  shown,
  textAt,
  updated,
} from '../support/preview.js';
import type { Page } from '../support/screen.js';
import { tinyTables } from '../support/tiny-tables.js';

let desk: PreviewDesk;
let serving: Serving;
let opened: OpenedPreview;
let page: Page;
let files: Record<'data' | 'configuration' | 'template', string>;

const CONFIGURATION = `report: { title: Tiny, locale: en-IN, currency: INR, timezone: Asia/Kolkata }
theme: { templates: templates }
`;
const TEMPLATE = '<p class="lead">First words</p>\n';

beforeAll(async () => {
  desk = await openDesk(tinyTables, {
    'report.yaml': CONFIGURATION,
    'templates/partials/notes.hbs': TEMPLATE,
  });
  files = {
    data: path.join(desk.folder, 'data', 'tracking_data.csv'),
    configuration: path.join(desk.folder, 'report.yaml'),
    template: path.join(desk.folder, 'templates', 'partials', 'notes.hbs'),
  };
  serving = await desk.serve('report.yaml');
  opened = await openPreview(desk.browser, serving.address);
  ({ page } = opened);
  await shown(page);
});
afterAll(() => desk.close());
beforeEach(() => {
  opened.complaints.length = 0;
});

const inFrame = (script: string) =>
  page.evaluate(`((document) => ${script})(document.querySelector('#report').contentDocument)`);
/** Where the bar over the report ends, and its buttons stand. */
const PLACES = `[...document.querySelectorAll('.status, .status button')].map((element) => {
  const { left, top, bottom } = element.getBoundingClientRect();
  return [left, top, bottom];
})`;
const REFUSED = 'console: Failed to load resource: the server responded with a status of';
/** A browser notes every answer that is an error; nothing else may be said. */
const unexpected = () => opened.complaints.filter((complaint) => !complaint.startsWith(REFUSED));

describe('an edit shows at once', () => {
  it('of the data, where the reader keeps place, focus and sorted table', async () => {
    await page.evaluate('document.querySelector("#report").focus()');
    const revenue = '#campaign-deep-dive [data-table="campaigns"] th[data-key="revenue"]';
    await inFrame(
      `(document.querySelector('${revenue} button').focus(), document.querySelector('${revenue} button').click(), document.querySelector('${revenue} button').click())`,
    );
    await inFrame('document.querySelector("#campaign-deep-dive").scrollIntoView()');
    const place = await inFrame('document.querySelector("#campaign-deep-dive").getBoundingClientRect().top');
    expect(await inFrame('document.defaultView.scrollY')).toBeGreaterThan(100);
    const more = [
      ...tinyTables.tracking_data,
      { ...tinyTables.tracking_data[0], campaign: 'West', revenue: 7 },
    ];
    await updated(page, () => writeFile(files.data, csvOf('tracking_data', more)));
    const rows = `[...document.querySelectorAll('#campaign-deep-dive [data-table="campaigns"] tbody tr')]`;
    expect(
      await inFrame(
        `${rows}.map((row) => row.cells[0].textContent.trim()).filter((name) => /th|West/.test(name))`,
      ),
    ).toEqual(['West', 'North', 'South']);
    expect(await inFrame(`document.querySelector('${revenue}').ariaSort`)).toBe('ascending');
    expect(await inFrame(`document.activeElement === document.querySelector('${revenue} button')`)).toBe(
      true,
    );
    expect(
      await inFrame('document.querySelector("#campaign-deep-dive").getBoundingClientRect().top'),
    ).toBeCloseTo(Number(place), 0);
    await page.waitForSelector(box('campaign', 'West'));
    await updated(page, () => writeFile(files.data, csvOf('tracking_data', tinyTables.tracking_data)));
    await page.waitForFunction(`!document.querySelector('${box('campaign', 'West')}')`);
    expect(opened.complaints).toEqual([]);
  });

  it('of the configuration, also at the side', async () => {
    const narrower = `${CONFIGURATION}filters: { categories: [Food] }\n`.replace('Tiny', 'Tinier');
    await updated(page, () => writeFile(files.configuration, narrower));
    await page.waitForFunction('document.querySelector("#title").textContent === "Tinier"');
    await page.waitForSelector(`${box('category', 'Food')}:checked`);
    expect((await sectionTexts(page))[0]).toContain('filtered: Food');
    expect(await textAt(page, '#active')).toBe('1 filter');
    await updated(page, () => writeFile(files.configuration, CONFIGURATION));
    await page.waitForFunction('document.querySelector("#active").textContent === "No filters"');
    expect((await sectionTexts(page))[0]).not.toContain('filtered');
    expect(opened.complaints).toEqual([]);
  });

  it('of a template', async () => {
    await updated(page, () => writeFile(files.template, TEMPLATE.replace('First', 'Other')));
    expect((await sectionTexts(page)).join()).toContain('Other words');
    await updated(page, () => writeFile(files.template, TEMPLATE));
    expect((await sectionTexts(page)).join()).toContain('First words');
    expect(opened.complaints).toEqual([]);
  });

  it('of the script of the report, which then runs', async () => {
    const script = path.join(desk.folder, 'templates', 'scripts', 'report.js');
    await mkdir(path.dirname(script));
    await updated(page, () =>
      writeFile(script, 'document.title = "Run"; document.body.dataset.run = "yes";'),
    );
    expect(await inFrame('document.body.dataset.run')).toBe('yes');
    await updated(page, async () => writeFile(script, await readFile('templates/scripts/report.js')));
    expect(await inFrame('document.querySelectorAll("th button").length')).toBeGreaterThan(5);
    expect(opened.complaints).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['template', `${TEMPLATE}\n{{#if}}\n`, /notes\.hbs, line 4/],
    ['configuration', 'report:\n  title: [\n', /report\.yaml, line 3/],
    [
      'data',
      'source,campaign,influencer_id,date,orders,revenue\n"PA,North,A,2025-06-02,1,5\n',
      /tracking_data\.csv.*line 2/,
    ],
  ] as const)(
    'of the %s is told with file and line beside the last good report, until it is mended',
    async (kind, broken, words) => {
      const good = await sectionTexts(page);
      const before = await readFile(files[kind], 'utf8');
      const places = await page.evaluate(PLACES);
      await writeFile(files[kind], broken);
      await page.waitForSelector('#failure p');
      expect(await page.evaluate(PLACES)).toEqual(places);
      expect(await textAt(page, '#failure')).toMatch(words);
      expect(await textAt(page, '#words')).toMatch(/^Not up to date: .*ROAS/);
      expect(await sectionTexts(page)).toEqual(good);
      await updated(page, () => writeFile(files[kind], before));
      await page.waitForFunction('document.querySelector("#failure").childElementCount === 0');
      expect(await textAt(page, '#words')).not.toContain('Not up to date');
      expect(await sectionTexts(page)).toEqual(good);
      expect(unexpected()).toEqual([]);
    },
  );

  it('stays told while the reader goes on with the data that were good', async () => {
    const before = await readFile(files.data, 'utf8');
    await writeFile(files.data, 'campaign\n');
    await page.waitForSelector('#failure p');
    await updated(page, () => page.click(box('campaign', 'North')));
    expect(await textAt(page, '#failure')).toMatch(/tracking_data/);
    expect((await sectionTexts(page))[0]).toContain('filtered: North');
    await updated(page, () => writeFile(files.data, before));
    await page.waitForFunction('document.querySelector("#failure").childElementCount === 0');
    await updated(page, () => page.click('#reset'));
  });

  it('of an address is told, and the controls lead out of it', async () => {
    await page.goto(`${serving.address}?from=2025-13-01&campaign=North`);
    await page.waitForSelector('#failure p');
    expect(await textAt(page, '#failure')).toContain('from is not a day');
    expect(await textAt(page, '#words')).toBe('There is no report yet.');
    await page.waitForSelector('#formats button');
    expect(await textAt(page, '#active')).toBe('Address not understood');
    const waiting = `[...document.querySelectorAll('#actions button:disabled')].map((button) => button.textContent).join(' ')`;
    expect(await page.evaluate(waiting)).toBe('PDF HTML XLSX CSV JSON Copy command');
    await updated(page, () => page.click('#reset'));
    expect(await textAt(page, '#failure')).toBe('');
    expect(await textAt(page, '#active')).toBe('No filters');
    expect(await page.evaluate(waiting)).toBe('');
    expect(unexpected()).toEqual([]);
  });
});

it('says that the connection is lost, and comes back with the server', async () => {
  const { port } = new URL(serving.address);
  await serving.close();
  await page.waitForSelector('#failure p');
  expect(await textAt(page, '#failure')).toContain('connection to the preview is lost');
  await page.click(box('category', 'Fitness'));
  await page.waitForFunction('document.querySelector("#words").textContent.startsWith("Not up to date")');
  await updated(page, async () => {
    serving = await desk.serve('report.yaml', Number(port));
  });
  expect(await textAt(page, '#failure')).toBe('');
  expect((await sectionTexts(page))[0]).toContain('filtered: Fitness');
});

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serving } from '../../src/preview/serve.js';
import { type PreviewState, queryOf, stateOf } from '../../src/preview/state.js';
import {
  box,
  fillField,
  type OpenedPreview,
  openDesk,
  openPreview,
  type PreviewDesk,
  sectionTexts,
  shown,
  textAt,
  updated,
} from '../support/preview.js';
import { type Browser, faultsAt, noFaults, type Page } from '../support/screen.js';
import { tinyTables } from '../support/tiny-tables.js';

const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  `"quoted" and 'single'; $(rm) & more`,
  'A campaign of eighty characters that goes on and on until there is no more room at',
  'Averylongwordwithoutanyspacethatcannotbebrokenanywhereatallandgoesonandonforeverok',
  'Fitness 💪🏽 for all',
  'होली धमाका ऑफर',
  'عرض رمضان',
  '100% + 1 = ? #1 /../..',
];
const TICKED = '[...document.querySelectorAll("input:checked")].map((box) => box.value)';

let desk: PreviewDesk;
let browser: Browser;
let serving: Serving;
let opened: OpenedPreview;
let page: Page;
let contrastProbe: string;

beforeAll(async () => {
  contrastProbe = await readFile(new URL('../support/contrast-probe.js', import.meta.url), 'utf8');
  const [order = {}] = tinyTables.tracking_data;
  desk = await openDesk({
    ...tinyTables,
    tracking_data: [...tinyTables.tracking_data, ...HOSTILE.map((campaign) => ({ ...order, campaign }))],
  });
  ({ browser } = desk);
  serving = await desk.serve();
  opened = await openPreview(browser, serving.address);
  ({ page } = opened);
  await shown(page);
});
afterAll(() => desk.close());

const focused = (page: Page) =>
  page.evaluate('(({ id, name, value, tagName }) => id || name || value || tagName)(document.activeElement)');

async function tabTo(page: Page, wanted: string, { back = false } = {}): Promise<void> {
  if (back) await page.keyboard.down('Shift');
  for (let step = 0; step < 60 && (await focused(page)) !== wanted; step += 1)
    await page.keyboard.press('Tab');
  if (back) await page.keyboard.up('Shift');
  if ((await focused(page)) === wanted) return;
  throw new Error(`Tab never comes to ${wanted}.`);
}

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), {
  maxLength: 3,
  selector: (name) => name.toLowerCase(),
});
const range = <Value extends string | number>(
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<[Value | null, Value | null]> =>
  fc
    .tuple(fc.option(value), fc.option(value))
    .map(([one, other]) => (one !== null && other !== null && one > other ? [other, one] : [one, other]));
const states: fc.Arbitrary<PreviewState> = fc
  .record({
    campaigns: names,
    categories: names,
    platforms: names,
    followers: range(fc.integer({ min: 0, max: 10 ** 9 })),
    days: range(day),
    roasBelow: fc.integer({ min: 0, max: 400 }).map((value) => value / 100),
    topPosts: fc.constantFrom('revenue', 'likes', 'engagement'),
  })
  .map(({ followers: [minFollowers, maxFollowers], days: [from, to], roasBelow, topPosts, ...lists }) => ({
    filters: { ...lists, minFollowers, maxFollowers, from, to },
    roasBelow,
    topPosts,
  }));

it('means by an address what the server means', async () => {
  const pairs = fc.sample(fc.tuple(states, fc.oneof(states, states.map(unfiltered))), {
    numRuns: 300,
    seed: 5,
  });
  const flat = ({ filters, ...rest }: PreviewState) => ({ ...filters, ...rest });
  const asked = pairs.map(([configured, state]) => ({
    configured: flat(configured),
    state: flat(state),
    query: queryOf(state, configured).toString(),
  }));
  const answers = (await page.evaluate(`import('/assets/state.js').then(({ queryOf, stateOf }) =>
    ${JSON.stringify(asked)}.map(({ configured, state, query }) => ({
      query: queryOf(state, configured),
      state: stateOf(query, configured),
    })))`)) as { query: string; state: unknown }[];
  expect(answers).toHaveLength(pairs.length);
  pairs.forEach(([configured, state], index) => {
    const { query = '', state: read } = answers[index] ?? {};
    expect(stateOf(new URLSearchParams(query), configured)).toEqual(state);
    expect(read).toEqual(flat(state));
  });
});

function unfiltered(state: PreviewState): PreviewState {
  const filters = { campaigns: [], categories: [], platforms: [] };
  return {
    ...state,
    filters: { ...filters, minFollowers: null, maxFollowers: null, from: null, to: null },
  };
}

describe('with the keyboard alone', () => {
  it('every control is reached in the order of the page and works', async () => {
    await page.reload();
    await shown(page);
    await page.keyboard.press('Tab');
    expect(await textAt(page, ':focus')).toBe('Skip to the report');
    await tabTo(page, 'reset');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.ariaLabel')).toBe('Search campaigns');
    await page.keyboard.type('sou');
    const found = `[...document.querySelectorAll('[data-choices=campaign] li:not([hidden])')].map((item) => item.textContent)`;
    expect(await page.evaluate(found)).toEqual(['South']);
    await page.keyboard.press('Tab');
    await updated(page, () => page.keyboard.press('Space'));
    expect(await focused(page)).toBe('campaign');
    await tabTo(page, 'min-followers');
    await updated(page, () => page.keyboard.type('4000'));
    await page.keyboard.press('Enter');
    await tabTo(page, 'from');
    await updated(page, () => page.keyboard.type('06052025'));
    await tabTo(page, 'roas-below');
    await page.keyboard.down('Control');
    await page.keyboard.press('KeyA');
    await page.keyboard.up('Control');
    await updated(page, () => page.keyboard.type('1.5'));
    await tabTo(page, 'roas-range');
    await updated(page, () => page.keyboard.press('ArrowRight'));
    await tabTo(page, 'top-posts');
    await updated(page, () => page.keyboard.press('ArrowDown'));
    await page.waitForFunction(
      'location.search === "?campaign=South&min-followers=4000&from=2025-06-05&roas-below=1.55&top-posts=likes"',
    );
    await shown(page);
    await tabTo(page, 'command');
    const buttons = 'Download PDF,Download HTML,Download XLSX,Download CSV,Download JSON';
    expect(
      await page.evaluate('[...document.querySelectorAll("#formats button")].map((b) => b.ariaLabel).join()'),
    ).toBe(buttons);
    await page
      .browserContext()
      .overridePermissions(serving.address.slice(0, -1), ['clipboard-read', 'clipboard-write']);
    await tabTo(page, 'copy-command');
    await page.keyboard.press('Enter');
    await page.waitForFunction('document.querySelector("#said").textContent === "Copied"');
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      /^roi-report build .*--campaign South/,
    );
    await tabTo(page, 'copy-link');
    await page.keyboard.press('Space');
    await page.waitForFunction('navigator.clipboard.readText().then((text) => text === location.href)');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('report');
    await tabTo(page, 'reset', { back: true });
    await updated(page, () => page.keyboard.press('Enter'));
    expect(await focused(page)).toBe('reset');
    expect(new URL(page.url()).search).toBe('');
  });

  it('the first link leads into the report, whose tables sort after an exchange too', async () => {
    await updated(page, () => page.click(box('category', 'Food')));
    await updated(page, () => page.click('#reset'));
    await page.evaluate('document.querySelector(".skip").focus()');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('report');
    const inside = 'document.querySelector("#report").contentDocument';
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(`${inside}.activeElement.matches('th button')`)) break;
    }
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`${inside}.activeElement.parentElement.ariaSort`)).toMatch(
      /ascending|descending/,
    );
    expect(await page.evaluate(`${inside}.querySelectorAll('th button').length`)).toBe(
      await page.evaluate(`${inside}.querySelectorAll('main thead th').length`),
    );
    expect(await page.evaluate(`${inside}.querySelectorAll('.tip').length`)).toBe(1);
  });

  it('a link of the report leads to its section, though sections out of sight are not laid out', async () => {
    await page.evaluate(
      `document.querySelector('#report').contentDocument.querySelector('.contents a[href="#appendix"]').click()`,
    );
    await page.waitForFunction(
      `(({ top }) => top > -2 && top < 200)(document.querySelector('#report').contentDocument.querySelector('#appendix').getBoundingClientRect())`,
    );
  });

  it('what is not finished is named, and no report asked for', async () => {
    await page.focus('[name=min-followers]');
    await page.keyboard.type('-');
    await page.keyboard.press('Tab');
    await page.waitForFunction('document.querySelector("#wrong").textContent.includes("whole number")');
    expect(await page.evaluate('document.querySelector("[name=min-followers]").ariaInvalid')).toBe('true');
    expect(new URL(page.url()).search).toBe('');
    await page.focus('[name=min-followers]');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Tab');
    await page.waitForFunction('document.querySelector("#wrong").textContent === ""');
  });
});

describe('names that people choose', () => {
  it('are filters like any other, one after the other and all together in a link', async () => {
    for (const campaign of HOSTILE) {
      const boxOfIt = JSON.stringify(box('campaign', campaign));
      await updated(page, () => page.evaluate(`document.querySelector(${boxOfIt}).click()`));
      expect((await sectionTexts(page))[0]).toContain(campaign);
    }
    const together = page.url();
    await updated(page, () => page.click('[data-choices=campaign] .clear'));
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    const { page: other, complaints } = await openPreview(browser, together);
    await shown(other);
    expect(new Set((await other.evaluate(TICKED)) as string[])).toEqual(new Set(HOSTILE));
    expect(await other.evaluate('document.images.length')).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('of a link that the data no longer have can be taken away', async () => {
    const { page, complaints } = await openPreview(
      browser,
      `${serving.address}?campaign=Gone&campaign=south`,
    );
    await shown(page);
    expect(await textAt(page, '#warnings')).toContain('No campaign is called "Gone"');
    expect(
      await page.evaluate('[...document.querySelectorAll("input:checked")].map((box) => box.value)'),
    ).toEqual(['South', 'Gone']);
    await updated(page, () => page.click(box('campaign', 'Gone')));
    expect(await textAt(page, '#warnings')).toBe('');
    expect(complaints).toEqual([]);
  });
});

describe('on a screen', () => {
  it('a long name takes one line, and is there as a whole for who points at it', async () => {
    const [name = ''] = HOSTILE.filter((each) => each.startsWith('A campaign'));
    const label = (campaign: string) =>
      page.evaluate(
        `(({ title, offsetHeight }) => ({ title, offsetHeight }))(document.querySelector(${JSON.stringify(box('campaign', campaign))}).parentElement)`,
      );
    expect(await label(name)).toEqual({ ...((await label('North')) as object), title: name });
  });

  it('of a phone the filters open over the whole height, and Escape gives the focus back', async () => {
    const { page, complaints } = await openPreview(browser, serving.address, { width: 360 });
    await shown(page);
    expect(await faultsAt(page, 'screen', 360)).toEqual(noFaults);
    await tabTo(page, 'open-filters');
    await page.keyboard.press('Enter');
    const panel = 'JSON.stringify(document.querySelector("#panel").getBoundingClientRect())';
    expect(JSON.parse(String(await page.evaluate(panel)))).toMatchObject({
      x: 0,
      y: 0,
      width: 360,
      height: 900,
    });
    await updated(page, () => page.click(box('category', 'Food')));
    expect(await textAt(page, '#panel-words')).toContain('ROAS');
    expect(await textAt(page, '#open-filters')).toBe('Filters · 1');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.evaluate('document.querySelector("#panel-body").scrollWidth')).toBe(360);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.querySelector("#panel").open')).toBe(false);
    expect(await focused(page)).toBe('open-filters');
    expect((await sectionTexts(page))[0]).toContain('filtered: Food');
    await page.setViewport({ width: 1280, height: 900 });
    await page.waitForSelector(`#side ${box('category', 'Food')}`);
    expect(complaints).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('in %s at %i px everything can be read', async (scheme, width) => {
    const { page } = await openPreview(browser, `${serving.address}?campaign=Gone`, { scheme, width });
    await shown(page);
    if (width === 390) await page.click('#open-filters');
    await fillField(page, 'from', '2025-06-09');
    await fillField(page, 'to', '2025-06-01');
    await page.waitForSelector('#failure p');
    expect(await faultsAt(page, 'screen', width)).toEqual(noFaults);
    const { texts, poor } = (await page.evaluate(contrastProbe)) as { texts: number; poor: string[] };
    expect(texts).toBeGreaterThan(25);
    expect(poor).toEqual([]);
    const nameless = `[...document.querySelectorAll('input, select, button, iframe')]
      .filter((element) => !(element.labels?.length || element.ariaLabel || element.title || element.textContent.trim()))
      .map((element) => element.outerHTML)`;
    expect(await page.evaluate(nameless)).toEqual([]);
  });
});

it('has said nothing and asked for nothing elsewhere', () => {
  expect(opened.complaints).toEqual([]);
});

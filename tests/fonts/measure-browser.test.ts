import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quietEffects } from '../../src/effects.js';
import { fontFaceCss, fontStack } from '../../src/fonts/embed.js';
import { createMeasure } from '../../src/fonts/measure.js';
import { launchBrowser, type RunningBrowser } from '../../src/render/browser/launch.js';

const LATIN = [
  'Revenue against payout',
  'MuscleBlaze B earns 1.4× its cost',
  '₹24,17,112',
  '−12.5 % (0.72×)',
  'AVATAR To. We, Ty',
  'Łódź, São Paulo, Ünïcödé',
];
const OTHERS = [
  'प्रिया शर्मा',
  'क्षत्रिय विद्यार्थी',
  'राष्ट्रीय स्वास्थ्य 24',
  'इक्‍वेटर',
  'محمد الرياض',
  'السلام عليكم',
  'می‌خواهم',
  '健康品牌 fit',
  'Москва Αθήνα',
  '💪🏽 Day 1',
  '👨‍👩‍👧‍👦',
  '🇮🇳 1️⃣ ©️',
  '❤️‍🔥🔥✨',
  '🧘‍♀️ योग → ★',
];
const TEXTS = [...LATIN, ...OTHERS];
const SIZE = 100;
const WIDTHS = `(async () => {
  await Promise.all([...document.fonts].map((font) => font.load()));
  return [...document.querySelectorAll('b')].map((text) => text.getBoundingClientRect().width);
})()`;

let browser: RunningBrowser;
const widths = new Map<string, number>();

beforeAll(async () => {
  browser = await launchBrowser(quietEffects());
  const { page } = await browser.openPage();
  await page.setJavaScriptEnabled(true);
  const cells = [400, 600].flatMap((weight) =>
    TEXTS.map((text) => `<div><b style="font-weight: ${weight}">${text}</b></div>`),
  );
  await page.setContent(`<!doctype html><html lang="en"><meta charset="utf-8"><style>${fontFaceCss(TEXTS).css}
    b { display: inline-block; white-space: pre; font: ${SIZE}px ${fontStack}; font-variant-numeric: tabular-nums; }
    </style>${cells.join('')}`);
  const measured: unknown = await page.evaluate(WIDTHS);
  if (!Array.isArray(measured)) throw new Error('the page gave no widths');
  measured.forEach((width: unknown, index) => {
    const weight = index < TEXTS.length ? 400 : 600;
    widths.set(`${weight} ${TEXTS[index % TEXTS.length]}`, Number(width));
  });
});

afterAll(() => browser?.close());

describe.each([400, 600])('at weight %i the browser agrees on', (weight) => {
  const measure = createMeasure();

  test.each(LATIN)('%s, within 2 %%', (text) => {
    expect(ratio(text)).toBeGreaterThan(0.98);
    expect(ratio(text)).toBeLessThan(1.02);
  });

  test.each(OTHERS)('%s, within 5 %%', (text) => {
    expect(ratio(text)).toBeGreaterThan(0.95);
    expect(ratio(text)).toBeLessThan(1.05);
  });

  function ratio(text: string): number {
    return measure(text, SIZE, weight) / (widths.get(`${weight} ${text}`) ?? Number.NaN);
  }
});

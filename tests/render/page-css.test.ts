import { expect, it } from 'vitest';
import { pageCss } from '../../src/render/page-css.js';
import { reportWith } from '../support/report.js';

const page = { paper: 'A4', orientation: 'portrait' } as const;

it('sets the paper and writes brand, title, period, day and page numbers into the margins', () => {
  const css = pageCss(reportWith({}), { paper: 'Letter', orientation: 'landscape' });
  expect(css).toContain('size: Letter landscape;');
  expect(css).toContain('@top-left { content: "Tezbal";');
  expect(css).toContain('"Influencer ROI · 2–29 Jun 2025"');
  expect(css).toContain('As of 30 Jun 2025');
  expect(css).toContain('counter(page) " / " counter(pages)');
});

it.each([
  '"; } body { display: none } a{content:"',
  '</style><script>',
  'back\\',
  'line\nbreak\f',
  "it's & co",
])('keeps %j within its string', (brand) => {
  const css = pageCss(reportWith({ meta: { brand } }), page);
  const content = /@top-left \{ content: "((?:[^"\\\n]|\\[0-9a-f]+ )*)";/.exec(css)?.[1] ?? 'not a string';
  const read = content.replace(/\\([0-9a-f]+) /g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  expect(read).toBe(brand);
  expect(css).not.toContain('</style');
});

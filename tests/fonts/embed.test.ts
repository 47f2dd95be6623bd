import { describe, expect, test } from 'vitest';
import { fontFaceCss, fontStack } from '../../src/fonts/embed.js';

describe('fontFaceCss', () => {
  test('carries each font in the page', () => {
    const { css, uncovered } = fontFaceCss('Revenue', [400]);
    expect(css.match(/@font-face/g)).toHaveLength(1);
    expect(css).toContain('font-family: "Inter"');
    expect(css).toContain('font-display: block');
    expect(css).toContain('unicode-range: U+0000-00FF');
    const data = css.match(/url\(data:font\/woff2;base64,([\w+/=]+)\)/)?.[1] ?? '';
    expect(Buffer.from(data, 'base64').toString('latin1', 0, 4)).toBe('wOF2');
    expect(uncovered).toEqual([]);
  });

  test('refers to nothing outside the page', () => {
    expect(fontFaceCss('₹ शर्मा 😀').css).not.toMatch(/url\((?!data:)/);
  });

  test('gives the same bytes for the same text', () => {
    expect(fontFaceCss('₹ शर्मा 😀')).toEqual(fontFaceCss(['😀', '₹ शर्मा']));
  });

  test('lets the heaviest cut serve every heavier weight', () => {
    const { css } = fontFaceCss('a😀');
    expect(css.match(/font-weight: .*;/g)).toEqual([
      'font-weight: 400;',
      'font-weight: 500;',
      'font-weight: 600 1000;',
      'font-weight: 400 1000;',
    ]);
  });

  test('tells which characters will be missing', () => {
    expect(fontFaceCss('ไ').uncovered).toEqual(['ไ']);
  });
});

test('the stack begins with Inter and ends with whatever the reader has', () => {
  expect(fontStack).toMatch(/^"Inter", "Noto Sans Devanagari", .*, sans-serif$/);
});

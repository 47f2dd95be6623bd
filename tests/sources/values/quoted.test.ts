import { describe, expect, it } from 'vitest';
import { quoted } from '../../../src/sources/values/quoted.js';

describe('a text in a message', () => {
  it.each([
    ['', '""'],
    ['12,5o', '"12,5o"'],
    ['two words', '"two words"'],
    ['a\nb\r\tc', '"a\\nb\\r\\tc"'],
    ['a\0b\u001b[31m', '"a\\u{0}b\\u{1b}[31m"'],
    ['1\u00a0234\u202f5', '"1\\u{a0}234\\u{202f}5"'],
    ['\ufeffA\u200b\u202e', '"\\u{feff}A\\u{200b}\\u{202e}"'],
    ['a\u2028b', '"a\\u{2028}b"'],
    ['\ud800', '"\\u{d800}"'],
    ['₹5 हिन्दी 😀', '"₹5 हिन्दी 😀"'],
  ])('%j', (text, shown) => {
    expect(quoted(text)).toBe(shown);
  });

  it('is cut after 60 characters', () => {
    expect(quoted('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(quoted('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
    expect(quoted('😀'.repeat(1000))).toBe(`"${'😀'.repeat(60)}…"`);
  });
});

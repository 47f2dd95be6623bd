import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { subsetOf } from '../../src/fonts/catalogue.js';
import { facesFor, nearestWeight, splitBySubset } from '../../src/fonts/faces.js';

function files(text: string | string[], weights = [400]): string[] {
  return facesFor(text, weights).faces.map((face) => path.basename(face.file, '.woff2'));
}

const LATIN = 'inter-latin-400-normal';

describe('facesFor', () => {
  test.each([
    ['', []],
    ['MuscleBlaze B earns 1.4× its cost – “well done”', []],
    ['0123456789 #1 * © ® ™', []],
    ['©️ #️ 8️', []],
    ['line\r\nbreak\ttab\u2028\u200e\ufeff', []],
    ['₹24,17,112', ['inter-latin-ext-400-normal']],
    ['Łódź', ['inter-latin-ext-400-normal']],
    ['Москва', ['inter-cyrillic-400-normal']],
    ['Αθήνα', ['inter-greek-400-normal']],
    ['प्रिया शर्मा', ['noto-sans-devanagari-devanagari-400-normal']],
    ['क्‍ष क्‌ष', ['noto-sans-devanagari-devanagari-400-normal']],
    ['محمد الرياض', ['noto-sans-arabic-arabic-400-normal']],
    ['🙏🏽', ['noto-emoji-9-400-normal']],
    ['👨‍👩‍👧‍👦', ['noto-emoji-8-400-normal']],
    ['🇮🇳', ['noto-emoji-0-400-normal']],
    ['🏴‍☠️', ['noto-emoji-1-400-normal']],
    ['1️⃣', ['noto-emoji-2-400-normal']],
    ['❤️‍🔥', ['noto-emoji-9-400-normal']],
  ])('%j needs, beside basic Latin, %j', (text, others) => {
    const found = files(text);
    expect(found.filter((file) => file !== LATIN)).toEqual(others);
    expect(found).toContain(LATIN);
    expect(facesFor(text).uncovered).toEqual([]);
  });

  test('Chinese needs only the parts of Noto Sans SC that hold its characters', () => {
    const { faces, uncovered } = facesFor('健康品牌', [400]);
    expect(uncovered).toEqual([]);
    expect(new Set(faces.map((face) => face.family))).toEqual(new Set(['Inter', 'Noto Sans SC']));
    expect(faces.length).toBeLessThanOrEqual(5);
  });

  test('lists files by family, then by weight, whatever the order of the text', () => {
    const expected = [
      'inter-latin-ext-400-normal',
      'inter-latin-ext-600-normal',
      'inter-latin-400-normal',
      'inter-latin-600-normal',
      'noto-sans-devanagari-devanagari-400-normal',
      'noto-sans-devanagari-devanagari-600-normal',
      'noto-emoji-9-400-normal',
    ];
    expect(files('₹ शर्मा 😀', [400, 600])).toEqual(expected);
    expect(files(['😀', 'शर्मा', '₹', '₹'], [600, 400])).toEqual(expected);
  });

  test('lends the next best weight', () => {
    expect(files('शर्मा 😀', [500])).toEqual([
      'inter-latin-500-normal',
      'noto-sans-devanagari-devanagari-400-normal',
      'noto-emoji-9-400-normal',
    ]);
  });

  test('reports characters that no font has, once each', () => {
    expect(facesFor('ไทย a ไ').uncovered).toEqual(['ไ', 'ท', 'ย']);
    expect(facesFor('\u{10ffff}').uncovered).toEqual(['\u{10ffff}']);
  });

  test('every file that it names exists, to embed and to measure', () => {
    const everything = '₹ Łódź Москва Αθήνα ệ शर्मा محمد 健康 😀 🇮🇳 1️⃣ 👩‍💻 → ↑ ★ ∑';
    const { faces } = facesFor(everything);
    expect(faces.length).toBeGreaterThan(20);
    for (const { file } of faces) {
      expect(existsSync(file), file).toBe(true);
      expect(existsSync(file.replace(/2$/, '')), file).toBe(true);
    }
  });

  test('reads a million characters', () => {
    expect(files('Revenue ₹1,00,000 — शर्मा 😀 '.repeat(40_000))).toHaveLength(4);
  });
});

describe('splitBySubset', () => {
  const families = (text: string) =>
    splitBySubset(text).map((part) => [part.text, part.subset?.family ?? 'none']);

  test('keeps what comes from one font together', () => {
    expect(splitBySubset('')).toEqual([]);
    expect(families('Day 1')).toEqual([['Day 1', 'Inter']]);
    expect(families('योग 1 🧘‍♀️ day')).toEqual([
      ['योग', 'Noto Sans Devanagari'],
      [' 1 ', 'Inter'],
      ['🧘‍♀️', 'Noto Emoji'],
      [' day', 'Inter'],
    ]);
  });

  test('a keycap is one emoji, its digit alone is text', () => {
    expect(families('1 1️⃣')).toEqual([
      ['1 ', 'Inter'],
      ['1️⃣', 'Noto Emoji'],
    ]);
  });

  test('takes a cluster apart where no font has the whole of it', () => {
    expect(families('aไ')).toEqual([
      ['a', 'Inter'],
      ['ไ', 'none'],
    ]);
    expect(families('ก\u0301').map(([, family]) => family)).toEqual(['none', 'Inter']);
  });
});

describe('nearestWeight', () => {
  test('follows CSS font matching', () => {
    const inter = subsetOf('a');
    const devanagari = subsetOf('क');
    const emoji = subsetOf('😀');
    if (!inter || !devanagari || !emoji) throw new Error('a font is missing');
    expect([300, 400, 500, 600, 700].map((weight) => nearestWeight(inter, weight))).toEqual([
      400, 400, 500, 600, 600,
    ]);
    expect([400, 500, 550, 600].map((weight) => nearestWeight(devanagari, weight))).toEqual([
      400, 400, 600, 600,
    ]);
    expect(nearestWeight(emoji, 600)).toBe(400);
  });
});

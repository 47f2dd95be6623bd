import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aligned, inLines, shortened, wrapped } from '../../src/email/plain-text.js';

describe('wrapped', () => {
  it('breaks at spaces and puts further lines of a list under its text', () => {
    const words = 'abcdefghi '.repeat(10).trim();
    expect(wrapped(`${words}\n\n- ${words}\n12. ${words}`).split('\n')).toEqual([
      'abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi',
      'abcdefghi abcdefghi abcdefghi',
      '',
      '- abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi',
      '  abcdefghi abcdefghi abcdefghi',
      '12. abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi',
      '    abcdefghi abcdefghi abcdefghi',
      '',
    ]);
  });

  it('leaves a word that is longer than a line whole, and empty lines single', () => {
    const path = `/reports/${'x'.repeat(90)}`;
    expect(wrapped(`see ${path} there\n\n\n\nend  `)).toBe(`see\n${path}\nthere\n\nend\n`);
  });

  it('keeps every word in its order on lines of at most 76 letters', () => {
    const word = fc.string({
      minLength: 1,
      maxLength: 30,
      unit: fc.constantFrom('a', '×', '₹', '💪', '-', '1.'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 }),
        (lines) => {
          const text = wrapped(lines.map((words) => words.join(' ')).join('\n'));
          expect(text.split(/\s+/).filter((part) => part !== '')).toEqual(lines.flat());
          for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(76);
        },
      ),
    );
  });
});

describe('aligned', () => {
  it('sets columns under each other, figures to the right', () => {
    expect(
      aligned([
        ['', 'whole', 'week'],
        ['ROAS', '1.42×', '1.57×'],
        ['Revenue', '₹51.58 L', ''],
      ]),
    ).toEqual(['            whole   week', 'ROAS        1.42×  1.57×', 'Revenue  ₹51.58 L']);
  });

  it('gives up where a line would be too long', () => {
    expect(aligned([['a'.repeat(60), 'b'.repeat(15)]])).toBeNull();
    expect(aligned([])).toEqual([]);
  });
});

it('puts every text on one line, without marks that turn the direction of writing', () => {
  expect(
    inLines({ a: ['x\r\nBcc: y@z', '\u202Eevil\u202C'], b: { c: null, d: 1, e: ' \u0000 tab\tbed ' } }),
  ).toEqual({
    a: ['x Bcc: y@z', 'evil'],
    b: { c: null, d: 1, e: 'tab bed' },
  });
});

it('shortens by letters, not by halves of them', () => {
  expect(shortened('💪💪💪', 3)).toBe('💪💪💪');
  expect(shortened('💪💪💪💪', 3)).toBe('💪💪…');
  expect(shortened('one two', 5)).toBe('one…');
});

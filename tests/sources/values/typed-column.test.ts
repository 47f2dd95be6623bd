import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueStyle } from '../../../src/sources/source-file.js';
import type { Column } from '../../../src/sources/tables.js';
import { complaint } from '../../../src/sources/values/complaint.js';
import { PLAIN_STYLE, useValueReader } from './read-values.js';
import { type FaultKind, parse } from './reference.js';
import { garbage, mutated, spelledDate, spelledNumber } from './spelled.js';

const reader = useValueReader();

const COUNT: Column = { name: 'orders', type: 'count', whenBlank: 0, whenAbsent: 1 };
const REACH: Column = { name: 'reach', type: 'count' };
const MONEY: Column = { name: 'revenue', type: 'money', required: 'value' };
const RATE: Column = { name: 'rate', type: 'money' };
const DATE: Column = { name: 'date', type: 'date', required: 'value' };

describe('a blank cell', () => {
  const blanks = [
    null,
    '',
    ' ',
    '\t',
    '\u00a0',
    'NULL',
    'null',
    'N/A',
    '#N/A',
    '#n/a',
    'NaN',
    'None',
    'nil',
    ' - ',
    '–',
    '—',
  ];

  it('is NULL, or what the column says, in columns of numbers and dates', async () => {
    const optionalDate: Column = { name: 'date', type: 'date' };
    for (const [column, value] of [
      [COUNT, 0],
      [REACH, null],
      [RATE, null],
      [optionalDate, null],
    ] as const) {
      expect(await reader.read(blanks, column)).toEqual(
        blanks.map(() => ({ value, fault: false, rounded: false })),
      );
    }
  });

  it('is a fault where a value is required', async () => {
    for (const column of [MONEY, DATE]) {
      const read = await reader.read(blanks, column);
      expect(read).toEqual(blanks.map(() => ({ value: null, fault: true, rounded: false })));
    }
  });

  it('is not a cell with something else in it', async () => {
    const read = await reader.read(['--', 'N.A.', 'no', '?', 'none yet'], REACH);
    expect(read.map(({ fault }) => fault)).toEqual(Array(5).fill(true));
  });
});

/** Numbers with more than 16 decimals, and fractions with a huge exponent: nobody writes them, and the engine is not exact. */
const EXTREME = /e-[0-9]{2}|^\D*0*[.,]?[0-9]*e.*[0-9]{2}/i;

/** The rules and the words for faults against the reference. */
function agrees(
  cell: fc.Arbitrary<string>,
  column: Column,
  style: Partial<ValueStyle> = {},
  currencyDigits = 2,
) {
  const full = { ...PLAIN_STYLE, ...style };
  it(`${column.name} ${JSON.stringify(style)} ${currencyDigits}`, async () => {
    const cells = fc.array(
      fc.oneof({ weight: 3, arbitrary: cell }, { weight: 2, arbitrary: mutated(cell) }, garbage()),
      {
        minLength: 1500,
        maxLength: 1500,
      },
    );
    await fc.assert(
      fc.asyncProperty(cells, async (all) => {
        const texts = all.filter((text) => !EXTREME.test(text));
        const read = await reader.read(texts, column, style, currencyDigits);
        const meanings = texts.map((text) => parse(text, column, full, currencyDigits));
        const expected = meanings.map((meaning) =>
          'fault' in meaning
            ? { value: null, fault: true, rounded: false }
            : { value: meaning.value, fault: false, rounded: meaning.rounded },
        );
        expect(texts.map((text, index) => [text, read[index]])).toEqual(
          texts.map((text, index) => [text, expected[index]]),
        );
        for (const [index, text] of texts.entries()) {
          const meaning = meanings[index];
          if (meaning && 'fault' in meaning) expectTrue(text, meaning.fault, column, full, currencyDigits);
        }
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
}

/** Fails unless what is said about a faulty cell is so. */
function expectTrue(
  text: string,
  fault: FaultKind,
  column: Column,
  style: ValueStyle,
  currencyDigits: number,
): void {
  const { reason, fix } = complaint(text, column, style, currencyDigits, 'posts');
  expect([text, fix]).toEqual([text, expect.stringMatching(/^[A-Z].*[^.]\.$/)]);
  const isReadable = (change: Partial<ValueStyle>, as: Column = column) => {
    const meaning = parse(text, as, { ...style, ...change }, currencyDigits);
    return !('fault' in meaning) || meaning.fault !== 'unreadable';
  };
  const words = reason.replace(/^".*" /su, '');
  const said: Record<FaultKind, RegExp> = {
    blank: /^(the cell is blank|is no value)$/,
    unreadable: /^is (not a (number|date)(?! from)|a percentage|an amount)/,
    beyond: /^is (beyond ±|not a date from 1900 to 2199)/,
    'not whole': /^is not a whole number$/,
  };
  expect([text, words]).toEqual([text, expect.stringMatching(said[fault])]);
  if (words.includes('decimal'))
    expect([text, isReadable({ decimal: style.decimal === '.' ? ',' : '.' })]).toEqual([text, true]);
  if (words.includes('percentage')) expect([text, isReadable({}, RATE)]).toEqual([text, true]);
  if (words.includes('an amount')) expect([text, isReadable({}, MONEY)]).toEqual([text, true]);
  if (words.includes(' first'))
    expect([text, isReadable({ dateOrder: 'dmy' }) || isReadable({ dateOrder: 'mdy' })]).toEqual([
      text,
      true,
    ]);
  if (words.includes('spreadsheet')) expect([text, isReadable({ serialDates: 1904 })]).toEqual([text, true]);
}

describe('the rules agree with the reference, and what is said about a fault is true', () => {
  agrees(spelledNumber(), COUNT);
  agrees(spelledNumber(), REACH, { decimal: ',' });
  agrees(spelledNumber(), MONEY);
  agrees(spelledNumber(), MONEY, { decimal: ',' });
  agrees(spelledNumber(), MONEY, {}, 0);
  agrees(spelledNumber(), RATE, {}, 3);
  agrees(spelledNumber(), RATE, { decimal: ',' });
  agrees(spelledDate(), DATE);
  agrees(spelledDate(), DATE, { dateOrder: 'dmy' });
  agrees(spelledDate(), DATE, { dateOrder: 'mdy' });
  agrees(spelledDate(), DATE, { dateOrder: 'ymd' });
  agrees(spelledDate(), DATE, { dateOrder: 'dmy', serialDates: 1900 });
  agrees(spelledDate(), DATE, { serialDates: 1904 });
  agrees(spelledNumber(), { name: 'post_id', type: 'id', required: 'value' });
  agrees(spelledDate(), { name: 'caption', type: 'text' });
  agrees(
    fc.constantFrom('post', 'Per Post', 'per_orders', 'per-order', 'orders', 'PER  POST', 'perpost', 'CPO'),
    { name: 'basis', type: 'basis' },
  );
});

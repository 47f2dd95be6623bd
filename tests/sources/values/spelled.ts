import fc, { type Arbitrary } from 'fast-check';

const SPACE = ['', '', ' ', '\u00a0', '\u202f'];
const SIGN = ['', '', '', '-', '+', '−'];
const CURRENCY = ['', '', '', '₹', '$', '€', 'Rs.', 'rs ', 'INR', ' EUR', 'US$', '/-'];
const GROUP = ['', '', ',', '.', ' ', '\u00a0', "'"];

/** Cells of numbers in all the ways that people write them, and in ways that are nearly right. */
export function spelledNumber(): Arbitrary<string> {
  const whole = fc
    .tuple(
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.integer({ min: 0, max: 15 }),
      fc.constantFrom(...GROUP),
      fc.boolean(),
    )
    .map(([number, length, mark, isIndian]) => inGroups(String(number).slice(0, length + 1), mark, isIndian));
  const fraction = fc
    .tuple(fc.constantFrom('', '', '.', ','), fc.stringMatching(/^[0-9]{0,6}$/))
    .map((parts) => parts.join(''));
  const exponent = fc.constantFrom(
    '',
    '',
    '',
    '',
    'e3',
    'E-2',
    'e+1',
    'e0',
    'e-12',
    'E-29',
    'e-30',
    'e15',
    'e999',
  );
  const part = (texts: readonly string[]) => fc.constantFrom(...texts);
  const amount = fc.tuple(
    part(SIGN),
    part(CURRENCY),
    part(SPACE),
    part(SIGN),
    whole,
    fraction,
    exponent,
    part(SPACE),
    part(CURRENCY),
    part(['', '', '', '', '-', '%', ' %', 'K', ' Cr']),
  );
  const simple = fc.tuple(part(SIGN), whole, fraction, exponent);
  return fc
    .oneof(
      simple,
      amount,
      amount.map(([, ...rest]) => ['(', ...rest, ')']),
    )
    .map((parts) => parts.join(''));
}

function inGroups(digits: string, mark: string, isIndian: boolean): string {
  const rest = digits.slice(0, -3);
  const groups = rest.match(isIndian ? /\d{1,2}(?=(?:\d\d)*$)/g : /\d{1,3}(?=(?:\d{3})*$)/g) ?? [];
  return [...groups, digits.slice(-3)].join(mark);
}

/** Cells of dates in all the ways that people write them, and in ways that are nearly right. */
export function spelledDate(): Arbitrary<string> {
  const year = fc.oneof(
    fc.integer({ min: 1895, max: 2205 }).map(String),
    fc.integer({ min: 0, max: 99 }).map(padded),
  );
  const small = fc
    .tuple(fc.integer({ min: 0, max: 32 }), fc.boolean())
    .map(([number, isPadded]) => (isPadded ? padded(number) : String(number)));
  const name = fc.constantFrom(
    'Jan',
    'feb',
    'MARCH',
    'April',
    'may',
    'Jun',
    'july',
    'Aug',
    'Sept',
    'Oct',
    'November',
    'dec',
    'Mai',
    'Janu',
  );
  const mark = fc.constantFrom('-', '-', '/', '.', ' ', ', ', '\u00a0', '');
  const time = fc.constantFrom(
    ...[
      '',
      '',
      '',
      '',
      'T10:20:30.123Z',
      ' 10:20',
      ', 2:30 PM',
      ' 2:30\u202fpm',
      ' 00:00:00+05:30',
      ' 10:20:30 +0530',
    ],
    ...[
      'T23:59:59,5',
      ' 9:05 a.m. IST',
      '  10:20 UTC-3',
      ' 24:00',
      ' 10:60',
      'T1',
      ' 10:20 MART',
      ' 10:20:30 GMT',
      ' 10:20 x',
    ],
  );
  const day = fc.oneof(
    fc.tuple(year, mark, small, mark, small),
    fc.tuple(small, mark, small, mark, year),
    fc.tuple(small, mark, name, mark, year),
    fc.tuple(name, mark, small, mark, year),
    fc.tuple(year, mark, name, mark, small),
    fc.tuple(year, small, small),
    fc.tuple(fc.integer({ min: 0, max: 120_000 }).map(String), fc.constantFrom('', '', '.5', '.999999', '.')),
  );
  return fc.tuple(day, time).map(([parts, after]) => `${parts.join('')}${after}`);
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}

/** A cell with some characters put in, left out or replaced, and spaces around it. */
export function mutated(cell: Arbitrary<string>): Arbitrary<string> {
  const character = fc.constantFrom(...' \t\u00a0\u202f0127.,-+−/:()%eETZaApPmKs₹$€\'"_#=xé'.split(''));
  const change = fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(0, 1), fc.oneof(fc.constant(''), character));
  return fc
    .tuple(cell, fc.array(change, { maxLength: 2 }), fc.constantFrom('', '', ' ', '\t', '\u00a0'))
    .map(([text, changes, edge]) => {
      const characters = [...text];
      for (const [place, removed, added] of changes)
        characters.splice(place % (characters.length + 1), removed, added);
      return `${edge}${characters.join('')}${edge}`;
    });
}

/** Anything at all. */
export function garbage(): Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...'0123456789.,-+e/ :%()'.split('')), maxLength: 14 }),
    fc.constantFrom(
      '',
      ' ',
      'NULL',
      'null',
      'N/A',
      '#N/A',
      'nan',
      'NaN',
      'None',
      '-',
      '—',
      'NIL',
      'post',
      'Per Order',
      '42.0',
      'A-7',
      '#REF!',
    ),
  );
}

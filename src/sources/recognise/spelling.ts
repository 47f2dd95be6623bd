/**
 * What is left of a header name when case, accents, spaces and punctuation are ignored, and a unit with them:
 * "Revenue (INR)", "revenue ₹" and "REVENUE" are the same. A bracket that changes the meaning stays: "Revenue (in lakhs)".
 */
export function spelling(name: string): string {
  const text = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
  const bare = text.replace(BRACKETS, (bracket, inside: string) => (isUnit(wordsOf(inside)) ? ' ' : bracket));
  return withoutCurrency(wordsOf(bare)).join('');
}

/** Codes and words for currencies, in lower case. */
export const CURRENCY_WORDS: ReadonlySet<string> = new Set(
  `rs re rupee rupees inr usd dollar dollars eur euro euros gbp aed sar qar kwd bhd omr sgd aud cad nzd hkd jpy cny chf
  myr idr thb php vnd krw twd bdt lkr pkr npr zar ngn kes egp brl mxn ars sek nok dkk pln czk huf try ils`.split(
    /\s+/,
  ),
);

const BRACKETS = /[([{]([^()[\]{}]*)[)\]}]/g;

const UNITS: ReadonlySet<string> = new Set([
  ...CURRENCY_WORDS,
  ...'in no nos number count optional required utc ist ddmmyyyy mmddyyyy yyyymmdd'.split(' '),
]);
const DATE_PARTS: ReadonlySet<string> = new Set('d dd m mm mmm y yy yyyy'.split(' '));

/** A lone "m" or "mm" may mean millions, so it takes several parts to be a date. */
function isUnit(words: readonly string[]): boolean {
  if (words.length > 1 && words.every((word) => DATE_PARTS.has(word))) return true;
  return words.every((word) => UNITS.has(word));
}

function wordsOf(text: string): string[] {
  const spoken = text.replaceAll('%', ' percent ').replaceAll('#', ' number ');
  return spoken.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
}

function withoutCurrency(words: readonly string[]): readonly string[] {
  const [first = '', ...others] = words;
  if (others.length > 0 && CURRENCY_WORDS.has(first)) return others;
  if (others.length === 0 || !CURRENCY_WORDS.has(words.at(-1) ?? '')) return words;
  const rest = words.slice(0, -1);
  return rest.length > 1 && rest.at(-1) === 'in' ? rest.slice(0, -1) : rest;
}

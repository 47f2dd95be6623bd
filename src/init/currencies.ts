import { currencyCode } from '../format/codes.js';
import type { RecognisedFile } from '../sources/source-file.js';

/** A currency that the files name. */
export interface NamedCurrency {
  /** ISO 4217. */
  code: string;
  /** Where it was found, such as: "₹437,947" in payouts.csv. */
  evidence: string;
}

const SIGNS: readonly (readonly [RegExp, code: string])[] = [
  [/₹|\b(INR|Rs|rupees?)\b/i, 'INR'],
  [/€|\b(EUR|euros?)\b/i, 'EUR'],
  [/£|\bGBP\b/i, 'GBP'],
  [/\$|\bUSD\b/i, 'USD'],
];

/** The currencies that the money columns of the files name, in their headers or first values; each once. */
export function namedCurrencies(files: readonly RecognisedFile[]): NamedCurrency[] {
  const found = files.flatMap((file) => textsOf(file).flatMap((text) => namedIn(text, file.head.name)));
  return found.filter(({ code }, index) => found.findIndex((each) => each.code === code) === index);
}

/** Headers and values of the money columns, and the values of a column "Currency". */
function textsOf({ head, header, headerLine, found }: RecognisedFile): string[] {
  const money = found.filter(({ type }) => type === 'money').map(({ index }) => index);
  const currency = header.findIndex((name) => name.trim().toLowerCase() === 'currency');
  const columns = currency < 0 ? money : [...money, currency];
  const rows = head.records.filter(({ line }) => line >= headerLine);
  return columns.flatMap((index) => rows.map(({ fields }) => fields[index] ?? ''));
}

function namedIn(text: string, file: string): NamedCurrency[] {
  const evidence = `"${text.trim().slice(0, 30)}" in ${file}`;
  const signs = SIGNS.filter(([sign]) => sign.test(text)).map(([, code]) => ({ code, evidence }));
  if (signs.length > 0) return signs;
  const code = /\b[A-Z]{3}\b/.exec(text)?.[0] ?? '';
  return currencyCode.safeParse(code).success ? [{ code, evidence }] : [];
}

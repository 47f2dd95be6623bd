import type { ContentHash } from '../cache/content-hashes.js';
import { namedCurrencies } from '../init/currencies.js';
import type { Survey } from '../sources/recognise/types.js';
import { dataError } from '../sources/source-file.js';

/** Signs that several currencies share: with one of these as the report's currency, the sign contradicts nothing. */
const SHARED_SIGNS: readonly (readonly [sign: RegExp, currencies: RegExp])[] = [
  [/\$/, /^(USD|AUD|CAD|SGD|HKD|NZD|TWD|MXN|BRL|ARS|CLP|COP|JMD|BBD|BSD|BZD|FJD|GYD|LRD|NAD|SBD|SRD|TTD)$/],
  [/\bRs\b/i, /^(INR|PKR|LKR|NPR|MUR|SCR)$/],
  [/£/, /^(GBP|EGP|LBP|SYP|SSP|FKP|GIP|SHP)$/],
];

/**
 * Refuses files whose amounts name another currency than the report's; amounts of different currencies cannot be added.
 *
 * @throws ReportError `currency-differs` (exit code 3)
 */
export function assertCurrency({ files }: Survey, currency: string): void {
  const foreign = namedCurrencies(Object.values(files).flat()).find(
    ({ code, evidence }) =>
      code !== currency &&
      !SHARED_SIGNS.some(([sign, currencies]) => sign.test(evidence) && currencies.test(currency)),
  );
  if (!foreign) return;
  throw dataError(
    'currency-differs',
    `The data name ${foreign.code}, as in ${foreign.evidence}, but the currency of the report is ${currency}.`,
    `Set report.currency: ${foreign.code} in the configuration, or convert the amounts.`,
  );
}

/**
 * Refuses two files of one table with the same content: their rows would count twice.
 *
 * @throws ReportError `duplicate-file` (exit code 3)
 */
export function assertNoFileTwice({ files }: Survey, hashOf: (path: string) => ContentHash): void {
  for (const table of Object.values(files)) {
    const seen = new Map<string, { name: string; path: string }>();
    for (const {
      head,
      table: { label },
    } of table) {
      const { sha256 } = hashOf(head.file.path);
      const twin = seen.get(sha256);
      if (twin && twin.path !== head.file.path) {
        throw dataError(
          'duplicate-file',
          `${head.file.name} and ${twin.name} have the same content; their rows would count twice in ${label}.`,
          'Remove one of the two, and run again.',
        );
      }
      seen.set(sha256, head.file);
    }
  }
}

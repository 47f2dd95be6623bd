import { XMLBuilder } from 'fast-xml-parser';
import { type CheckOutcome, fails } from '../pipeline/check-data.js';
import type { Check } from '../report/schema.js';

const SUITE = 'roi-report check';
/** What XML 1.0 does not allow, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** The outcome of `roi-report check` as JUnit XML: a test case a check, and one for the loading of the data. */
export function junitXml(outcome: CheckOutcome): string {
  const cases = [loadingCase(outcome), ...outcome.checks.map((check) => checkCase(check, outcome))];
  const counts = {
    '@tests': cases.length,
    '@failures': cases.filter((testCase) => 'failure' in testCase).length,
    '@errors': 0,
    '@skipped': cases.filter((testCase) => 'skipped' in testCase).length,
  };
  const builder = new XMLBuilder({
    format: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    suppressEmptyNode: true,
  });
  const document: unknown = builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': SUITE, ...counts, testsuite: { '@name': SUITE, ...counts, testcase: cases } },
  });
  return String(document).trimEnd();
}

function loadingCase({ error, quarantineLines }: CheckOutcome): object {
  const named = { '@classname': SUITE, '@name': 'loading' };
  if (error === null) return named;
  return {
    ...named,
    failure: {
      '@type': allowed(error.code),
      '@message': allowed(error.message),
      '#text': allowed([error.message, ...quarantineLines, error.fix ?? ''].join('\n').trim()),
    },
  };
}

function checkCase(check: Check, { failOn }: CheckOutcome): object {
  const { id, title, severity, text, examples, fix } = check;
  const named = { '@classname': SUITE, '@name': id };
  if (severity === 'off') return { ...named, skipped: { '@message': text } };
  if (severity === 'ok') return named;
  const words = allowed(
    [`${title}: ${text}`, ...examples, ...(fix === undefined ? [] : [`Fix: ${fix}`])].join('\n'),
  );
  if (!fails(check, failOn)) return { ...named, 'system-out': words };
  return { ...named, failure: { '@type': severity, '@message': allowed(text), '#text': words } };
}

function allowed(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD');
}

import { XMLBuilder } from 'fast-xml-parser';

/** A test case of JUnit XML. It passed unless it failed or was skipped. */
export interface TestCase {
  /** What kind of case it is; with the name, unlike any other. */
  group: string;
  name: string;
  failure?: { type: string; message: string; text: string };
  /** Why it did not run. */
  skipped?: string;
  /** What a case that passed has to say. */
  output?: string;
}

/** What XML 1.0 does not allow, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Test cases as JUnit XML, without a line break at its end. Characters that XML does not allow become replacement characters. */
export function junitXml(suite: string, cases: readonly TestCase[]): string {
  const counts = {
    '@tests': cases.length,
    '@failures': cases.filter(({ failure }) => failure !== undefined).length,
    '@errors': 0,
    '@skipped': cases.filter(({ skipped }) => skipped !== undefined).length,
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
    testsuites: {
      '@name': suite,
      ...counts,
      testsuite: { '@name': suite, ...counts, testcase: cases.map(elementOf) },
    },
  });
  return String(document).trimEnd();
}

function elementOf({ group, name, failure, skipped, output }: TestCase): object {
  return {
    '@classname': allowed(group),
    '@name': allowed(name),
    ...(failure !== undefined && {
      failure: {
        '@type': allowed(failure.type),
        '@message': allowed(failure.message),
        '#text': allowed(failure.text),
      },
    }),
    ...(skipped !== undefined && { skipped: { '@message': allowed(skipped) } }),
    ...(output !== undefined && { 'system-out': allowed(output) }),
  };
}

function allowed(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD');
}

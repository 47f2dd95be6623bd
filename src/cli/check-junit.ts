import { checkCase } from '../ci/check-case.js';
import { junitXml, type TestCase } from '../ci/junit.js';
import { type CheckOutcome, fails } from '../pipeline/check-data.js';

const SUITE = 'roi-report check';

/** The outcome of `roi-report check` as JUnit XML: a test case a check, and one for the loading of the data. */
export function checkJunit(outcome: CheckOutcome): string {
  const checks = outcome.checks.map((check) => checkCase(check, SUITE, fails(check, outcome.failOn)));
  return junitXml(SUITE, [loadingCase(outcome), ...checks]);
}

function loadingCase({ error, quarantineLines }: CheckOutcome): TestCase {
  const named = { group: SUITE, name: 'loading' };
  if (error === null) return named;
  const { code, message, fix } = error;
  const text = [message, ...quarantineLines, fix ?? ''].join('\n').trim();
  return { ...named, failure: { type: code, message, text } };
}

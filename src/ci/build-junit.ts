import { EXIT } from '../errors.js';
import type { Control, Section } from '../report/schema.js';
import { checkCase } from './check-case.js';
import type { GateResult } from './judge-gates.js';
import { junitXml, type TestCase } from './junit.js';
import type { BuildFailure, BuildOutcome } from './outcome.js';

const SUITE = 'roi-report build';
const LOADING = { group: SUITE, name: 'loading' };

/**
 * A build as JUnit XML, without a line break at its end: a test case for the loading, and one for each check, control total, gate and
 * section. A check fails where a gate on quality makes the run fail by it.
 */
export function buildJunit({ report, gates }: BuildOutcome): string {
  const failing = gates.flatMap(({ gate }) => FAILING[gate] ?? []);
  return junitXml(SUITE, [
    LOADING,
    ...report.quality.checks.map((check) =>
      checkCase(check, `${SUITE}.checks`, failing.includes(check.severity)),
    ),
    ...report.controls.map(controlCase),
    ...gates.map(gateCase),
    ...report.sections.map(sectionCase),
  ]);
}

/** A build that failed as JUnit XML: by its data, or after they were loaded. */
export function failureJunit({ code, message, hint, exitCode }: BuildFailure): string {
  const failure = { type: code, message, text: hint === null ? message : `${message}\n${hint}` };
  if (exitCode === EXIT.data) return junitXml(SUITE, [{ ...LOADING, failure }]);
  return junitXml(SUITE, [{ group: SUITE, name: 'report', failure }]);
}

const FAILING: Partial<Record<string, readonly string[]>> = {
  'quality=error': ['error'],
  'quality=warning': ['error', 'warning'],
};

function controlCase({ id, label, expected, actual, ok }: Control): TestCase {
  const named = { group: `${SUITE}.controls`, name: id };
  const text = `${label}: expected ${expected}, got ${actual}`;
  return ok ? named : { ...named, failure: { type: 'control', message: text, text } };
}

function gateCase({ gate, ok, text }: GateResult): TestCase {
  const named = { group: `${SUITE}.gates`, name: gate };
  return ok ? { ...named, output: text } : { ...named, failure: { type: 'gate', message: text, text } };
}

function sectionCase({ id, title, error }: Section): TestCase {
  const named = { group: `${SUITE}.sections`, name: id };
  if (error === undefined) return named;
  return { ...named, failure: { type: 'section', message: error, text: `${title}: ${error}` } };
}

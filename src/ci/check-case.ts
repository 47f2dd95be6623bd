import type { Check } from '../report/schema.js';
import type { TestCase } from './junit.js';

/** A check of the data as a test case of JUnit XML; `fails` tells whether its severity fails the run. */
export function checkCase(check: Check, group: string, fails: boolean): TestCase {
  const { id, title, severity, text, examples, fix } = check;
  const named = { group, name: id };
  if (severity === 'off') return { ...named, skipped: text };
  if (severity === 'ok') return named;
  const words = [`${title}: ${text}`, ...examples, ...(fix === undefined ? [] : [`Fix: ${fix}`])].join('\n');
  return fails
    ? { ...named, failure: { type: severity, message: text, text: words } }
    : { ...named, output: words };
}

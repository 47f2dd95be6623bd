import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { checkJunit } from '../../src/cli/check-junit.js';
import type { CheckOutcome } from '../../src/pipeline/check-data.js';
import { checkWith, outcomeWith } from '../support/outcome.js';

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', processEntities: true });

function suiteOf(outcome: CheckOutcome) {
  const xml = checkJunit(outcome);
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites.testsuite;
}

describe('JUnit XML', () => {
  it('has a case a check: failed from failOn on, skipped where it is off, passed otherwise', () => {
    const checks = [
      checkWith({ id: 'bad', severity: 'error' }),
      checkWith({ id: 'odd' }),
      checkWith({ id: 'fine', severity: 'ok' }),
      checkWith({ id: 'unasked', severity: 'off' }),
    ];
    const suite = suiteOf(outcomeWith({ checks }));
    expect(suite).toMatchObject({ tests: '5', failures: '1', errors: '0', skipped: '1' });
    expect(suite.testcase.map(({ name }: { name: string }) => name)).toEqual([
      'loading',
      'bad',
      'odd',
      'fine',
      'unasked',
    ]);
    const [loading, bad, odd, fine, unasked] = suite.testcase;
    expect(bad.failure).toMatchObject({ type: 'error', message: checks[0]?.text });
    expect(bad.failure['#text']).toContain('posts, 2 Jul 2025: 2 rows\nFix: Correct the dates.');
    expect(odd['system-out']).toContain('2 entries');
    for (const passed of [loading, odd, fine]) expect(passed).not.toHaveProperty('failure');
    expect(unasked).toHaveProperty('skipped');
    const strict = suiteOf(outcomeWith({ checks, failOn: 'warning' }));
    expect(strict).toMatchObject({ failures: '2' });
    expect(suiteOf(outcomeWith({ checks, failOn: 'never' }))).toMatchObject({ failures: '0' });
  });

  it('has data that could not be loaded as the failure of the loading', () => {
    const error = { code: 'missing-column', message: 'No column revenue.', fix: 'Add it.' };
    const suite = suiteOf(outcomeWith({ ok: false, error, quarantineLines: ['a row'] }));
    expect(suite).toMatchObject({ tests: '1', failures: '1' });
    expect(suite.testcase.failure).toMatchObject({
      type: 'missing-column',
      message: 'No column revenue.',
      '#text': 'No column revenue.\na row\nAdd it.',
    });
  });

  it('is XML whatever texts it holds', () => {
    const texts = fc.string({
      unit: fc.constantFrom('<', '&', '"', "'", ']]>', '\0', '\u001B', '\uFFFF', '\uD800', '😀', 'a', '\n'),
    });
    const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
    fc.assert(
      fc.property(texts, (text) => {
        const checks = [checkWith({ severity: 'error', text, examples: [text] })];
        const outcome = outcomeWith({ checks, error: { code: 'bad-value', message: text, fix: text } });
        expect(suiteOf(outcome)).toMatchObject({ failures: '2' });
        expect(checkJunit(outcome)).not.toMatch(forbidden);
      }),
    );
  });
});

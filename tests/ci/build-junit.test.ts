import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildJunit, failureJunit } from '../../src/ci/build-junit.js';
import { builtReport, builtWith, HOSTILE_NAMES, sectionWith } from '../support/built.js';
import { checkWith } from '../support/outcome.js';

const testcase = z.looseObject({
  classname: z.string(),
  name: z.string(),
  failure: z.looseObject({ type: z.string(), message: z.string() }).optional(),
});
const suites = z.object({
  testsuites: z.object({
    testsuite: z.looseObject({ tests: z.string(), failures: z.string(), testcase: z.array(testcase) }),
  }),
});
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: true,
  isArray: (name) => name === 'testcase',
});

function suiteOf(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return suites.parse(parser.parse(xml)).testsuites.testsuite;
}

const withChecks = (...checks: ReturnType<typeof checkWith>[]) =>
  builtReport({
    quality: { checks, quarantined: { rows: 0, revenue: 0, tables: [], examples: [] } },
    controls: [
      { id: 'revenue', label: 'Revenue', unit: 'money', expected: 1, actual: 1, ok: true },
      { id: 'payout', label: 'Payout', unit: 'money', expected: 1, actual: 2, ok: false },
    ],
  });

describe('the JUnit XML of a build', () => {
  it('has a case for loading, each check, control total, gate and section', () => {
    const report = withChecks(checkWith({ id: 'odd' }), checkWith({ id: 'unasked', severity: 'off' }));
    report.sections.push(sectionWith({ id: 'trend', title: 'Trend', error: 'no weeks' }));
    const gates = [
      { gate: 'roas<0.8', ok: false, value: 0.7, text: 'ROAS is 0.70×.' },
      { gate: 'roi<0', ok: true, value: 0, text: 'ROI is 0.0%.' },
    ];
    const suite = suiteOf(buildJunit(builtWith({ report, gates })));
    expect(suite.testcase.map(({ classname, name, failure }) => [classname, name, failure?.message])).toEqual(
      [
        ['roi-report build', 'loading', undefined],
        ['roi-report build.checks', 'odd', undefined],
        ['roi-report build.checks', 'unasked', undefined],
        ['roi-report build.controls', 'revenue', undefined],
        ['roi-report build.controls', 'payout', 'Payout: expected 1, got 2'],
        ['roi-report build.gates', 'roas<0.8', 'ROAS is 0.70×.'],
        ['roi-report build.gates', 'roi<0', undefined],
        ['roi-report build.sections', 'executive-overview', undefined],
        ['roi-report build.sections', 'campaign-deep-dive', undefined],
        ['roi-report build.sections', 'trend', 'no weeks'],
      ],
    );
    expect(suite).toMatchObject({ tests: '10', failures: '3' });
  });

  it.each([
    ['quality=warning', ['bad', 'odd']],
    ['quality=error', ['bad']],
    ['roas<1', []],
  ])('fails the checks that the gate %s fails by', (gate, failing) => {
    const report = withChecks(checkWith({ id: 'bad', severity: 'error' }), checkWith({ id: 'odd' }));
    const gates = [{ gate, ok: true, value: 0, text: '' }];
    const suite = suiteOf(buildJunit(builtWith({ report, gates })));
    const failed = suite.testcase.filter(({ classname, failure }) => classname.endsWith('checks') && failure);
    expect(failed.map(({ name }) => name)).toEqual(failing);
  });

  it.each([
    [3, 'loading'],
    [2, 'report'],
    [4, 'report'],
  ])('has one failed case for a build that ended with %i: %s', (exitCode, name) => {
    const xml = failureJunit({ code: 'some-code', message: 'It\nbroke.', hint: 'Mend it.', exitCode });
    const suite = suiteOf(xml);
    expect(suite.testcase.map((one) => [one.name, one.failure?.type])).toEqual([[name, 'some-code']]);
    expect(xml).toContain('Mend it.');
  });

  it.each(HOSTILE_NAMES)('is valid with %j', (text) => {
    const report = withChecks(
      checkWith({ title: text, text, examples: [text], fix: text, severity: 'error' }),
    );
    report.sections.push(sectionWith({ id: 'x', title: text, error: text }));
    const gates = [{ gate: 'quality=error', ok: false, value: 1, text }];
    const suite = suiteOf(buildJunit(builtWith({ report, gates })));
    expect(suite.testcase).toHaveLength(8);
    expect(suite.failures).toBe('4');
    suiteOf(failureJunit({ code: 'c', message: text, hint: text, exitCode: 3 }));
  });
});

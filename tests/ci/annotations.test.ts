import { describe, expect, it } from 'vitest';
import { buildAnnotations, failureAnnotations } from '../../src/ci/annotations.js';
import { builtReport, builtWith, HOSTILE_NAMES, sectionWith } from '../support/built.js';
import { checkWith } from '../support/outcome.js';

const row = {
  table: 'tracking_data',
  file: 'tracking_data.csv',
  line: 3,
  column: 'revenue',
  value: 'about 900',
  reason: '"about 900" is not a number',
  fix: 'Write a number.',
  revenue: null,
};
const locate = (file: string) => `data/${file}`;

function reportWithQuality(checks: ReturnType<typeof checkWith>[], examples: (typeof row)[] = []) {
  return builtReport({
    quality: { checks, quarantined: { rows: examples.length, revenue: 0, tables: [], examples } },
  });
}

describe('annotations of a build', () => {
  it('are none where nothing failed and nothing was found', () => {
    const gates = [{ gate: 'roas<0.5', ok: true, value: 1, text: 'fine' }];
    const report = reportWithQuality([checkWith({ severity: 'info' }), checkWith({ severity: 'ok' })]);
    expect(buildAnnotations(builtWith({ gates, report }), locate)).toEqual([]);
  });

  it('name failed sections, gates and checks, and the file and line of quarantined rows', () => {
    const gates = [{ gate: 'roas<0.8', ok: false, value: 0.7, text: 'ROAS is 70% below, they say.' }];
    const report = reportWithQuality(
      [checkWith({ severity: 'error', title: 'Bad: dates, many' }), checkWith()],
      [row],
    );
    report.sections.push(sectionWith({ title: 'Trend', error: 'no weeks' }));
    expect(buildAnnotations(builtWith({ gates, report }), locate)).toEqual([
      '::error title=Trend::no weeks',
      '::error title=Gate roas<0.8::ROAS is 70%25 below, they say.',
      '::error title=Bad%3A dates%2C many::2 entries are dated after the day of the report. Correct the dates.',
      '::warning title=Dates after the day of the report::2 entries are dated after the day of the report. Correct the dates.',
      '::warning file=data/tracking_data.csv,line=3,title=A row of tracking_data is not in the figures::tracking_data.csv, line 3, column revenue: "about 900" is not a number. Write a number.',
    ]);
    const outside = buildAnnotations(builtWith({ report }), () => undefined);
    expect(outside.at(-1)).toMatch(/^::warning title=A row of/);
  });

  it('are at most ten of each level', () => {
    const gates = Array.from({ length: 30 }, () => ({ gate: 'roas<1', ok: false, value: 0, text: 't' }));
    const lines = buildAnnotations(
      builtWith({
        gates,
        report: reportWithQuality(
          [],
          Array.from({ length: 20 }, () => row),
        ),
      }),
      locate,
    );
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
  });

  it.each(HOSTILE_NAMES)('let no text be a command: %j', (text) => {
    const check = checkWith({ title: text, text, fix: text });
    const report = reportWithQuality([check], [{ ...row, file: text, reason: text, column: text }]);
    const gates = [{ gate: text, ok: false, value: null, text }];
    const lines = [
      ...buildAnnotations(builtWith({ report, gates }), () => text),
      ...failureAnnotations({ code: text, message: text, hint: text, exitCode: 3 }),
    ];
    expect(lines).toHaveLength(4);
    for (const line of lines) {
      expect(line).not.toMatch(/[\r\n]/);
      // As the runner reads it: properties end at the first "::" after the command's name.
      const [, properties = '', message = ''] = /^::(?:error|warning) (.*?)::(.*)$/.exec(line) ?? [];
      expect(properties.split(',').map((property) => property.split('=')[0])).toEqual(
        properties.startsWith('file') ? ['file', 'line', 'title'] : ['title'],
      );
      const plain = (escaped: string) =>
        escaped.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
      expect(plain(message)).toContain(text);
    }
  });
});

it('a build that failed has one annotation', () => {
  const failure = {
    code: 'missing-file',
    message: 'No file.\nLook there.',
    hint: 'Put it there.',
    exitCode: 3,
  };
  expect(failureAnnotations(failure)).toEqual([
    '::error title=missing-file::No file.%0ALook there.%0APut it there.',
  ]);
  expect(failureAnnotations({ ...failure, hint: null })[0]).toMatch(/Look there\.$/);
});

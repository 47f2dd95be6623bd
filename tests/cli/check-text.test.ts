import { describe, expect, it } from 'vitest';
import { checkText } from '../../src/cli/check-text.js';
import { checkWith, outcomeWith } from '../support/outcome.js';

const plain = { explain: false, colored: false };
const ok = checkWith({ id: 'zero-payout', severity: 'ok', count: 0, text: 'Nothing found.', examples: [] });

describe('what check prints', () => {
  it('aligns severity, id, count and sentence, with examples and fix under them', () => {
    const text = checkText(
      outcomeWith({
        checks: [
          checkWith(),
          checkWith({ id: 'refunds', severity: 'info', count: 1_200, text: 'Refunds.', examples: [] }),
          ok,
          checkWith({ id: 'date-gap', severity: 'off', count: 0 }),
        ],
      }),
      plain,
    );
    expect(text.split('\n')).toEqual([
      'warning  future-date      2  2 entries are dated after the day of the report.',
      '                             posts, 2 Jul 2025: 2 rows',
      '                             Fix: Correct the dates.',
      'info     refunds      1,200  Refunds.',
      '                             Fix: Correct the dates.',
      '',
      'Nothing found by zero-payout.',
      'Off: date-gap.',
      '',
      'Passed: 0 errors, 1 warning, 1 to know.',
    ]);
  });

  it('names what it fails by, and lists quarantined rows', () => {
    const text = checkText(
      outcomeWith({ ok: false, failOn: 'warning', checks: [checkWith()], quarantineLines: ['a row'] }),
      plain,
    );
    expect(text).toContain('\n\na row\n\nFAILED by future-date: 0 errors, 1 warning, 0 to know.');
    const error = { code: 'quarantine-limit', message: 'Too many rows.', fix: 'Fix them.' };
    expect(checkText(outcomeWith({ ok: false, error, checks: [ok] }), plain)).toMatch(
      /\n\nFAILED: Too many rows\.\nFix them\.$/,
    );
  });

  it('tells how the files were understood only when asked', () => {
    const outcome = outcomeWith({ explain: ['posts: posts.csv'] });
    expect(checkText(outcome, plain)).not.toContain('posts.csv');
    expect(checkText(outcome, { ...plain, explain: true })).toMatch(/^posts: posts\.csv\n\n/);
  });

  it('paints severities on a terminal, and lets nothing else move its cursor', () => {
    const outcome = outcomeWith({ checks: [checkWith({ text: 'A \u001B[2J\nname.' })] });
    expect(checkText(outcome, plain)).not.toContain('\u001B');
    const painted = checkText(outcome, { ...plain, colored: true });
    expect(painted).toContain('\u001B[33mwarning\u001B[0m  future-date');
    expect(painted).toContain('A \uFFFD[2J\uFFFDname.');
    expect(painted.split('\u001B')).toHaveLength(3);
  });
});

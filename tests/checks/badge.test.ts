import { describe, expect, it } from 'vitest';
import { badgeOf } from '../../src/checks/badge.js';
import type { Judgement } from '../../src/checks/judge.js';

const judgement = (
  severity: Judgement['severity'],
  share: number,
  clause: string,
  id = 'a-check',
): Judgement => ({
  id,
  title: 'A check',
  severity,
  count: severity === 'ok' ? 0 : 1,
  text: `${clause}; and more.`,
  examples: [],
  clause,
  share,
});

describe('the data badge', () => {
  it('is green where nothing was found, and for what is only worth knowing', () => {
    const green = { color: 'green', reason: 'Figures reconcile with the source files' };
    expect(badgeOf([])).toEqual(green);
    expect(badgeOf([judgement('info', 1, 'Odd'), judgement('ok', 0, ''), judgement('off', 0, '')])).toEqual(
      green,
    );
  });

  it('gives the warning that concerns most, without the rest of its sentence', () => {
    const warnings = [judgement('warning', 0.1, 'Little'), judgement('warning', 0.4, 'Much')];
    expect(badgeOf(warnings)).toEqual({ color: 'amber', reason: 'Much' });
  });

  it('is red for an error, however small, before any warning', () => {
    expect(badgeOf([judgement('warning', 1, 'All'), judgement('error', 0.01, 'Wrong')])).toEqual({
      color: 'red',
      reason: 'Wrong',
    });
  });

  it('always tells of rows that are left out, once', () => {
    const leftOut = (severity: Judgement['severity']) =>
      judgement(severity, 0.01, '2 rows are left out', 'quarantined-rows');
    expect(badgeOf([leftOut('warning')])).toEqual({ color: 'amber', reason: '2 rows are left out' });
    expect(badgeOf([judgement('warning', 0.5, 'Stale'), leftOut('warning')])).toEqual({
      color: 'amber',
      reason: 'Stale; 2 rows are left out',
    });
    expect(badgeOf([leftOut('info')])).toEqual({ color: 'green', reason: '2 rows are left out' });
  });
});

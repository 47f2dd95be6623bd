import { describe, expect, it } from 'vitest';
import { buildSummary, failureSummary } from '../../src/ci/job-summary.js';
import type { Comparison } from '../../src/report/comparison-schema.js';
import { builtReport, builtWith, HOSTILE_NAMES, sectionWith } from '../support/built.js';

describe('the summary of a build', () => {
  it('has period, badge, figures with changes, gates, findings, campaigns and files', () => {
    const gates = [
      { gate: 'roas<0.8', ok: false, value: 0.79, text: 'ROAS is 0.79×, below 0.80×.' },
      { gate: 'orders<1', ok: true, value: 5, text: 'Orders is 5.' },
    ];
    const evidence = { section: 'trend', impact: 1, values: {} };
    const report = builtReport({
      findings: [
        { id: 'f', severity: 'bad', text: 'South loses money.', detail: '₹600 at 0.40×.', evidence },
      ],
    });
    const text = buildSummary(builtWith({ report, gates }));
    expect(text).toBe(`## Influencer ROI · Tezbal

As of 30 Jun 2025 · 2–29 Jun 2025

**Data green:** All control totals hold

| Figure | Value | 23–29 Jun 2025 | Change |
| --- | ---: | ---: | ---: |
| Revenue | ₹2,000 | ₹600 | −25.0% |
| ROAS | 0.80× | n/a | n/a |
| ROI | −20.0% |  |  |
| Orders | n/a |  |  |

### Gates

- **failed**: roas\\<0.8. ROAS is 0.79×, below 0.80×.
- passed: orders\\<1. Orders is 5.

### What changed

- ▼ South loses money. ₹600 at 0.40×.

### Top 5 campaigns by ROAS

| Campaign | Revenue | ROAS |
| --- | ---: | ---: |
| North | ₹1,500 | 1.20× |
| South | ₹500 | 0.40× |
| West | ₹0 | n/a |

### Files

| File | Bytes | SHA-256 |
| --- | ---: | ---: |
| report.json | 12,345 | \`abababababab\` |

and 1 file in tables/; manifest.json has every hash in full.
`);
  });

  it('has what moved and what was restated since the last edition', () => {
    const week = { week: '2025-06-02', figure: 'revenue', before: 1_000, now: 900, change: -100 } as const;
    const comparison = {
      with: { asOf: '2025-06-23', label: 'l', version: '0', sha256: 'ab' },
      window: null,
      moved: {
        kpis: [
          {
            ...{ id: 'revenue', label: 'Revenue', unit: 'money' as const, kind: 'relative' as const },
            ...{ before: 1_000, now: 2_000, difference: 1_000, change: 1 },
          },
        ],
        campaigns: [],
        influencers: [],
      },
      restated: [
        ...Array.from({ length: 11 }, () => week),
        { ...week, figure: 'orders' as const, before: null },
      ],
      reallocated: null,
    };
    const text = buildSummary(builtWith({ report: builtReport({ comparison }) }));
    expect(text).toContain('### Since the edition of 23 Jun 2025\n\n- Revenue: ₹1,000 → ₹2,000 (+100.0%)\n');
    expect(text).toContain('- Restated: revenue of the week from 2 Jun 2025: ₹1,000 → ₹900\n');
    expect(text).toContain('- and 2 more restated figures\n');
    const summaryOf = (changes: Partial<Comparison['moved']>, restated: [] | null) =>
      buildSummary(
        builtWith({
          report: builtReport({
            comparison: { ...comparison, moved: { ...comparison.moved, ...changes }, restated },
          }),
        }),
      );
    const rate = {
      ...{ id: 'engagement_rate', label: 'Rate', unit: 'share' as const, kind: 'absolute' as const },
      ...{ before: 0.041, now: 0.0411, difference: 0.0001, change: 0.0001 },
    };
    const same = 'The headline figures read the same, and nothing was restated.';
    expect(summaryOf({ kpis: [] }, [])).toContain(same);
    expect(summaryOf({ kpis: [rate] }, [])).toContain(same);
    expect(summaryOf({ kpis: [{ ...rate, change: 0.001 }] }, [])).toContain('(+0.1 pts)');
    const unknown = summaryOf({ kpis: null }, null);
    expect(unknown).toContain('- An edition lacks its headline figures: what moved is not known\n');
    expect(unknown).toContain('- An edition lacks its weeks: what was restated is not known\n');
    expect(unknown).not.toContain(same);
  });

  it('names a section that failed, and bears a report with nothing in it', () => {
    const report = builtReport({ sections: [sectionWith({ title: 'Trend', error: 'no weeks' })] });
    expect(buildSummary(builtWith({ report }))).toContain('**Failed section:** Trend: no weeks');
    expect(buildSummary(builtWith({ report: builtReport({ sections: [] }), outputs: [] }))).toMatch(/^## /);
  });

  it.each(HOSTILE_NAMES)('shows %j and does nothing else', (name) => {
    const report = builtReport({ badge: { color: 'red', reason: name } });
    report.meta.title = name;
    for (const table of report.sections.flatMap(({ tables }) => tables)) {
      for (const row of table.rows) row.campaign = name;
    }
    const gates = [{ gate: 'roas<1', ok: false, value: 0, text: name }];
    const plain = buildSummary(
      builtWith({ gates: [{ ...gates[0], gate: 'g', ok: false, value: 0, text: 't' }] }),
    );
    const text = buildSummary(builtWith({ report, gates }));
    expect(text.split('\n')).toHaveLength(plain.split('\n').length);
    const unescaped = text.replace(/\\./gs, '');
    expect(unescaped).not.toMatch(/[<[\]~$&@](?!\u200B)/);
    expect(unescaped).not.toMatch(/:\/\/|www\./);
    expect(unescaped).not.toMatch(/^(?!\||##).*\|/m);
    expect(
      unescaped.split('\n').filter((line) => line.startsWith('| ') && line.split('|').length === 5),
    ).toHaveLength(
      plain.split('\n').filter((line) => line.startsWith('| ') && line.split('|').length === 5).length,
    );
    expect(unescaped.match(/`[^`]*`/g)).toHaveLength(1);
  });
});

it('the summary of a failure has its lines, the fix and its name', () => {
  const failure = {
    code: 'missing-file',
    message: 'No file.\n\n| x |',
    hint: 'Put it <there>.',
    exitCode: 3,
  };
  expect(failureSummary(failure)).toBe(
    '## No report was made\n\n**Error:** No file.  \n**Error:** \\| x \\|\n\nFix: Put it \\<there>.\n\nFailure: missing-file\n',
  );
  expect(failureSummary({ ...failure, hint: null })).not.toContain('Fix:');
});

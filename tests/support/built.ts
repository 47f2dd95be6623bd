import type { BuildOutcome } from '../../src/ci/outcome.js';
import type { Kpi, Report, Section } from '../../src/report/schema.js';
import { reportWith } from './report.js';

const delta = {
  period: '23–29 Jun 2025',
  current: 600,
  previous: 800,
  change: -0.25,
  average: null,
  changeFromAverage: null,
  kind: 'relative',
} as const;

const kpis: Kpi[] = [
  { id: 'revenue', label: 'Revenue', value: 2_000, unit: 'money', trend: [800, 600], delta },
  {
    id: 'roas',
    label: 'ROAS',
    value: 0.79996,
    unit: 'ratio',
    trend: [1, null],
    delta: { ...delta, current: null, previous: 1, change: null, kind: 'absolute' },
  },
  { id: 'roi', label: 'ROI', value: -0.2, unit: 'share', trend: [] },
  { id: 'orders', label: 'Orders', value: null, unit: 'count' },
];

export function sectionWith(changes: Partial<Section>): Section {
  return { id: 's', title: 'S', headline: 'H', kpis: [], tables: [], charts: [], notes: [], ...changes };
}

/** An overview with figures of every kind, and a table of campaigns. */
export function builtReport(changes: Partial<Report> = {}): Report {
  const columns = [
    { key: 'campaign', label: 'Campaign', unit: 'text' },
    { key: 'revenue', label: 'Revenue', unit: 'money' },
    { key: 'roas', label: 'ROAS', unit: 'ratio' },
  ] as const;
  const rows = [
    { campaign: 'North', revenue: 1_500, roas: 1.2 },
    { campaign: 'South', revenue: 500, roas: 0.4 },
    { campaign: 'West', revenue: 0, roas: null },
  ];
  const table = (id: string, title: string) => ({ id, title, columns: [...columns], rows });
  return reportWith({
    sections: [
      sectionWith({
        id: 'executive-overview',
        title: 'Executive overview',
        kpis,
        tables: [table('top-campaigns', 'Top 5 campaigns by ROAS')],
      }),
      sectionWith({
        id: 'campaign-deep-dive',
        title: 'Campaigns',
        tables: [table('campaigns', 'All campaigns')],
      }),
    ],
    ...changes,
  });
}

/** A build that brought a report, with no gates and two files unless told. */
export function builtWith(changes: Partial<BuildOutcome> = {}): BuildOutcome {
  return {
    report: builtReport(),
    gates: [],
    outputs: [
      { file: 'report.json', bytes: 12_345, sha256: 'ab'.repeat(32) },
      { file: 'tables/trend.weeks.csv', bytes: 10, sha256: 'cd'.repeat(32) },
    ],
    ...changes,
  };
}

/** Texts that are more than text to a terminal, a pipeline, Markdown or XML. */
export const HOSTILE_NAMES = [
  '::error::owned',
  '  ::stop-commands::x',
  'a\n::error file=x::owned',
  'a\r\n##[error]owned',
  '##[add-mask]x',
  '##vso[task.complete]x',
  '%0A::error::owned',
  '| a | b |',
  '[link](http://evil.example)',
  'http://evil.example www.evil.example',
  '<img src=x onerror=alert(1)> &amp; <!-- ',
  '`code` **bold** _it_ ~~gone~~ $x$',
  '@everyone #1',
  ']]></failure><x a="\'',
  'bell \u0007 escape \u001b[31m half \uD83C end',
] as const;

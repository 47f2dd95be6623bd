import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { reportJsonSchema, reportSchema } from '../../src/report/schema.js';
import { reportWith } from '../support/report.js';

it('is published as a JSON Schema, up to date', () => {
  const saved = readFileSync(path.join(packageRoot, 'config', 'schema', 'report.schema.json'), 'utf8');
  expect(saved).toBe(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
});

it.each([null, [], {}, { schemaVersion: 2 }, { schemaVersion: 1, status: 'complete' }])(
  'refuses %j',
  (content) => {
    expect(reportSchema.safeParse(content).success).toBe(false);
  },
);

describe('what becomes part of a page', () => {
  const section = { title: 'T', headline: 'H', kpis: [], tables: [], charts: [], notes: [] };
  const kpi = { label: 'K', value: 1, unit: 'count' } as const;
  const table = { title: 'T', columns: [], rows: [] };
  const chart = { title: 'C', alt: 'C', spec: {} };
  const fieldOf = (report: unknown) => reportSchema.safeParse(report).error?.issues[0]?.path.join('.');
  const parts = (id: string) => [
    { ...section, id },
    { ...section, id: 'a', kpis: [{ ...kpi, id }] },
    { ...section, id: 'a', tables: [{ ...table, id }] },
    { ...section, id: 'a', charts: [{ ...chart, id }] },
  ];

  it.each(['a', '7', 'top-campaigns', 'top1_share'])('may have the id %j', (id) => {
    expect(parts(id).map((part) => fieldOf(reportWith({ sections: [part] })))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it.each(['', 'A', '-a', 'a b', 'a"', 'a<b', '$&', '../a', 'a\n', 'ä'])('may not have the id %j', (id) => {
    expect(parts(id).map((part) => fieldOf(reportWith({ sections: [part] })))).toEqual([
      'sections.0.id',
      'sections.0.kpis.0.id',
      'sections.0.tables.0.id',
      'sections.0.charts.0.id',
    ]);
  });

  it.each([
    ['asOf', '2025-02-30'],
    ['asOf', 'yesterday'],
    ['locale', 'nowhere_at_all'],
    ['currency', 'RUPEE'],
  ])('is refused where meta.%s is %j', (field, value) => {
    expect(fieldOf(reportWith({ meta: { [field]: value } }))).toBe(`meta.${field}`);
  });
});

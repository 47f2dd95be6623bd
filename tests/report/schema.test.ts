import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.js';
import { reportJsonSchema, reportSchema } from '../../src/report/schema.js';

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

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseGate } from '../../src/ci/gates.js';
import { packageRoot } from '../../src/package-root.js';
import { runInProcess } from '../support/in-process.js';

const read = (name: string) => readFileSync(path.join(packageRoot, 'config', 'ci', name), 'utf8');

const step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const workflow = z.object({
  on: z.looseObject({}),
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({ report: z.looseObject({ steps: z.array(step) }) }),
});
const { permissions, jobs } = workflow.parse(parse(read('github.yml')));
const { steps } = jobs.report;
const job = z
  .object({
    report: z.looseObject({ script: z.array(z.string()), artifacts: z.looseObject({ when: z.string() }) }),
  })
  .parse(parse(read('gitlab-ci.yml'))).report;

let help: string;
beforeAll(async () => {
  ({ stdout: help } = await runInProcess(['build', '--help']));
});

describe.each([
  ['github.yml', steps.map(({ run }) => run ?? '')],
  ['gitlab-ci.yml', job.script],
])('the command line in %s', (_name, lines) => {
  const command = lines.find((line) => line.includes('roi-report build')) ?? '';

  it('has flags that there are', () => {
    const flags = [...command.matchAll(/ (--[a-z-]+)/g)].map(([, flag]) => flag);
    expect(flags).toEqual(expect.arrayContaining(['--as-of', '--fail-on', '--junit', '--format']));
    for (const flag of flags) expect(help).toMatch(new RegExp(`^ +${flag}\\b`, 'm'));
  });

  it('has gates that can be read, those with signs of a shell in quotes', () => {
    const gates = [...command.matchAll(/--fail-on ('[^']*'|\S+)/g)].map(([, gate]) => gate ?? '');
    expect(gates.length).toBeGreaterThan(1);
    for (const gate of gates) {
      expect(parseGate(gate.replaceAll("'", '')).text).toBe(gate.replaceAll("'", ''));
      expect(gate.startsWith("'") || !/[<>]/.test(gate), gate).toBe(true);
    }
  });

  it('has formats that there are', () => {
    const [, formats = ''] = /--format (\S+)/.exec(command) ?? [];
    for (const format of formats.split(',')) expect(help.replace(/\s+/g, ' ')).toContain(`${format}, `);
  });
});

it('the workflow may only read, and takes no text of others into a shell', () => {
  expect(permissions).toEqual({ contents: 'read' });
  for (const { run = '' } of steps) expect(run).not.toMatch(/\$\{\{/);
});

it('files are kept where a gate failed', () => {
  const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
  expect(upload?.if).toContain('!cancelled()');
  expect(String(upload?.with?.path)).toContain('roi-report.xml');
  expect(job.artifacts.when).toBe('always');
});

it('the README names gates that can be read, and files that there are', () => {
  const readme = read('README.md');
  const gates = [...readme.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, gate = '']) => gate),
  );
  expect(gates.length).toBeGreaterThan(5);
  for (const gate of gates) expect(parseGate(gate).text).toBe(gate);
  for (const [, file = ''] of readme.matchAll(/`([a-z-]+\.yml)`/g))
    expect(existsSync(path.join(packageRoot, 'config', 'ci', file))).toBe(true);
});

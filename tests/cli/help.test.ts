import { expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { runInProcess } from '../support/in-process.js';

const filters = ['campaign', 'category', 'platform', 'min-followers', 'max-followers', 'from', 'to'];

const BUILD =
  'data config out format as-of compare no-compare roas-below top-posts no-filters fail-on junit summary no-cache json';

it.each([
  ['build', [...BUILD.split(' '), ...filters]],
  ['check', ['data', 'config', 'as-of', 'explain', 'fail-on', 'junit', 'no-cache', 'json']],
  ['init', ['out', 'force']],
  ['render', ['out', 'config', 'format', 'no-html', 'no-pdf', 'json']],
  ['doctor', ['data', 'out', 'config', 'json']],
])('roi-report %s --help names every option and what it takes', async (command, options) => {
  const { code, stdout, stderr } = await runInProcess([command, '--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  const named = [...stdout.matchAll(/^ {2}(?:-h, )?--([a-z-]+)/gm)].map(([, name]) => name);
  expect(named.sort()).toEqual([...options, 'help'].sort());
});

it('roi-report --help lists the commands, examples and exit codes, and promises no others', async () => {
  const { code, stdout } = await runInProcess(['--help']);
  expect(code).toBe(0);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name);
  expect(commands).toEqual(
    expect.arrayContaining([
      'build',
      'check',
      'preview',
      'send',
      'schedule',
      'runs',
      'deliveries',
      'init',
      'render',
      'doctor',
      'help',
    ]),
  );
  expect(stdout).toContain('Examples:');
  expect(stdout).toContain('Exit codes: 0 done');
});

it('tells its version', async () => {
  const { code, stdout } = await runCli(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [['biuld'], /^error: unknown command 'biuld'/],
  [['build', '--frmat', 'pdf'], /^error: unknown option '--frmat'/],
  [
    ['build', '--format', 'docx'],
    /^error: .*--format.*"docx" is not one of pdf, html, json, csv, xlsx, parquet\./,
  ],
  [
    ['build', '--top-posts', 'reach'],
    /^error: .*--top-posts.*Allowed choices are revenue, likes, engagement\./,
  ],
  [['build', '--fail-on', 'roas=0.8'], /^error: .*--fail-on.*"roas=0\.8" is not a gate\. .*"roas<0\.8"/],
  [['build', '--fail-on', 'roas<1,'], /^error: .*--fail-on.*"" is not a gate\./],
  [
    ['render', 'x', '--format', 'json'],
    /^error: .*--format.*"json" is not one of pdf, html, csv, xlsx, parquet\./,
  ],
  [['build', '--as-of', '2026-02-30'], /^error: .*--as-of.*It is not a day such as 2026-06-26\./],
  [['build', '--roas-below', 'low'], /^error: .*--roas-below.*It is not a number such as 0\.8\./],
  [['build', '--min-followers', '-1'], /^error: .*--min-followers/],
  [['build', '--min-followers', '1e3'], /^error: .*It is not a whole number such as 100000\./],
  [['check', '--fail-on', 'info'], /^error: .*--fail-on.*Allowed choices are error, warning, never\./],
  [['build', 'surplus'], /^error: too many arguments/],
  [['build', '--data'], /^error: option '--data <folder>' argument missing/],
  [['render'], /^error: missing required argument 'report\.json'/],
])('%j is a usage error of one clear line', async (args, line) => {
  const { code, stdout, stderr } = await runInProcess(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const [first, ...more] = stderr.trim().split('\n');
  expect(first).toMatch(line);
  expect(more.filter((text) => text !== '' && !text.startsWith('('))).toEqual([]);
});

it.each([
  [0, ['--help']],
  [2, ['biuld']],
])('ends with %i and says the same as a process: %j', async (code, args) => {
  const { pid: _pid, ...result } = await runCli(args);
  expect(result).toEqual(await runInProcess(args));
  expect(result.code).toBe(code);
});

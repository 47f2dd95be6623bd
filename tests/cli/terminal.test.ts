import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTerminal, type Terminal } from '../../src/cli/terminal.js';
import { HOSTILE_NAMES } from '../support/built.js';

let out: string;
let err: string;
let terminal: Terminal;
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  terminal = createTerminal(new AbortController().signal);
});
afterEach(() => vi.restoreAllMocks());

/** What a runner of pipelines takes for a command of its own. */
const COMMAND = /^\s*::|##(?:\[|vso\[)/;

describe.each(HOSTILE_NAMES)('%j', (text) => {
  it('is one harmless line as note, progress and warning', () => {
    const { progress, warn } = terminal.effects();
    for (const say of [terminal.note, progress, warn]) say(text);
    const lines = err.split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.slice(0, 3)).size).toBe(1);
    for (const line of err.split(/[\r\n]/)) expect(line).not.toMatch(COMMAND);
    expect(err).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(out).toBe('');
  });

  it('is no command in a result, for people or for scripts', () => {
    terminal.print(`title\n${text}`);
    terminal.printJson({ text });
    for (const line of out.split(/\n/)) expect(line).not.toMatch(COMMAND);
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toEqual({ text });
    expect(err).toBe('');
  });
});

it('says harmless texts as they are, and commands where they are meant', () => {
  terminal.print('a::b\n  c # [d]');
  terminal.note('2 rows: "x"::y');
  terminal.command('::error::x');
  expect(out).toBe('a::b\n  c # [d]\n');
  expect(err).toBe('2 rows: "x"::y\n::error::x\n');
});

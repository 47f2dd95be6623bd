import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactor } from '../../src/delivery/secrets.js';
import { serviceLog } from '../../src/service/log.js';
import { plainLine } from '../../src/service/log-text.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const PASSWORD = 'p"ä\\ss w/o+rd$(1)&';
const credentials = { user: 'reports', password: PASSWORD };
const redact = redactor({ credentials, dkimKey: null });

let file: string;
let descriptor: number;
let remove: () => Promise<void>;

beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  file = path.join(temporary.folder, 'log');
  descriptor = openSync(file, 'w');
});

afterEach(async () => {
  closeSync(descriptor);
  await remove();
});

const written = () => readFileSync(file, 'utf8');
const lines = (): Record<string, unknown>[] =>
  written()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('serviceLog', () => {
  it('writes one JSON object a line: time, level as a word, facts, message', () => {
    const tell = serviceLog({ redact, destination: descriptor });
    tell('info', 'board/1 is due', { edition: 'board/1', sent: 2, late: false, reason: null });
    tell('error', 'without facts: %s %d %%');
    const [first, second] = lines();
    expect(first).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      edition: 'board/1',
      sent: 2,
      late: false,
      reason: null,
      msg: 'board/1 is due',
    });
    expect(second).toEqual({ level: 'error', time: expect.any(String), msg: 'without facts: %s %d %%' });
  });

  it('tells no less than its level', () => {
    const tell = serviceLog({ redact, destination: descriptor, level: 'warn' });
    tell('info', 'one');
    tell('warn', 'two');
    tell('error', 'three');
    expect(lines().map(({ msg }) => msg)).toEqual(['two', 'three']);
  });

  it('lets no form of a secret out, in the message or in a fact', () => {
    const tell = serviceLog({ redact, destination: descriptor });
    const forms = [
      PASSWORD,
      encodeURIComponent(PASSWORD),
      JSON.stringify(PASSWORD),
      Buffer.from(PASSWORD).toString('base64'),
      Buffer.from(`\0reports\0${PASSWORD}`).toString('base64'),
    ];
    for (const form of forms) tell('warn', `535 refused (${form})`, { reply: `AUTH ${form}`, code: 535 });
    expect(lines()).toHaveLength(forms.length);
    for (const { msg, reply, code } of lines()) {
      expect(msg).toMatch(/^535 refused \("?\[secret\]"?\)$/);
      expect(reply).toMatch(/^AUTH "?\[secret\]"?$/);
      expect(code).toBe(535);
    }
    const raw = written();
    for (const form of forms) {
      expect(raw).not.toContain(form);
      expect(raw).not.toContain(JSON.stringify(form).slice(1, -1));
    }
  });

  it('lets no secret out that is a number', () => {
    const digits = redactor({ credentials: { user: 'reports', password: '20261123' }, dkimKey: null });
    serviceLog({ redact: digits, destination: descriptor })('info', 'Login', { given: 20261123, port: 587 });
    expect(lines()[0]).toMatchObject({ given: '[secret]', port: 587 });
  });

  it('writes no fact that is named like a secret, whatever it holds', () => {
    const tell = serviceLog({ redact, destination: descriptor });
    tell('info', 'm', {
      password: 'a',
      smtpPassword: 'b',
      client_secret: 'c',
      dkimKey: 'd',
      key: 'e',
      edition: 'f',
    });
    expect(lines()[0]).toMatchObject({
      password: '[secret]',
      smtpPassword: '[secret]',
      client_secret: '[secret]',
      dkimKey: '[secret]',
      key: '[secret]',
      edition: 'f',
    });
  });

  it('cannot be made to forge a line or to act on a terminal, whatever the data say', () => {
    const tell = serviceLog({ redact: (text) => text, destination: descriptor });
    const nasty = fc.string({
      unit: fc.constantFrom(
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\u009b',
        '\u001b[2J',
        '\u202e',
        '"',
        '\\',
        '}',
        'a',
        '\u0000',
        '🎉',
      ),
    });
    const expected: string[] = [];
    fc.assert(
      fc.property(nasty, (text) => {
        tell('info', text, { name: text });
        expected.push(text);
      }),
    );
    expect(lines().map(({ msg }) => msg)).toEqual(expected);
    expect(lines().map(({ name }) => name)).toEqual(expected);
    expect(written()).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  });

  it('has written a line before the call returns, a long one too', () => {
    const tell = serviceLog({ redact, destination: descriptor });
    tell('info', 'x'.repeat(1_000_000));
    expect(lines()[0]?.msg).toHaveLength(1_000_000);
  });

  it.skipIf(process.platform !== 'linux')('does no harm where nothing can be written', () => {
    const full = openSync('/dev/full', constants.O_WRONLY);
    const tell = serviceLog({ redact, destination: full });
    expect(() => {
      tell('error', 'lost');
      tell('error', 'lost as well');
    }).not.toThrow();
    closeSync(full);
  });
});

describe('plainLine', () => {
  it('is a line for a person', () => {
    const line = plainLine(new Date('2026-11-23T06:00:01.234Z'), 'warn', 'board/1 is skipped: 3 days late');
    expect(line).toBe('2026-11-23 06:00:01Z warn  board/1 is skipped: 3 days late\n');
  });

  it('shows control characters in place of obeying them', () => {
    const line = plainLine(new Date(0), 'info', 'a\r\nb\u001b[31mc\u2028d\u202ee');
    expect(line).toBe(`1970-01-01 00:00:00Z info  a\\u000d\\nb\\u001b[31mc\\u2028d\\u202ee\n`);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSecrets, redactor } from '../../src/delivery/secrets.js';
import { ReportError } from '../../src/errors.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('reading', () => {
  const read = (values: Record<string, string>) =>
    readSecrets(
      Object.fromEntries(Object.entries(values).map(([name, value]) => [`ROI_REPORT_${name}`, value])),
    );

  it('finds nothing where nothing is set', () => {
    const nothing = { credentials: null, dkimKey: null };
    expect(readSecrets({})).toEqual(nothing);
    expect(readSecrets({ HOME: 'x', ROI_REPORT_SMTP_USER: undefined })).toEqual(nothing);
    expect(read({ SMTP_USER: '', SMTP_PASSWORD: '', DKIM_KEY: '' })).toEqual(nothing);
  });

  it('takes user and password as they are', () => {
    expect(read({ SMTP_USER: ' a ', SMTP_PASSWORD: ' "b\\n ' }).credentials).toEqual({
      user: ' a ',
      password: ' "b\\n ',
    });
  });

  it.each([
    [{ SMTP_USER: 'a' }, 'ROI_REPORT_SMTP_PASSWORD is not'],
    [{ SMTP_USER: 'a', SMTP_PASSWORD: '' }, 'ROI_REPORT_SMTP_PASSWORD is not'],
    [{ SMTP_PASSWORD: 'hush-hush' }, 'ROI_REPORT_SMTP_USER is not'],
  ])('wants both of %j', (values, words) => {
    expect(() => read(values)).toThrow(words);
  });

  it.each([
    ['as a file has it', pem],
    ['with literal line breaks', pem.replaceAll('\n', '\\n')],
    ['with literal line breaks of Windows', pem.replaceAll('\n', '\\r\\n')],
    ['without the last line break', pem.trim()],
    ['of the older kind', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ])('takes a key %s', (_, text) => {
    const { dkimKey } = read({ DKIM_KEY: text });
    expect(dkimKey?.split('\n').length).toBeGreaterThan(10);
    expect(dkimKey).not.toContain('\\n');
  });

  it.each([
    ['that is none', 'hush-hush'],
    ['that is cut', pem.slice(0, 400)],
    [
      'that is public',
      generateKeyPairSync('rsa', { modulusLength: 1024 })
        .publicKey.export({ type: 'spki', format: 'pem' })
        .toString(),
    ],
    [
      'of another kind',
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
    [
      'behind a passphrase',
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString(),
    ],
  ])('refuses a key %s, without repeating it', (_, text) => {
    let thrown: unknown;
    try {
      read({ DKIM_KEY: text });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ReportError);
    const { message, hint, cause, stack } = thrown as ReportError;
    expect(cause).toBeUndefined();
    for (const line of text.split('\n').filter((part) => part !== '' && !part.startsWith('-----'))) {
      expect(`${message}${hint}${stack}`).not.toContain(line);
    }
  });
});

describe('redacting', () => {
  const nothing = { credentials: null, dkimKey: null };
  /** Long enough not to stand in the mark itself, and of letters that do not join with the text around it. */
  const password = fc.string({ minLength: 9, unit: 'binary' }).filter((text) => !/[.[\]]/.test(text));
  const formsOf = (user: string, secret: string) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(`\0${user}\0${secret}`).toString('base64'),
    Buffer.from(`${user}\0${user}\0${secret}`).toString('base64'),
  ];

  it('takes out a password in every form, and leaves the rest', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), password, (user, secret) => {
        const forms = formsOf(user, secret);
        const redact = redactor({ ...nothing, credentials: { user, password: secret } });
        for (const form of forms) expect(redact(`...${form}...`)).toMatch(/^\.\.\.\[secret\]=*\.\.\.$/);
        const all = redact(forms.join('...'));
        for (const form of forms) expect(all).not.toContain(form);
      }),
    );
  });

  it('leaves a text without secrets as it is', () => {
    const redact = redactor({ credentials: { user: 'anna', password: 'hush-hush' }, dkimKey: pem });
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('hush-hush'));
        expect(redact(text)).toBe(text);
      }),
    );
    expect(redactor(nothing)('hush-hush')).toBe('hush-hush');
  });

  it.each(['.*', 'a|b', '(', '\\', '$&', '[secret]', 's'])('takes the password %s as letters', (secret) => {
    const redact = redactor({ ...nothing, credentials: { user: 'anna', password: secret } });
    expect(redact(`1 ${secret} 2`)).toBe('1 [secret] 2');
    expect(redact('1 2')).toBe('1 2');
  });

  it('takes out each line of the key, alone or together', () => {
    const redact = redactor({ ...nothing, dkimKey: pem });
    const lines = pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    expect(lines.length).toBeGreaterThan(5);
    for (const text of [pem, JSON.stringify(pem), lines.join(''), ...lines]) {
      for (const line of lines) expect(redact(text)).not.toContain(line);
    }
  });
});

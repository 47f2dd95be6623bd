import { createPrivateKey } from 'node:crypto';
import { EXIT, ReportError } from '../errors.js';

/** What the mail server asks for before it takes a message. */
export interface Credentials {
  user: string;
  password: string;
}

/** What must never be written anywhere. */
export interface Secrets {
  /** null: the server is used without a login. */
  credentials: Credentials | null;
  /** An RSA private key as PEM; null: messages are not signed. */
  dkimKey: string | null;
}

/**
 * Reads the secrets from environment variables; one that is empty counts as not set.
 * @throws ReportError `secrets` when only one of user and password is set, or the DKIM key cannot be used
 */
export function readSecrets(env: Readonly<Record<string, string | undefined>>): Secrets {
  const user = env.ROI_REPORT_SMTP_USER || null;
  const password = env.ROI_REPORT_SMTP_PASSWORD || null;
  if ((user === null) !== (password === null)) {
    const [set, missing] = user === null ? ['PASSWORD', 'USER'] : ['USER', 'PASSWORD'];
    throw secretsError(
      `ROI_REPORT_SMTP_${set} is set, but ROI_REPORT_SMTP_${missing} is not.`,
      'Set both, or neither where the mail server wants no login.',
    );
  }
  return {
    credentials: user === null || password === null ? null : { user, password },
    dkimKey: env.ROI_REPORT_DKIM_KEY ? readDkimKey(env.ROI_REPORT_DKIM_KEY) : null,
  };
}

function readDkimKey(text: string): string {
  const pem = `${text.replaceAll(String.raw`\r`, '').replaceAll(String.raw`\n`, '\n').trim()}\n`;
  if (keyType(pem) === 'rsa') return pem;
  throw secretsError(
    'ROI_REPORT_DKIM_KEY does not hold an RSA private key.',
    'Give the whole PEM file from -----BEGIN to -----END, without a passphrase; line breaks may be written as \\n.',
  );
}

/** What OpenSSL says of a broken key is left out: nothing that comes from the key is repeated. */
function keyType(pem: string): string | undefined {
  try {
    return createPrivateKey(pem).asymmetricKeyType;
  } catch {
    return undefined;
  }
}

function secretsError(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'secrets', exitCode: EXIT.usage, hint });
}

/**
 * Makes a function that puts `[secret]` in the place of each secret in a text, in the forms in which one may turn up: as it is, as part
 * of a URL or of JSON, in base64 alone or with the user as a login sends it, and each line of the key.
 */
export function redactor({ credentials, dkimKey }: Secrets): (text: string) => string {
  const forms = [...(credentials ? passwordForms(credentials) : []), ...(dkimKey ? keyLines(dkimKey) : [])];
  if (forms.length === 0) return (text) => text;
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'g');
  return (text) => text.replace(pattern, '[secret]');
}

function passwordForms({ user, password }: Credentials): string[] {
  const logins = [password, `\0${user}\0${password}`, `${user}\0${user}\0${password}`].map((text) =>
    Buffer.from(text),
  );
  return [
    password,
    encodeURIComponent(password),
    new URLSearchParams({ '': password }).toString().slice(1),
    JSON.stringify(password).slice(1, -1),
    ...logins.flatMap((bytes) => [
      bytes.toString('base64'),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
    ]),
  ];
}

function keyLines(pem: string): string[] {
  return pem
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('-----'));
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import { expect, it } from 'vitest';
import { classify, isHandedOver, type Progress } from '../../src/delivery/smtp-outcome.js';

const server = 'mail.example.com:587';
const PHASES: Progress['phase'][] = [
  'opening the session',
  'logging in',
  'naming the recipient',
  'sending the message',
  'waiting for the answer',
];

/** An error as nodemailer makes it of a server's answer. */
const answered = (code: string, command: string, response: string) =>
  Object.assign(new Error(`It failed: ${response}`), {
    code,
    command,
    response,
    responseCode: Number.parseInt(response, 10) || undefined,
  });

/** An error as nodemailer makes it of a connection. */
const lost = (code: string, message: string, originalCode?: string) =>
  Object.assign(new Error(message), { code, command: 'CONN', originalCode });

it('counts a message as handed over only in the last phase', () => {
  expect(PHASES.filter((phase) => isHandedOver({ server, phase }))).toEqual(['waiting for the answer']);
});

it.each([
  ['550 5.1.1 No such user', 'refused'],
  ['552 5.2.2 Mailbox full', 'refused'],
  ['599 x', 'refused'],
  ['500', 'refused'],
  ['450 4.7.1 Greylisted', 'later'],
  ['421 4.3.2 Closing', 'later'],
  ['499 x', 'later'],
])('%s is %s whenever it comes', (response, state) => {
  for (const phase of PHASES) {
    const error = answered('EENVELOPE', 'RCPT TO', response);
    expect(classify(error, { server, phase })).toMatchObject({
      state,
      reason: `${server} answered RCPT TO with ${response}`,
    });
  }
});

it.each([
  ['time-out', lost('ETIMEDOUT', 'Timeout')],
  ['reset', lost('ESOCKET', 'read ECONNRESET', 'ECONNRESET')],
  ['close', lost('ECONNECTION', 'Connection closed unexpectedly')],
  ['failure of TLS in mid-talk', lost('ESOCKET', 'bad record', 'ERR_SSL_BAD_RECORD_TYPE')],
  ['answer without a code', answered('EMESSAGE', 'DATA', 'banana')],
  ['answer of another kind', answered('EMESSAGE', 'DATA', '354 more')],
  ['answer with a code of four digits', answered('EMESSAGE', 'DATA', '5500 x')],
  ['bug', new TypeError('x is not a function')],
  ['string', 'broken'],
  ['nothing', undefined],
])('%s: later before the message was handed over, unknown after', (_, error) => {
  const states = PHASES.map((phase) => classify(error, { server, phase }).state);
  const [opening, ...further] = states;
  expect(further).toEqual(['later', 'later', 'later', 'unknown']);
  expect(['later', 'refused']).toContain(opening);
});

it.each([
  ['ECONNREFUSED', 'later'],
  ['ENOTFOUND', 'later'],
  ['ECONNRESET', 'later'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'refused'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'refused'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'refused'],
  ['CERT_HAS_EXPIRED', 'refused'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'refused'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'refused'],
  ['EPROTO', 'refused'],
])('%s while opening the session is %s', (originalCode, state) => {
  const error = lost('ESOCKET', 'It broke', originalCode);
  expect(classify(error, { server, phase: 'opening the session' })).toMatchObject({ state });
});

it.each([
  ['EAUTH', 'AUTH PLAIN', '535 5.7.8 Wrong', 'ROI_REPORT_SMTP_PASSWORD'],
  ['EENVELOPE', 'MAIL FROM', '530 5.7.0 Log in first', 'ROI_REPORT_SMTP_USER'],
  ['EENVELOPE', 'MAIL FROM', '553 5.7.1 Not yours', 'delivery.from'],
  ['EENVELOPE', 'MAIL FROM', '552 5.3.4 Over the limit', 'delivery.maxMegabytes'],
  ['EENVELOPE', 'RCPT TO', '552 5.2.2 Mailbox full', 'recipient'],
  ['EENVELOPE', 'RCPT TO', '554 5.7.1 Relay access denied', 'recipient'],
  ['EMESSAGE', 'DATA', '552 Message too large', 'delivery.maxMegabytes'],
  ['EMESSAGE', 'DATA', '554 5.7.1 Spam', 'Ask who runs'],
  ['ETLS', 'STARTTLS', '502 Unknown command', 'port 465'],
  ['EPROTOCOL', 'CONN', '554 Go away', 'delivery.smtp.host'],
])('%s of %s with %s: the fix names %s', (code, command, response, word) => {
  const outcome = classify(answered(code, command, response), { server, phase: 'naming the recipient' });
  expect(outcome).toMatchObject({ state: 'refused', fix: expect.stringContaining(word) });
});

it('says in words what happened and when', () => {
  const reason = (error: unknown, phase: Progress['phase']) => {
    const outcome = classify(error, { server, phase });
    return outcome.state === 'sent' ? '' : outcome.reason;
  };
  expect(reason(lost('ETIMEDOUT', 'Timeout'), 'logging in')).toBe(`${server} fell silent while logging in`);
  expect(reason(lost('ESOCKET', 'read ECONNRESET'), 'sending the message')).toBe(
    `the connection with ${server} failed while sending the message: read ECONNRESET`,
  );
});

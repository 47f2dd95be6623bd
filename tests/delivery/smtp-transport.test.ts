import { afterEach, describe, expect, it } from 'vitest';
import type { DeliveryConfig } from '../../src/config/delivery.js';
import { smtpTransport } from '../../src/delivery/smtp-transport.js';
import type { Outcome, Transport } from '../../src/delivery/transport.js';
import { ReportError } from '../../src/errors.js';
import { certificates } from '../support/certificates.js';
import { bytesOfMessage, outgoingMessage } from '../support/outgoing.js';
import {
  answer,
  at,
  type Behaviour,
  closedPort,
  dawdle,
  drop,
  type SmtpServer,
  stall,
  startSmtpServer,
  takeAndDrop,
  trickle,
} from '../support/smtp-server.js';
import { startWitness } from '../support/smtp-witness.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
});

type Smtp = NonNullable<DeliveryConfig['smtp']>;

const never = new AbortController().signal;
const credentials = { user: 'anna', password: 'correct horse/battery' };
/** Patient enough for a busy machine; tests of silence take less. */
const PATIENT = 20;
const IMPATIENT = 0.25;

function transportTo(
  port: number,
  changes: Partial<Smtp> = {},
  login: typeof credentials | null = null,
  authority?: string,
): Transport {
  const smtp: Smtp = { host: '127.0.0.1', port, security: 'none', timeoutSeconds: PATIENT, ...changes };
  const transport = smtpTransport(smtp, login, authority);
  opened.push(transport);
  return transport;
}

async function serverThat(behaviour: Behaviour = {}): Promise<SmtpServer> {
  const server = await startSmtpServer(behaviour);
  opened.push(server);
  return server;
}

const wordsOf = (outcome: Outcome) => (outcome.state === 'sent' ? outcome.response : outcome.reason);

const small = outgoingMessage().raw;
const large = bytesOfMessage(2_000_000);
/** More than what sockets and the system keep on the way. */
const huge = bytesOfMessage(24_000_000);

interface Case {
  name: string;
  behaviour: Behaviour;
  state: Outcome['state'];
  words: RegExp;
  handovers: number;
  received: number;
  raw?: Buffer;
  timeoutSeconds?: number;
}

const before = { handovers: 0, received: 0 };
const silent = { ...before, state: 'later', timeoutSeconds: IMPATIENT } as const;
const after = { handovers: 1, received: 0 };

const cases: Case[] = [
  {
    name: 'is friendly',
    behaviour: {},
    state: 'sent',
    words: /^250 2\.0\.0 Taken$/,
    handovers: 1,
    received: 1,
  },
  {
    name: 'answers each command just in time',
    behaviour: { react: (phase) => (phase === 'answered' ? undefined : dawdle(100)) },
    state: 'sent',
    words: /^250/,
    handovers: 1,
    received: 1,
    timeoutSeconds: 0.6,
  },
  {
    name: 'takes a large message',
    behaviour: {},
    state: 'sent',
    words: /^250/,
    handovers: 1,
    received: 1,
    raw: large,
  },

  {
    name: 'greets with 554',
    behaviour: at('connect', answer('554 5.7.1 Not from there')),
    state: 'refused',
    words: /answered the connection with 554 5\.7\.1 Not from there$/,
    ...before,
  },
  {
    name: 'greets with 421',
    behaviour: at('connect', answer('421 4.3.2 Too busy')),
    state: 'later',
    words: /421 4\.3\.2 Too busy/,
    ...before,
  },
  {
    name: 'greets with anything',
    behaviour: at('connect', answer('hello')),
    state: 'later',
    words: /with hello/,
    ...before,
  },
  {
    name: 'drops before the greeting',
    behaviour: at('connect', drop),
    state: 'later',
    words: /failed while opening the session/,
    ...before,
  },
  {
    name: 'drops after EHLO',
    behaviour: at('EHLO', drop),
    state: 'later',
    words: /failed while opening the session/,
    ...before,
  },
  {
    name: 'says 421 to EHLO',
    behaviour: at('EHLO', answer('421 4.3.2 Too busy')),
    state: 'later',
    words: /answered EHLO with 421/,
    ...before,
  },
  {
    name: 'stalls before the greeting',
    behaviour: at('connect', stall),
    words: /fell silent while opening the session/,
    ...silent,
  },
  {
    name: 'stalls after EHLO',
    behaviour: at('EHLO', stall),
    words: /fell silent while opening the session/,
    ...silent,
  },

  {
    name: 'refuses the sender',
    behaviour: at('MAIL', answer('553 5.7.1 Not your address')),
    state: 'refused',
    words: /answered MAIL FROM with 553 5\.7\.1 Not your address$/,
    ...before,
  },
  {
    name: 'drops after MAIL',
    behaviour: at('MAIL', drop),
    state: 'later',
    words: /failed while naming the recipient/,
    ...before,
  },
  {
    name: 'stalls after MAIL',
    behaviour: at('MAIL', stall),
    words: /fell silent while naming the recipient/,
    ...silent,
  },
  {
    name: 'refuses the recipient',
    behaviour: at('RCPT', answer('550 5.1.1 No such user')),
    state: 'refused',
    words: /answered RCPT TO with 550 5\.1\.1 No such user$/,
    ...before,
  },
  {
    name: 'greylists',
    behaviour: at('RCPT', answer('450 4.7.1 Greylisted')),
    state: 'later',
    words: /answered RCPT TO with 450 4\.7\.1 Greylisted$/,
    ...before,
  },
  {
    name: 'says 421 to the recipient',
    behaviour: at('RCPT', answer('421 4.7.0 Too many')),
    state: 'later',
    words: /421 4\.7\.0 Too many/,
    ...before,
  },
  {
    name: 'answers RCPT with anything',
    behaviour: at('RCPT', answer('banana')),
    state: 'later',
    words: /with banana/,
    ...before,
  },
  {
    name: 'drops after RCPT',
    behaviour: at('RCPT', drop),
    state: 'later',
    words: /failed while naming the recipient/,
    ...before,
  },
  {
    name: 'stalls after RCPT',
    behaviour: at('RCPT', stall),
    words: /fell silent while naming the recipient/,
    ...silent,
  },

  {
    name: 'refuses DATA',
    behaviour: at('DATA', answer('554 5.5.0 No')),
    state: 'refused',
    words: /answered DATA with 554 5\.5\.0 No$/,
    ...before,
  },
  {
    name: 'drops in place of 354',
    behaviour: at('DATA', drop),
    state: 'later',
    words: /failed while naming the recipient/,
    ...before,
  },
  { name: 'stalls in place of 354', behaviour: at('DATA', stall), words: /fell silent/, ...silent },
  {
    name: 'says 354 and takes the message for whole before it came',
    behaviour: at('DATA', answer('354 Go on\r\n250 Taken')),
    state: 'later',
    words: /answered the message with 250 Taken/,
    ...before,
    raw: large,
  },

  {
    name: 'drops inside a large message',
    behaviour: at('inside', drop),
    state: 'later',
    words: /failed while sending the message/,
    ...before,
    raw: large,
  },
  {
    name: 'drops inside a small message, which is all on its way',
    behaviour: at('inside', drop),
    state: 'unknown',
    words: /failed while waiting for the answer/,
    ...after,
  },
  {
    name: 'refuses a large message at its beginning',
    behaviour: at('inside', answer('552 5.3.4 Too big')),
    state: 'refused',
    words: /answered the message with 552 5\.3\.4 Too big$/,
    ...before,
    raw: huge,
  },
  {
    name: 'puts off a large message at its beginning',
    behaviour: at('inside', answer('452 4.3.1 Full')),
    state: 'later',
    words: /452 4\.3\.1 Full$/,
    ...before,
    raw: huge,
  },
  {
    name: 'stalls inside a message',
    behaviour: at('inside', stall),
    words: /fell silent while sending the message/,
    ...silent,
    raw: huge,
  },

  {
    name: 'refuses the message',
    behaviour: at('dot', answer('554 5.7.1 Spam')),
    state: 'refused',
    words: /answered the message with 554 5\.7\.1 Spam$/,
    ...after,
  },
  {
    name: 'puts off the message',
    behaviour: at('dot', answer('451 4.3.0 Later')),
    state: 'later',
    words: /answered the message with 451 4\.3\.0 Later$/,
    ...after,
  },
  {
    name: 'shuts down in place of taking the message',
    behaviour: at('dot', answer('421 4.3.2 Closing')),
    state: 'later',
    words: /421 4\.3\.2 Closing/,
    ...after,
  },
  {
    name: 'drops after the dot, without the message',
    behaviour: at('dot', drop),
    state: 'unknown',
    words: /failed while waiting for the answer/,
    ...after,
  },
  {
    name: 'drops after the dot, with the message',
    behaviour: at('dot', takeAndDrop),
    state: 'unknown',
    words: /failed while waiting for the answer/,
    handovers: 1,
    received: 1,
  },
  {
    name: 'stalls after the dot',
    behaviour: at('dot', stall),
    state: 'unknown',
    words: /fell silent while waiting for the answer/,
    ...after,
    timeoutSeconds: IMPATIENT,
  },
  {
    name: 'answers the message with anything',
    behaviour: at('dot', answer('banana')),
    state: 'unknown',
    words: /with banana/,
    ...after,
  },
  {
    name: 'answers the message with what only begins like a yes',
    behaviour: at('dot', answer('2 bananas')),
    state: 'unknown',
    words: /with 2 bananas/,
    ...after,
  },
  {
    name: 'stalls after QUIT',
    behaviour: at('QUIT', stall),
    state: 'sent',
    words: /^250/,
    handovers: 1,
    received: 1,
  },
];

describe.each([
  ['one command at a time', []],
  ['all commands at once', ['PIPELINING']],
])('%s: a server that', (_, abilities) => {
  it.each(cases)(
    '$name',
    async ({ behaviour, state, words, handovers, received, raw = small, timeoutSeconds = PATIENT }) => {
      const server = await serverThat({ ...behaviour, abilities });
      const message = outgoingMessage({ raw });
      const outcome = await transportTo(server.port, { timeoutSeconds }).send(message, never);
      expect(outcome).toMatchObject({ state });
      expect(wordsOf(outcome)).toMatch(words);
      if (state !== 'sent') expect(wordsOf(outcome)).toContain(`127.0.0.1:${server.port}`);
      if (outcome.state === 'refused') expect(outcome.fix).toMatch(/^[A-Z].*\.$/);
      expect(message.handovers).toBe(handovers);
      expect(server.received.map(({ to }) => to)).toEqual(Array(received).fill('bo@example.com'));
      for (const taken of server.received) expect(taken.raw.equals(raw)).toBe(true);
    },
  );
});

it('gives up a server that never ends its answer', async () => {
  const server = await serverThat(at('dot', trickle));
  const outcome = await transportTo(server.port, { timeoutSeconds: 0.2 }).send(outgoingMessage(), never);
  expect(outcome).toMatchObject({
    state: 'unknown',
    reason: expect.stringContaining('no end after 2 seconds'),
  });
});

it('is put off where nobody listens', async () => {
  const message = outgoingMessage();
  const outcome = await transportTo(await closedPort()).send(message, never);
  expect(outcome).toMatchObject({ state: 'later', reason: expect.stringContaining('ECONNREFUSED') });
  expect(message.handovers).toBe(0);
});

it('sends what was greylisted at the second attempt', async () => {
  const server = await serverThat(at('RCPT', answer('450 4.7.1 Greylisted'), { times: 1 }));
  const transport = transportTo(server.port);
  const states = [];
  for (let attempt = 0; attempt < 2; attempt += 1) {
    states.push((await transport.send(outgoingMessage(), never)).state);
  }
  expect(states).toEqual(['later', 'sent']);
  expect(server.received).toHaveLength(1);
  expect(server.talks).toHaveLength(2);
});

it('lets one bad recipient harm nobody else', async () => {
  const server = await serverThat(at('RCPT', answer('550 5.1.1 No such user'), { to: 'bad@example.com' }));
  const transport = transportTo(server.port);
  const states = [];
  for (const to of ['one@example.com', 'bad@example.com', 'two@example.com']) {
    states.push((await transport.send(outgoingMessage({ to }), never)).state);
  }
  expect(states).toEqual(['sent', 'refused', 'sent']);
  expect(server.received.map(({ to }) => to)).toEqual(['one@example.com', 'two@example.com']);
});

describe('handing over', () => {
  it.each([small.length, 16_384, 16_385, 500_000])(
    'comes before the last of %i bytes; where it fails, they never leave',
    async (size) => {
      const server = await serverThat();
      const raw = size === small.length ? small : bytesOfMessage(size);
      const failure = Object.assign(new Error('the ledger is gone'), { code: 'ledger-gone' });
      const handingOver = () => {
        throw failure;
      };
      const sending = transportTo(server.port).send(outgoingMessage({ raw, handingOver }), never);
      await expect(sending).rejects.toBe(failure);
      expect(failure.code).toBe('ledger-gone');
      const [talk] = server.talks;
      await talk?.over;
      expect(talk?.heard).toContain('DATA\r\n');
      expect(talk?.heard).not.toMatch(/end\r\n|\r\n\.\r\n|QUIT/);
      expect(server.received).toEqual([]);
    },
  );

  it('has let all of the message go but its last bytes', async () => {
    const server = await serverThat();
    const heard: string[] = [];
    const handingOver = () => heard.push(server.talks[0]?.heard ?? '');
    await transportTo(server.port).send(outgoingMessage({ raw: large, handingOver }), never);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.length).toBeGreaterThan(large.length / 2);
    expect(heard[0]).not.toContain('the end');
  });
});

describe('a signal to stop', () => {
  it('that came before ends in nothing', async () => {
    const server = await serverThat();
    const outcome = await transportTo(server.port).send(outgoingMessage(), AbortSignal.abort());
    expect(outcome).toMatchObject({ state: 'later' });
    expect(server.talks).toEqual([]);
  });

  it.each(['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const)('at %s ends the attempt', async (moment) => {
    const stop = new AbortController();
    const server = await serverThat({ onPhase: (phase) => phase === moment && stop.abort() });
    const message = outgoingMessage();
    const outcome = await transportTo(server.port).send(message, stop.signal);
    expect(outcome).toMatchObject({ state: 'later', reason: expect.stringContaining('stopped before') });
    await server.talks[0]?.over;
    expect([message.handovers, server.received.length]).toEqual([0, 0]);
  });

  it('after the handing over waits for the answer', async () => {
    const stop = new AbortController();
    const server = await serverThat({ onPhase: (phase) => phase === 'dot' && stop.abort() });
    const outcome = await transportTo(server.port).send(outgoingMessage(), stop.signal);
    expect(outcome).toMatchObject({ state: 'sent' });
    expect(stop.signal.aborted).toBe(true);
  });
});

it('leaves no message without an outcome when it is closed', async () => {
  for (const [moment, state] of [
    ['RCPT', 'later'],
    ['dot', 'unknown'],
  ] as const) {
    const transport: { close?: () => Promise<void> } = {};
    const server = await serverThat({
      ...at(moment, stall),
      onPhase: (phase) => phase === moment && transport.close?.(),
    });
    const toServer = transportTo(server.port);
    transport.close = toServer.close;
    expect(await toServer.send(outgoingMessage(), never)).toMatchObject({ state });
  }
});

describe('size and letters', () => {
  it('does not send what is larger than the server takes', async () => {
    const server = await serverThat({ abilities: ['SIZE 1000'] });
    const transport = transportTo(server.port);
    const tooLarge = outgoingMessage({ raw: bytesOfMessage(1001) });
    expect(await transport.send(tooLarge, never)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('1000'),
      fix: expect.stringContaining('delivery.maxMegabytes'),
    });
    expect(tooLarge.handovers).toBe(0);
    const fits = outgoingMessage({ raw: bytesOfMessage(1000) });
    expect(await transport.send(fits, never)).toMatchObject({ state: 'sent' });
    expect(server.talks[1]?.heard).toContain('SIZE=1000');
  });

  it('does not send to letters that the server does not know', async () => {
    const server = await serverThat();
    const message = outgoingMessage({ to: 'jürgen@example.com' });
    expect(await transportTo(server.port).send(message, never)).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('jürgen@example.com'),
    });
    expect(server.talks[0]?.heard).not.toContain('MAIL');
  });

  it('sends to them where the server knows them, and to any domain', async () => {
    const witness = await startWitness({ hideSTARTTLS: true });
    opened.push(witness);
    const plain = await serverThat();
    const message = outgoingMessage({ to: 'jürgen@bücher.example' });
    expect(await transportTo(witness.port).send(message, never)).toMatchObject({ state: 'sent' });
    expect(witness.received).toMatchObject(
      [{ to: /^jürgen@/ }].map(() => ({ to: expect.stringContaining('jürgen@') })),
    );
    await transportTo(plain.port).send(outgoingMessage({ to: 'anna@bücher.example' }), never);
    expect(plain.received).toMatchObject([{ to: 'anna@xn--bcher-kva.example' }]);
  });

  it('refuses an address that would be two', async () => {
    const server = await serverThat();
    const message = outgoingMessage({ to: 'bo@example.com>\r\nRCPT TO:<eve@example.com' });
    expect(await transportTo(server.port).send(message, never)).toMatchObject({ state: 'refused' });
    expect(server.talks[0]?.heard).not.toContain('eve');
  });
});

describe('TLS and login', () => {
  const { loopback, other } = certificates;

  it.each([
    ['starttls', '127.0.0.1'],
    ['starttls', 'localhost'],
    ['tls', '127.0.0.1'],
    ['tls', 'localhost'],
  ] as const)('%s with %s, after a login', async (security, host) => {
    const witness = await startWitness({ ...loopback, secure: security === 'tls' }, credentials);
    opened.push(witness);
    const message = outgoingMessage();
    const transport = transportTo(witness.port, { host, security }, credentials, loopback.cert);
    expect(await transport.send(message, never)).toMatchObject({ state: 'sent' });
    expect(witness.received).toMatchObject([
      { to: message.to, from: message.from, secure: true, user: 'anna' },
    ]);
    expect(witness.received[0]?.raw.equals(message.raw)).toBe(true);
    expect(message.handovers).toBe(1);
  });

  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('a login by %s that is refused is final', async (method) => {
    const witness = await startWitness({ ...loopback, authMethods: [method] }, credentials);
    opened.push(witness);
    const wrong = { user: 'anna', password: 'wrong-password' };
    const transport = transportTo(witness.port, { security: 'starttls' }, wrong, loopback.cert);
    expect(await transport.send(outgoingMessage(), never)).toMatchObject({
      state: 'refused',
      reason: expect.stringMatching(/answered AUTH .* with 535/),
      fix: expect.stringContaining('ROI_REPORT_SMTP_PASSWORD'),
    });
  });

  it('a login that the server wants and we do not have is final', async () => {
    const witness = await startWitness(loopback, credentials);
    opened.push(witness);
    const transport = transportTo(witness.port, { security: 'starttls' }, null, loopback.cert);
    expect(await transport.send(outgoingMessage(), never)).toMatchObject({
      state: 'refused',
      fix: expect.stringContaining('ROI_REPORT_SMTP_USER'),
    });
  });

  it.each([
    ['starttls', 'nobody vouches for', loopback, undefined],
    ['tls', 'nobody vouches for', loopback, undefined],
    ['starttls', 'is of another server', other, other.cert],
    ['tls', 'is of another server', other, other.cert],
  ] as const)('%s: a certificate that %s is final', async (security, _, { key, cert }, authority) => {
    const witness = await startWitness({ key, cert, secure: security === 'tls' });
    opened.push(witness);
    const message = outgoingMessage();
    const outcome = await transportTo(witness.port, { security }, null, authority).send(message, never);
    expect(outcome).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('no safe connection'),
      fix: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect([message.handovers, witness.received.length]).toEqual([0, 0]);
  });

  it.each([
    ['does not offer TLS', {}, 'refused'],
    ['has no TLS for now', at('STARTTLS', answer('454 4.7.0 Not now')), 'later'],
    ['drops after STARTTLS', at('STARTTLS', drop), 'later'],
  ] as const)('starttls: a server that %s gets neither login nor message', async (_, behaviour, state) => {
    const server = await serverThat({ ...behaviour, abilities: ['AUTH PLAIN'] });
    const outcome = await transportTo(server.port, { security: 'starttls' }, credentials).send(
      outgoingMessage(),
      never,
    );
    expect(outcome).toMatchObject({ state });
    expect(server.talks[0]?.heard).not.toMatch(/AUTH|MAIL/);
  });

  it('tls: a server that speaks none is final, and named as what it is', async () => {
    const server = await serverThat();
    const outcome = await transportTo(server.port, { security: 'tls' }).send(outgoingMessage(), never);
    expect(outcome).toMatchObject({ state: 'refused', fix: expect.stringContaining('port 465') });
  });

  it('cannot be switched off for another machine', () => {
    for (const host of [
      'mail.example.com',
      '10.0.0.1',
      '127.example.com',
      'localhost.example.com',
      '128.0.0.1',
    ]) {
      const smtp: Smtp = { host, port: 25, security: 'none', timeoutSeconds: 1 };
      expect(() => smtpTransport(smtp, null)).toThrow(ReportError);
      expect(() => smtpTransport({ ...smtp, security: 'starttls' }, null)).not.toThrow();
    }
    for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) {
      expect(() =>
        smtpTransport({ host, port: 25, security: 'none', timeoutSeconds: 1 }, null),
      ).not.toThrow();
    }
  });
});

describe('the password', () => {
  const { user, password } = credentials;
  const forms = [
    password,
    encodeURIComponent(password),
    Buffer.from(password).toString('base64'),
    Buffer.from(`\0${user}\0${password}`).toString('base64'),
  ];

  it.each([
    ['AUTH', '535 5.7.8', 'refused'],
    ['AUTH', '454 4.7.0', 'later'],
    ['dot', '250 2.0.0', 'sent'],
    ['dot', 'banana', 'unknown'],
  ] as const)('is not in the outcome of %s answered with %s', async (phase, code, state) => {
    const server = await serverThat({
      ...at(phase, answer(`${code} You said ${forms.join(' or ')}`)),
      abilities: ['AUTH PLAIN'],
    });
    const outcome = await transportTo(server.port, {}, credentials).send(outgoingMessage(), never);
    expect(outcome).toMatchObject({ state });
    expect(wordsOf(outcome)).toContain(`${code} You said [secret] or [secret] or [secret] or [secret]`);
    for (const form of forms) expect(JSON.stringify(outcome)).not.toContain(form);
    expect(server.talks[0]?.heard).toContain(forms[3]);
  });

  it('is not cut in two by the limit on the length', async () => {
    for (let filling = 180; filling < 300; filling += 7) {
      const server = await serverThat({
        ...at('AUTH', answer(`535 ${'x'.repeat(filling)}${password}`)),
        abilities: ['AUTH PLAIN'],
      });
      const outcome = await transportTo(server.port, {}, credentials).send(outgoingMessage(), never);
      expect(wordsOf(outcome)).not.toContain(password.slice(0, 4));
      expect(wordsOf(outcome).length).toBeLessThanOrEqual(300);
    }
  });

  it('leaves answers of many lines on one', async () => {
    const server = await serverThat(
      at('RCPT', answer('550-5.1.1 No\r\n550-such\u202euser\r\n550 5.1.1 Sorry.')),
    );
    const outcome = await transportTo(server.port).send(outgoingMessage(), never);
    expect(wordsOf(outcome)).toMatch(/with 550-5\.1\.1 No 550-such.*user 550 5\.1\.1 Sorry$/);
  });
});

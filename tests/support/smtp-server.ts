import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Where a talk stands: a command that waits for its answer, `connect` before the greeting, `inside` at the first bytes of the message,
 * `dot` when the message is whole and nothing answered yet, `answered` when the answer to it was written.
 */
export type Phase =
  | 'connect'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'inside'
  | 'dot'
  | 'answered'
  | 'QUIT';

/** What the server does in place of its friendly answer. */
export type Reaction =
  | { do: 'answer'; text: string }
  | { do: 'drop' }
  /** Takes the message and closes without an answer; only at `dot`. */
  | { do: 'take and drop' }
  | { do: 'stall' }
  /** Answers in a friendly way, but only after so many milliseconds. */
  | { do: 'dawdle'; milliseconds: number }
  /** Goes on with one answer, a letter every ten milliseconds, and never ends it. */
  | { do: 'trickle' };

export interface Talk {
  /** From 1, in the order of the connections. */
  number: number;
  from: string;
  to: string[];
  /** Every byte that came, in latin1. */
  readonly heard: string;
  /** When the connection is closed and everything that came was read. */
  over: Promise<void>;
}

export interface Behaviour {
  /** Further lines of the answer to EHLO, such as `SIZE 1000` or `PIPELINING`. */
  abilities?: readonly string[];
  /** undefined: the friendly answer. @param argument - what follows the command; the bare address for MAIL and RCPT */
  react?(phase: Phase, talk: Talk, argument: string): Reaction | undefined;
  /** Called at each phase, before the reaction: the moment to kill a client. */
  onPhase?(phase: Phase, talk: Talk): void;
}

export interface SmtpServer {
  port: number;
  /** The messages taken, one entry per recipient. */
  received: { from: string; to: string; raw: Buffer }[];
  /** Read at every phase: may be changed at any time. */
  behaviour: Behaviour;
  /** The talks so far. */
  talks: Talk[];
  close(): Promise<void>;
}

export const drop: Reaction = { do: 'drop' };
export const takeAndDrop: Reaction = { do: 'take and drop' };
export const stall: Reaction = { do: 'stall' };
export const trickle: Reaction = { do: 'trickle' };
export const answer = (text: string): Reaction => ({ do: 'answer', text });
export const dawdle = (milliseconds: number): Reaction => ({ do: 'dawdle', milliseconds });

/**
 * A behaviour that reacts at one phase.
 * @param limits - `to`: only where this is the recipient; `times`: only so many times, then friendly
 */
export function at(
  phase: Phase,
  reaction: Reaction,
  { to, times = Number.POSITIVE_INFINITY }: { to?: string; times?: number } = {},
): Behaviour {
  let left = times;
  return {
    react(now, talk, argument) {
      const concerned = to === undefined || argument === to || talk.to.includes(to);
      if (now !== phase || !concerned || left === 0) return undefined;
      left -= 1;
      return reaction;
    },
  };
}

/** Starts a mail server on loopback, without TLS and login, that misbehaves as it is told and records what it takes. */
export async function startSmtpServer(behaviour: Behaviour = {}): Promise<SmtpServer> {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const heard: string[] = [];
    const talk: Talk = {
      number: server.talks.length + 1,
      from: '',
      to: [],
      get heard() {
        return heard.join('');
      },
      over: new Promise((resolve) => socket.once('close', () => resolve())),
    };
    server.talks.push(talk);
    serve(socket, talk, heard, server).catch(() => socket.destroy());
  });
  const server: SmtpServer = {
    port: await listen(listener),
    received: [],
    behaviour,
    talks: [],
    async close() {
      for (const socket of sockets) socket.destroy();
      if (listener.listening) await new Promise((resolve) => listener.close(resolve));
    },
  };
  return server;
}

/** A port of loopback on which nobody listens. */
export async function closedPort(): Promise<number> {
  const listener = net.createServer();
  const port = await listen(listener);
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

async function listen(listener: net.Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

async function serve(socket: net.Socket, talk: Talk, heard: string[], server: SmtpServer): Promise<void> {
  /** Returns whether the friendly answer was given; `consent` runs just before it. */
  const respond = async (
    phase: Phase,
    friendly: string,
    argument = '',
    consent = () => {},
  ): Promise<boolean> => {
    server.behaviour.onPhase?.(phase, talk);
    const reaction = server.behaviour.react?.(phase, talk, argument);
    switch (reaction?.do) {
      case 'answer':
        socket.write(`${reaction.text}\r\n`);
        return false;
      case 'take and drop':
        consent();
        socket.destroy();
        return false;
      case 'drop':
        socket.destroy();
        return false;
      case 'stall':
        await talk.over;
        return false;
      case 'trickle':
        while (!socket.destroyed) {
          socket.write('2');
          await wait(10);
        }
        return false;
      case 'dawdle':
        await wait(reaction.milliseconds);
    }
    consent();
    if (friendly !== '') socket.write(`${friendly}\r\n`);
    return true;
  };

  let pending = '';
  let body: string[] | undefined;
  let tail = '';
  await respond('connect', '220 test ESMTP');
  for await (const chunk of socket) {
    const text = (chunk as Buffer).toString('latin1');
    heard.push(text);
    if (body) {
      if (body.push(text) === 2) await respond('inside', '');
      tail = (tail + text).slice(-5);
      if (tail !== '\r\n.\r\n' || socket.destroyed) continue;
      await take(body.join('').slice(2, -3));
      body = undefined;
      continue;
    }
    pending += text;
    for (let end = pending.indexOf('\r\n'); end >= 0 && !socket.destroyed; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (await obey(line)) {
        body = ['\r\n'];
        tail = '\r\n';
      }
    }
  }

  async function take(stuffed: string): Promise<void> {
    const raw = Buffer.from(stuffed.replace(/^\.\./gm, '.'), 'latin1');
    const takes = await respond('dot', '250 2.0.0 Taken', '', () => {
      for (const to of talk.to) server.received.push({ from: talk.from, to, raw });
    });
    if (takes) server.behaviour.onPhase?.('answered', talk);
  }

  /** Returns whether the message follows. */
  async function obey(line: string): Promise<boolean> {
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<(.*?)>/.exec(line)?.[1] ?? '';
    switch (verb) {
      case 'EHLO': {
        const lines = ['test', ...(server.behaviour.abilities ?? [])];
        const answers = lines.map((text, at) => `250${at < lines.length - 1 ? '-' : ' '}${text}`);
        await respond('EHLO', answers.join('\r\n'));
        return false;
      }
      case 'STAR':
        await respond('STARTTLS', '502 5.5.1 No TLS here');
        return false;
      case 'AUTH':
        await respond('AUTH', '235 2.7.0 Welcome');
        return false;
      case 'MAIL':
        if (await respond('MAIL', '250 2.1.0 Sender ok', address))
          Object.assign(talk, { from: address, to: [] });
        return false;
      case 'RCPT':
        if (await respond('RCPT', '250 2.1.5 Recipient ok', address)) talk.to.push(address);
        return false;
      case 'DATA':
        if (talk.to.length > 0) return respond('DATA', '354 Go on');
        socket.write('503 5.5.1 No recipient\r\n');
        return false;
      case 'QUIT':
        await respond('QUIT', '221 Bye');
        socket.end();
        return false;
      default:
        socket.write('502 5.5.2 Unknown\r\n');
        return false;
    }
  }
}

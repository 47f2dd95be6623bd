import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Witness {
  port: number;
  /** The messages taken, one entry per recipient. */
  received: { from: string; to: string; raw: Buffer; secure: boolean; user: string | undefined }[];
  close(): Promise<void>;
}

/**
 * Starts the mail server of the package smtp-server on loopback: written by others, with TLS and login, and as strict as it is.
 * @param login - who may send; without it, no login is offered
 */
export async function startWitness(
  options: Pick<SMTPServerOptions, 'secure' | 'key' | 'cert' | 'size' | 'hideSTARTTLS' | 'authMethods'>,
  login?: { user: string; password: string },
): Promise<Witness> {
  const received: Witness['received'] = [];
  const server = new SMTPServer({
    ...options,
    closeTimeout: 1,
    disableReverseLookup: true,
    disabledCommands: login ? [] : ['AUTH'],
    onAuth({ username, password }, _session, callback) {
      const known = username === login?.user && password === login?.password;
      callback(known ? null : new Error('Invalid username or password'), { user: username });
    },
    async onData(stream, session, callback) {
      const raw = Buffer.concat(await stream.toArray());
      const { mailFrom, rcptTo } = session.envelope;
      for (const { address } of rcptTo) {
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: address,
          raw,
          secure: session.secure,
          user: session.user,
        });
      }
      callback();
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

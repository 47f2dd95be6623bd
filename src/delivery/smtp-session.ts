import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Credentials } from './secrets.js';

/** The talk with a mail server over one connection; each step fails with the error that ended it, or the connection. */
export interface SmtpSession {
  /** @returns the last lines in which the server says what it can do */
  open(): Promise<string>;
  /** Does nothing where the server offers no login. */
  login(credentials: Credentials): Promise<void>;
  /** @returns what the server answered to the message */
  send(envelope: SMTPConnection.Envelope, body: Readable): Promise<string>;
  /** Takes leave, without waiting for the answer. */
  quit(): void;
  /** Ends the connection at once; the step under way fails with this error. */
  end(reason: string): void;
  /** When the connection is closed on our side. */
  closed: Promise<void>;
}

/** Prepares a session; nothing is connected yet. */
export function smtpSession(options: SMTPConnection.Options): SmtpSession {
  const connection = new SMTPConnection({ ...options, socketCloseTimeout: 0 });
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  connection.on('error', fail);
  const closed = new Promise<void>((resolve) => {
    connection.once('end', () => {
      // The connection closes before it tells the step why.
      queueMicrotask(() => fail(new Error('the connection was closed')));
      resolve();
    });
  });
  const step = <T>(start: (done: (error?: Error | null, result?: T) => void) => void) =>
    Promise.race([
      failed,
      new Promise<T | undefined>((resolve, reject) => {
        start((error, result) => (error ? reject(error) : resolve(result)));
      }),
    ]);
  return {
    async open() {
      await step((done) => connection.connect(done));
      return connection.lastServerResponse || '';
    },
    async login({ user, password }) {
      if (connection.allowsAuth) {
        await step<boolean>((done) => connection.login({ user, pass: password }, done));
      }
    },
    async send(envelope, body) {
      const info = await step<SMTPConnection.SentMessageInfo>((done) =>
        connection.send(envelope, body, done),
      );
      return info?.response ?? '';
    },
    quit: () => connection.quit(),
    end(reason) {
      fail(new Error(reason));
      connection.close();
    },
    closed,
  };
}

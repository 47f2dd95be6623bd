import type { DeliveryConfig } from '../config/delivery.js';
import { type Credentials, redactor } from './secrets.js';
import { addressTooForeign, envelopeOf } from './smtp-envelope.js';
import { messageStream } from './smtp-message-stream.js';
import { connectionOptions } from './smtp-options.js';
import { classify, isHandedOver, type Progress } from './smtp-outcome.js';
import { type SmtpSession, smtpSession } from './smtp-session.js';
import type { Outcome, OutgoingMessage, Transport } from './transport.js';

type SmtpConfig = NonNullable<DeliveryConfig['smtp']>;

const LONGEST_TEXT = 300;
/** In time-outs: an attempt that lasts longer is held up by a server that says a little now and then. */
const LONGEST_ATTEMPT = 10;

/**
 * Sends messages over SMTP, each over a connection of its own.
 *
 * @param credentials - null: no login
 * @param authority - PEM of the only authority whose certificates are trusted, in place of those that Node.js knows
 * @throws ReportError `smtp-without-tls` where TLS is switched off for a server that is not on this machine
 */
export function smtpTransport(
  smtp: SmtpConfig,
  credentials: Credentials | null,
  authority?: string,
): Transport {
  const options = connectionOptions(smtp, authority);
  const redact = redactor({ credentials, dkimKey: null });
  const open = new Set<SmtpSession>();
  return {
    channel: 'email',
    async send(message, signal) {
      const session = smtpSession(options);
      open.add(session);
      session.closed.then(() => open.delete(session));
      const outcome = await attempt(session, smtp, credentials, message, signal);
      if (outcome.state === 'sent') return { ...outcome, response: presentable(redact(outcome.response)) };
      return { ...outcome, reason: presentable(redact(outcome.reason)) };
    },
    async close() {
      for (const session of open) session.end('the program ends');
    },
  };
}

async function attempt(
  session: SmtpSession,
  { host, port, timeoutSeconds }: SmtpConfig,
  credentials: Credentials | null,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<Outcome> {
  const progress: Progress = { server: `${host}:${port}`, phase: 'opening the session' };
  const body = bodyOf(message, progress);
  const stop = () => {
    if (!isHandedOver(progress)) session.end('stopped before the message was handed over');
  };
  const longest = LONGEST_ATTEMPT * timeoutSeconds;
  const timer = setTimeout(() => session.end(`no end after ${longest} seconds`), longest * 1000);
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    const abilities = await session.open();
    const envelope = envelopeOf(message);
    const foreign = addressTooForeign(envelope, abilities);
    if (foreign) {
      session.quit();
      return {
        state: 'refused',
        reason: `${progress.server} takes no address with letters outside ASCII such as ${foreign}`,
        fix: 'Use an address with plain letters before the @, or another mail server.',
      };
    }
    progress.phase = 'logging in';
    if (credentials) await session.login(credentials);
    progress.phase = 'naming the recipient';
    const response = await session.send(envelope, body.stream);
    if (!isHandedOver(progress) || !/^2\d\d(?:[ -]|$)/.test(response)) throw notAnAnswer(response);
    session.quit();
    return { state: 'sent', response };
  } catch (error) {
    if (progress.phase === 'sending the message') session.end('the message was broken off');
    else session.quit();
    if (body.refusal) throw body.refusal.error;
    return classify(error, progress);
  } finally {
    body.stream.destroy();
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** The message as a stream that keeps `progress`; `refusal` is what its `handingOver` threw. */
function bodyOf(message: OutgoingMessage, progress: Progress) {
  const body: { stream: ReturnType<typeof messageStream>; refusal?: { error: unknown } } = {
    stream: messageStream(
      message.raw,
      () => {
        progress.phase = 'sending the message';
      },
      () => {
        try {
          message.handingOver();
        } catch (error) {
          body.refusal = { error };
          throw new Error('the handing over failed');
        }
        progress.phase = 'waiting for the answer';
      },
    ),
  };
  return body;
}

function notAnAnswer(response: string): Error {
  return Object.assign(new Error('an answer that does not fit'), { code: 'EMESSAGE', response });
}

/** One line of bounded length, without a full stop at its end. */
function presentable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  const cut = line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
  return cut.replace(/[.\s]+$/, '');
}

import { z } from 'zod';
import { messageOf } from '../errors.js';
import type { Outcome } from './transport.js';

/** How far an attempt has come. */
export interface Progress {
  /** `host:port` */
  server: string;
  phase:
    | 'opening the session'
    | 'logging in'
    | 'naming the recipient'
    | 'sending the message'
    /** From before the last bytes of the message could leave. */
    | 'waiting for the answer';
}

/** Whether the server may have the whole message. */
export function isHandedOver({ phase }: Progress): boolean {
  return phase === 'waiting for the answer';
}

const failureSchema = z.object({
  code: z.string().optional().catch(undefined),
  originalCode: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

type Failure = z.infer<typeof failureSchema>;

/**
 * What an error of an attempt means for the message. A server's refusal is final (5xx) or passing (4xx) whenever it comes; without a
 * clear answer, everything depends on whether the message was handed over.
 * @param error - as nodemailer's SMTPConnection gives it
 * @returns never `sent`; the reason holds the server's words as they are
 */
export function classify(error: unknown, progress: Progress): Outcome {
  const { server, phase } = progress;
  const failure = failureSchema.safeParse(error).data ?? {};
  const { responseCode = 0 } = failure;
  const reason = reasonOf(error, failure, progress);
  const everybody =
    phase === 'opening the session' || phase === 'logging in' ? { everybody: true as const } : {};
  if (responseCode >= 500 && responseCode < 600) {
    return { state: 'refused', reason, fix: fixFor(failure), ...everybody };
  }
  if (responseCode >= 400 && responseCode < 500) return { state: 'later', reason };
  if (isHandedOver(progress)) return { state: 'unknown', reason };
  if (phase === 'opening the session' && isTlsFailure(failure)) {
    return {
      state: 'refused',
      reason: `no safe connection with ${server}: ${messageOf(error)}`,
      fix: `${FIXES.tls} For a certificate of your own authority, name the authority's file in NODE_EXTRA_CA_CERTS.`,
      ...everybody,
    };
  }
  const fix = fixBeforeSending(failure);
  return fix ? { state: 'refused', reason, fix, ...everybody } : { state: 'later', reason, everybody: true };
}

function reasonOf(error: unknown, failure: Failure, { server, phase }: Progress): string {
  if (failure.response) return `${server} answered ${nameOfStep(failure)} with ${failure.response}`;
  if (failure.code === 'ETIMEDOUT') return `${server} fell silent while ${phase}`;
  return `the connection with ${server} failed while ${phase}: ${messageOf(error)}`;
}

const FIXES = {
  login: 'Check ROI_REPORT_SMTP_USER and ROI_REPORT_SMTP_PASSWORD.',
  loginOrTls:
    'The server wants a login or TLS first: set ROI_REPORT_SMTP_USER and ROI_REPORT_SMTP_PASSWORD, and check delivery.smtp.security.',
  tls: 'Check delivery.smtp: usual are port 587 with security starttls and port 465 with security tls; a server on this machine may do with security none.',
  sender: 'Check delivery.from and delivery.returnPath: the server does not let this address send.',
  recipient: 'Check the address of the recipient, and that this server may send to it.',
  size: 'Set delivery.maxMegabytes to less than the server takes.',
  content: 'Ask who runs the mail server why it does not take the message.',
  server: 'Check delivery.smtp.host and delivery.smtp.port, or ask who runs the mail server.',
} as const;

function fixFor(failure: Failure): string {
  const { command = '', response = '', responseCode } = failure;
  if (responseCode === 530) return FIXES.loginOrTls;
  if (command.startsWith('AUTH')) return FIXES.login;
  if (command === 'STARTTLS') return FIXES.tls;
  if (/^55\d[ -](?:#?5\.3\.4\b|.*\b(?:size|too (?:big|large))\b)/is.test(response)) return FIXES.size;
  if (command === 'MAIL FROM') return FIXES.sender;
  if (command === 'RCPT TO') return FIXES.recipient;
  return command === 'DATA' ? FIXES.content : FIXES.server;
}

/** What to do about a message that cannot even be tried; undefined where the fault is not with us. */
function fixBeforeSending({ code, command }: Failure): string | undefined {
  if (code === 'EMESSAGE' && command === 'MAIL FROM') return FIXES.size;
  if (code === 'EENVELOPE' && command === 'API') return FIXES.recipient;
  return code === 'EAUTH' && command === 'API' ? FIXES.login : undefined;
}

function nameOfStep({ code, command = 'CONN' }: Failure): string {
  if (code === 'EMESSAGE') return 'the message';
  return command === 'CONN' || command === 'API' ? 'the connection' : command;
}

/** TLS that was not offered, a certificate that does not hold, or a server that speaks no TLS where it should. */
function isTlsFailure({ originalCode = '' }: Failure): boolean {
  return /^ERR_SSL_|^ERR_TLS_CERT|CERT|^UNABLE_TO_|^EPROTO$|^HOSTNAME_MISMATCH$|^INVALID_CA$/.test(
    originalCode,
  );
}

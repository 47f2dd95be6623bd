import net from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { DeliveryConfig } from '../config/delivery.js';
import { EXIT, ReportError } from '../errors.js';

/**
 * How a server is connected: with TLS and a certificate that holds, unless it is on this machine.
 *
 * @param authority - PEM of the only authority that is trusted, in place of those that Node.js knows
 * @throws ReportError `smtp-without-tls` where TLS is switched off for a server that is not on this machine
 */
export function connectionOptions(
  { host, port, security, timeoutSeconds }: NonNullable<DeliveryConfig['smtp']>,
  authority?: string,
): SMTPConnection.Options {
  if (security === 'none' && !isThisMachine(host)) {
    throw new ReportError(`delivery.smtp.security is none, but ${host} is another machine.`, {
      code: 'smtp-without-tls',
      exitCode: EXIT.usage,
      hint: 'Use starttls (usually port 587) or tls (port 465); none is only for localhost, 127.0.0.1 and ::1.',
    });
  }
  const timeout = timeoutSeconds * 1000;
  return {
    // A name server has no say in where this machine is.
    host: host === 'localhost' ? '127.0.0.1' : host,
    servername: net.isIP(host) ? undefined : host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { ca: authority, rejectUnauthorized: true },
    dnsTimeout: timeout,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'));
}

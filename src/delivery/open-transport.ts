import path from 'node:path';
import type { DeliveryConfig } from '../config/delivery.js';
import { outboxTransport } from './outbox.js';
import type { Secrets } from './secrets.js';
import { smtpTransport } from './smtp-transport.js';
import type { Transport } from './transport.js';

/**
 * The way that messages take: the configured mail server, or else the outbox in the delivery folder.
 *
 * @throws ReportError where TLS is switched off for another machine
 */
export function openTransport(
  { smtp }: Pick<DeliveryConfig, 'smtp'>,
  { credentials }: Pick<Secrets, 'credentials'>,
  folder: string,
): Transport {
  return smtp === null ? outboxTransport(path.join(folder, 'outbox')) : smtpTransport(smtp, credentials);
}

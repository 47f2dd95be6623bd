import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { bareAddress } from '../config/mail-address.js';

/** What makes a message the same message when it is sent again. */
export interface MessageIdentity {
  /** Id of the schedule. */
  schedule: string;
  /** The slot that the edition was meant for, as the ledger writes it. */
  slot: string;
  /** Mail address, bare or with a name before it; neither the name nor the case of its letters counts. */
  recipient: string;
  channel: string;
}

/**
 * The Message-ID of one delivery, such as `<9f86d0…@example.com>`: always the same for the same delivery, so that a repeat can be
 * recognised, and without a readable word of it.
 *
 * @param domain - what stands after the @: the domain of the sender's address
 */
export function messageIdOf({ schedule, slot, recipient, channel }: MessageIdentity, domain: string): string {
  const identity = JSON.stringify([schedule, slot, bareAddress(recipient).toLowerCase(), channel]);
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 40);
  return `<${digest}@${domainToASCII(domain) || 'localhost'}>`;
}

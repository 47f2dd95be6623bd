import { isAscii } from 'node:buffer';
import { domainToASCII } from 'node:url';
import type { OutgoingMessage } from './transport.js';

/** What is said to a mail server about a message. */
export interface Envelope {
  from: string;
  to: string;
  /** In bytes. */
  size: number;
  /** Whether the message has bytes outside ASCII. */
  use8BitMime: boolean;
}

/** The envelope of a message; domains are written in the way that every server takes: `bücher.example` as `xn--bcher-kva.example`. */
export function envelopeOf({ from, to, raw }: OutgoingMessage): Envelope {
  return {
    from: withPlainDomain(from),
    to: withPlainDomain(to),
    size: raw.length,
    use8BitMime: !isAscii(raw),
  };
}

/**
 * The address of an envelope that a server cannot take because of letters outside ASCII; undefined where it can take both.
 * @param abilities - what the server answered to EHLO
 */
export function addressTooForeign({ from, to }: Envelope, abilities: string): string | undefined {
  if (/[ -]SMTPUTF8\b/i.test(abilities)) return undefined;
  return [to, from].find((address) => !isPlain(address));
}

function withPlainDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  return isPlain(domain) ? address : address.slice(0, at) + (domainToASCII(domain) || domain);
}

function isPlain(text: string): boolean {
  return isAscii(Buffer.from(text));
}

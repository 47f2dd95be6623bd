import type { OutgoingMessage } from '../../src/delivery/transport.js';

export interface Outgoing extends OutgoingMessage {
  /** How often the message was handed over. */
  handovers: number;
}

/** A small message to bo@example.com that counts its handing over; `changes` fill it in. */
export function outgoingMessage(changes: Partial<OutgoingMessage> = {}): Outgoing {
  const message: Outgoing = {
    raw: Buffer.from('Subject: Weekly\r\n\r\nROAS 1.2\r\n.a line with a dot\r\nend\r\n'),
    from: 'report@example.com',
    to: 'bo@example.com',
    messageId: '<weekly.2026-06-29.bo@example.com>',
    handingOver: () => {
      message.handovers += 1;
    },
    handovers: 0,
    ...changes,
  };
  return message;
}

/** A message of so many bytes, in lines, that ends with a line `the end`. */
export function bytesOfMessage(size: number): Buffer {
  const head = 'Subject: Weekly\r\n\r\n';
  const tail = '\r\nthe end\r\n';
  const line = `${'x'.repeat(74)}\r\n`;
  const room = size - head.length - tail.length;
  return Buffer.from(head + line.repeat(room / line.length) + 'y'.repeat(room % line.length) + tail);
}

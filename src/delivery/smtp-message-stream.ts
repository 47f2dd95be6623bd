import { Readable } from 'node:stream';

const CHUNK = 64 * 1024;

/**
 * The bytes of a message as a stream that says when the last of them are about to leave. The line with the dot, without which a mail
 * server may not take the message, can only follow the end of this stream.
 *
 * It reads nothing ahead and hears what arrives between two chunks, so that this moment comes as late as can be, and not at all where
 * the server has refused or gone before.
 *
 * @param raw - the whole message
 * @param started - called before the first bytes
 * @param handingOver - called before the last chunk, once; where it throws, the stream breaks with the same error and neither that chunk
 *   nor the end ever comes
 */
export function messageStream(raw: Buffer, started: () => void, handingOver: () => void): Readable {
  const lastChunk = Math.max(0, Math.floor((raw.length - 1) / CHUNK) * CHUNK);
  let offset = 0;
  const stream = new Readable({
    highWaterMark: 0,
    read() {
      setImmediate(pushNext);
    },
  });
  const pushNext = () => {
    if (stream.destroyed) return;
    try {
      if (offset === 0) started();
      if (offset === lastChunk) handingOver();
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const chunk = raw.subarray(offset, offset + CHUNK);
    offset += chunk.length;
    stream.push(chunk);
    if (offset === raw.length) stream.push(null);
  };
  return stream;
}

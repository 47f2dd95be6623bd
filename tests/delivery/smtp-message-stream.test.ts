import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageStream } from '../../src/delivery/smtp-message-stream.js';
import { bytesOfMessage } from '../support/outgoing.js';

const ignore = () => {};

it('gives every byte, and says once before the last ones that they go', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 40, max: 400_000 }), async (size) => {
      const raw = bytesOfMessage(size);
      const heard: Buffer[] = [];
      const said: [string, number][] = [];
      const bytes = () => Buffer.concat(heard).length;
      const stream = messageStream(
        raw,
        () => said.push(['started', bytes()]),
        () => said.push(['handing over', bytes()]),
      );
      for await (const chunk of stream) heard.push(chunk);
      expect(Buffer.concat(heard).equals(raw)).toBe(true);
      const lastChunk = heard.at(-1)?.length ?? 0;
      expect(lastChunk).toBeGreaterThan(0);
      expect(said).toEqual([
        ['started', 0],
        ['handing over', size - lastChunk],
      ]);
    }),
    { numRuns: 30 },
  );
});

it.each([0, 1, 65_536, 65_537])('takes a message of %i bytes', async (size) => {
  let handovers = 0;
  const raw = Buffer.alloc(size, 'x');
  const chunks = await messageStream(raw, ignore, () => {
    handovers += 1;
  }).toArray();
  expect(handovers).toBe(1);
  expect(Buffer.concat(chunks).equals(raw)).toBe(true);
});

it('reads nothing ahead of a reader that waits', async () => {
  let handedOver = false;
  const stream = messageStream(bytesOfMessage(150_000), ignore, () => {
    handedOver = true;
  });
  const chunks = stream[Symbol.asyncIterator]();
  await chunks.next();
  await chunks.next();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(handedOver).toBe(false);
  await chunks.next();
  expect(handedOver).toBe(true);
});

it('breaks with the error of the handing over, without the last bytes', async () => {
  const failure = new Error('the ledger is gone');
  const heard: Buffer[] = [];
  const stream = messageStream(bytesOfMessage(100_000), ignore, () => {
    throw failure;
  });
  const reading = (async () => {
    for await (const chunk of stream) heard.push(chunk);
  })();
  await expect(reading).rejects.toBe(failure);
  expect(heard).toHaveLength(1);
});

it('never hands over once it is destroyed', async () => {
  let handedOver = false;
  const stream = messageStream(Buffer.from('x'), ignore, () => {
    handedOver = true;
  });
  stream.read();
  stream.destroy();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(handedOver).toBe(false);
});

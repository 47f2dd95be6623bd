import { Decompress } from 'fzstd';
import { DamagedFile } from './file-problem.js';
import { openChecksum64 } from './xxh64.js';

const FRAME = 0xfd2fb528;
const SKIPPED_FRAME = 0x184d2a50;
const MOST_IN_BLOCK = 1 << 17;
const REPEATED_BYTE = 1;

/** Bytes that are skipped at once. */
const SKIP = 1 << 18;

/**
 * Decompresses Zstandard, block by block, and compares each frame with its checksum where it has one.
 * Throws DamagedFile, or what the source throws.
 */
export async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const input = openInput(source);
  try {
    while (!(await input.isAtEnd())) {
      const magic = await input.take(4);
      const kind = magic.readUInt32LE();
      if (kind === FRAME) yield* frameContent(input, magic);
      else if ((kind & 0xfffffff0) >>> 0 === SKIPPED_FRAME) await skip(input);
      else throw new DamagedFile('broken');
    }
  } finally {
    await input.close();
  }
}

async function* frameContent(input: Input, magic: Buffer): AsyncGenerator<Buffer> {
  const descriptor = await input.take(1);
  const flags = descriptor[0] ?? 0;
  const fields = await input.take(headerLength(flags));
  const checksum = (flags & 4) === 0 ? null : openChecksum64();
  let unpacked: Buffer[] = [];
  const decompressor = new Decompress((data) => unpacked.push(Buffer.from(data)));
  const unpack = (bytes: Buffer, isLast: boolean): Buffer[] => {
    unpacked = [];
    try {
      decompressor.push(bytes, isLast);
    } catch (error) {
      throw new DamagedFile('broken', error);
    }
    for (const data of unpacked) checksum?.add(data);
    return unpacked;
  };

  let before = Buffer.concat([magic, descriptor, fields]);
  for (let isLast = false; !isLast; ) {
    const start = await input.take(3);
    const header = start.readUIntLE(0, 3);
    const size = header >> 3;
    if (size > MOST_IN_BLOCK) throw new DamagedFile('broken');
    isLast = (header & 1) === 1;
    const block = await input.take(((header >> 1) & 3) === REPEATED_BYTE ? 1 : size);
    yield* unpack(Buffer.concat([before, start, block]), false);
    before = Buffer.alloc(0);
  }
  const expected = await input.take(checksum ? 4 : 0);
  // The decompressor holds a frame of a few bytes back until it is told that this is all.
  yield* unpack(expected, true);
  if (checksum && expected.readUInt32LE() !== Number(BigInt.asUintN(32, checksum.value()))) {
    throw new DamagedFile('broken');
  }
}

/** Bytes of the window, dictionary and content size fields, which follow the frame's flags. */
function headerLength(flags: number): number {
  const isSingleSegment = (flags & 32) !== 0;
  const contentSize = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  return (isSingleSegment ? 0 : 1) + dictionary + contentSize;
}

async function skip(input: Input): Promise<void> {
  const length = (await input.take(4)).readUInt32LE();
  for (let left = length; left > 0; left -= SKIP) await input.take(Math.min(left, SKIP));
}

interface Input {
  isAtEnd(): Promise<boolean>;
  /** The next bytes, exactly so many; throws DamagedFile where the source ends before. */
  take(length: number): Promise<Buffer>;
  close(): Promise<unknown>;
}

function openInput(source: AsyncIterable<Buffer>): Input {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const isFilled = async (length: number): Promise<boolean> => {
    while (held.length < length) {
      const { done, value } = await chunks.next();
      if (done) return false;
      held = Buffer.concat([held, value]);
    }
    return true;
  };
  return {
    isAtEnd: async () => !(await isFilled(1)),
    take: async (length) => {
      if (!(await isFilled(length))) throw new DamagedFile('cut');
      const taken = held.subarray(0, length);
      held = held.subarray(length);
      return taken;
    },
    close: async () => chunks.return?.(),
  };
}

import { describe, expect, it } from 'vitest';
import { DamagedFile } from '../../../src/sources/files/file-problem.js';
import { unzstd } from '../../../src/sources/files/unzstd.js';
import { CHECKED_ZSTD, checkedText, pack, REAL_ZSTD, zstdText } from './packed.js';

async function unpacked(bytes: Buffer, step = bytes.length): Promise<string> {
  async function* source() {
    for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of unzstd(source())) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function fault(bytes: Buffer): Promise<string> {
  return unpacked(bytes).then(() => 'none', faultOf);
}

function faultOf(error: unknown): string {
  if (error instanceof DamagedFile) return error.fault;
  throw error;
}

const SKIPPED = Buffer.from('5a2a4d1803000000616263', 'hex');

describe('unzstd', () => {
  it('reads frames with and without a checksum, wherever they are cut, and skips what is no data', async () => {
    const all = Buffer.concat([SKIPPED, CHECKED_ZSTD, SKIPPED, REAL_ZSTD, pack(Buffer.from('x'), 'zstd')]);
    for (const step of [1, 2, 7, 100, all.length]) {
      expect(await unpacked(all, step)).toBe(`${checkedText()}${zstdText()}x`);
    }
  });

  it('reads empty and small frames', async () => {
    expect(await unpacked(Buffer.alloc(0))).toBe('');
    expect(await unpacked(Buffer.from('28b52ffd240001000099e9d851', 'hex'))).toBe('');
    expect(await unpacked(pack(Buffer.from('a,b\n'), 'zstd'))).toBe('a,b\n');
    // One byte, repeated 5 times.
    expect(await unpacked(Buffer.from('28b52ffd00382b000061', 'hex'))).toBe('aaaaa');
  });

  it('refuses a flipped bit anywhere in the blocks or the checksum', async () => {
    const start = 4 + 1 + 2;
    let refused = 0;
    for (let bit = start * 8; bit < CHECKED_ZSTD.length * 8; bit++) {
      const altered = Buffer.from(CHECKED_ZSTD);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      // Some bits decide nothing, such as those between two parts of a block.
      const text = await unpacked(altered).catch(faultOf);
      if (text === 'cut' || text === 'broken') refused++;
      else expect(text).toBe(checkedText());
    }
    expect(refused).toBeGreaterThan((CHECKED_ZSTD.length - start) * 8 - 10);
  });

  it('refuses a file that is cut anywhere, or followed by something else', async () => {
    for (let length = 1; length < CHECKED_ZSTD.length; length++) {
      expect(await fault(CHECKED_ZSTD.subarray(0, length))).toBe('cut');
    }
    expect(await fault(SKIPPED.subarray(0, -1))).toBe('cut');
    expect(await fault(Buffer.concat([CHECKED_ZSTD, Buffer.from('garbage')]))).toBe('broken');
  });

  it('closes what it reads from when it is left early', async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield CHECKED_ZSTD;
      } finally {
        isClosed = true;
      }
    }
    for await (const chunk of unzstd(source())) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);
  });
});

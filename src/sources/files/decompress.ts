import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Head } from '../row-file.js';
import { unzstd } from './unzstd.js';

/**
 * The bytes of a file, decompressed, as a stream that keeps little in memory.
 * Throws the system's error, zlib's (code Z_…) or DamagedFile; rejects when the signal aborts.
 */
export async function* plainBytes(
  path: string,
  compression: Head['compression'],
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: 1 << 18, signal });
  if (compression === 'none') yield* source;
  else if (compression === 'zstd') yield* unzstd(source);
  // What goes wrong in the pipeline is thrown where the bytes are read.
  else yield* pipeline(source, createGunzip(), () => {});
}

/** The first bytes of a file, decompressed, and whether they are all. Throws as `plainBytes` does. */
export async function readStart(
  path: string,
  compression: Head['compression'],
  limit: number,
): Promise<{ bytes: Buffer; isComplete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of plainBytes(path, compression)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), isComplete: length <= limit };
}

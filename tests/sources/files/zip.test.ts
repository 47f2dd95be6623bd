import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DamagedFile } from '../../../src/sources/files/file-problem.js';
import { storedZip, withZip } from '../../../src/sources/files/zip.js';
import { useScratch } from './scratch.js';

const scratch = useScratch();

async function read(zip: Buffer): Promise<Record<string, string>> {
  const { path } = await scratch.write('a.zip', zip);
  return withZip(path, async (parts) =>
    Object.fromEntries(await Promise.all(parts.map(async (part) => [part.name, String(await part.read())]))),
  );
}

const zip = storedZip(
  new Map([
    ['a/é.xml', Buffer.from('first')],
    ['b.xml', Buffer.from('')],
  ]),
);

describe('a ZIP archive', () => {
  it('gives back its parts', async () => {
    expect(await read(zip)).toEqual({ 'a/é.xml': 'first', 'b.xml': '' });
    expect(await read(storedZip(new Map()))).toEqual({});
  });

  it('may have text before its end and a comment after it', async () => {
    const commented = Buffer.concat([zip, Buffer.from('comment')]);
    commented.writeUInt16LE(7, zip.length - 2);
    expect(await read(commented)).toMatchObject({ 'a/é.xml': 'first' });
  });

  it('may be compressed, with its sizes in a field of their own', async () => {
    const text = 'x'.repeat(10_000);
    const packed = deflateRawSync(text);
    const single = storedZip(new Map([['a', Buffer.from(text)]]));
    const local = Buffer.from(single.subarray(0, 31));
    local.writeUInt16LE(8, 8);
    const entry = Buffer.from(single.subarray(31 + text.length, -22));
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(0xffffffff, 20);
    entry.writeUInt32LE(0xffffffff, 24);
    entry.writeUInt16LE(20, 30);
    const sizes = Buffer.alloc(20);
    sizes.writeUInt16LE(1, 0);
    sizes.writeUInt16LE(16, 2);
    sizes.writeBigUInt64LE(BigInt(text.length), 4);
    sizes.writeBigUInt64LE(BigInt(packed.length), 12);
    const end = Buffer.from(single.subarray(-22));
    end.writeUInt32LE(entry.length + sizes.length, 12);
    end.writeUInt32LE(local.length + packed.length, 16);
    expect(await read(Buffer.concat([local, packed, entry, sizes, end]))).toEqual({ a: text });
  });

  it('is refused wherever it is cut or altered, never read wrongly', async () => {
    for (let length = 0; length < zip.length; length++) {
      await expect(read(zip.subarray(0, length))).rejects.toThrow(DamagedFile);
    }
    const altered = Buffer.from(zip);
    altered.write('F', zip.indexOf('first'));
    await expect(read(altered)).rejects.toMatchObject({ fault: 'broken' });
  });
});

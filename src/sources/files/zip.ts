import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { DamagedFile } from './file-problem.js';

/** A file inside a ZIP archive. */
export interface ZipPart {
  name: string;
  /** Its bytes; throws DamagedFile where they are damaged, or larger than `LARGEST_PART`. */
  read(): Promise<Buffer>;
}

/** The largest part that is unpacked, in bytes; the longest text of Node.js is hardly longer. */
const LARGEST_PART = 500_000_000;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;

/** Opens a ZIP archive and passes its parts to `use`; they can be read until `use` ends. Throws DamagedFile or the system's error. */
export async function withZip<Result>(
  path: string,
  use: (parts: readonly ZipPart[]) => Promise<Result>,
): Promise<Result> {
  const archive = await open(path);
  try {
    return await use(await listParts(archive));
  } finally {
    await archive.close();
  }
}

async function listParts(archive: FileHandle): Promise<ZipPart[]> {
  const { size } = await archive.stat();
  const tailLength = Math.min(size, END_LENGTH + LONGEST_COMMENT);
  const tail = await readAt(archive, size - tailLength, tailLength);
  const end = tail.lastIndexOf('PK\x05\x06');
  if (end < 0 || end + END_LENGTH > tail.length) throw new DamagedFile('cut');
  const directory = await readAt(archive, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const parts: ZipPart[] = [];
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new DamagedFile('broken');
    const nameLength = directory.readUInt16LE(at + 28);
    const length = 46 + nameLength + directory.readUInt16LE(at + 30);
    const entry = directory.subarray(at, at + length);
    const name = entry.toString('utf8', 46, 46 + nameLength);
    parts.push({ name, read: () => readPart(archive, entry, nameLength) });
    at += length + directory.readUInt16LE(at + 32);
  }
  return parts;
}

async function readPart(archive: FileHandle, entry: Buffer, nameLength: number): Promise<Buffer> {
  const { packed, size, offset } = placeOf(entry, nameLength);
  if (size > LARGEST_PART) throw new DamagedFile('too-large');
  const local = await readAt(archive, offset, 30);
  const begin = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const stored = await readAt(archive, begin, packed);
  const isPlain = entry.readUInt16LE(10) === 0;
  const bytes = isPlain ? stored : await inflate(stored, { maxOutputLength: LARGEST_PART }).catch(rethrow);
  if (crc32(bytes) !== entry.readUInt32LE(16)) throw new DamagedFile('broken');
  return bytes;
}

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

function rethrow(cause: unknown): never {
  throw new DamagedFile('broken', cause);
}

/** Where a part lies, and its sizes in bytes; large ones stand, in this order, in a field of their own. */
function placeOf(entry: Buffer, nameLength: number): { size: number; packed: number; offset: number } {
  const extra = entry.subarray(46 + nameLength);
  const large: number[] = [];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const last = Math.min(at + 4 + extra.readUInt16LE(at + 2), extra.length);
    for (let value = at + 4; value + 8 <= last; value += 8) large.push(Number(extra.readBigUInt64LE(value)));
  }
  const read = (field: number) => {
    const value = entry.readUInt32LE(field);
    return value === 0xffffffff ? (large.shift() ?? value) : value;
  };
  return { size: read(24), packed: read(20), offset: read(42) };
}

async function readAt(archive: FileHandle, position: number, length: number): Promise<Buffer> {
  const { size } = await archive.stat();
  if (position < 0 || position + length > size) throw new DamagedFile('cut');
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await archive.read(bytes, 0, length, position);
  if (bytesRead < length) throw new DamagedFile('cut');
  return bytes;
}

/** A ZIP archive in memory, with these parts uncompressed. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of parts) {
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(label.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    bodies.push(Buffer.from('PK\x03\x04'), common, label, bytes);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, label);
    offset += 30 + label.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(END_LENGTH);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

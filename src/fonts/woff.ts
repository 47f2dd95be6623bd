import { inflateSync } from 'node:zlib';

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const SFNT_HEADER = 12;
const SFNT_ENTRY = 16;

/**
 * Unpacks a WOFF 1 file into the TrueType or OpenType file it wraps (W3C, WOFF File Format 1.0).
 *
 * @throws Error where the bytes are not a WOFF 1 file
 */
export function unwrapWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF file');
  const tables = woff.readUInt16BE(12);
  const sfnt = Buffer.alloc(woff.readUInt32BE(16));
  woff.copy(sfnt, 0, 4, 8);
  sfnt.writeUInt16BE(tables, 4);
  let offset = SFNT_HEADER + SFNT_ENTRY * tables;
  for (let index = 0; index < tables; index++) {
    const from = WOFF_HEADER + WOFF_ENTRY * index;
    const to = SFNT_HEADER + SFNT_ENTRY * index;
    const table = tableAt(woff, from);
    woff.copy(sfnt, to, from, from + 4);
    woff.copy(sfnt, to + 4, from + 16, from + 20);
    sfnt.writeUInt32BE(offset, to + 8);
    sfnt.writeUInt32BE(table.length, to + 12);
    table.copy(sfnt, offset);
    offset += (table.length + 3) & ~3;
  }
  return sfnt;
}

function tableAt(woff: Buffer, entry: number): Buffer {
  const offset = woff.readUInt32BE(entry + 4);
  const storedLength = woff.readUInt32BE(entry + 8);
  const stored = woff.subarray(offset, offset + storedLength);
  return storedLength < woff.readUInt32BE(entry + 12) ? inflateSync(stored) : stored;
}

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unwrapWoff } from '../../src/fonts/woff.js';

function woff(tables: [tag: string, stored: Buffer, length: number][]): Buffer {
  const header = Buffer.alloc(44 + 20 * tables.length);
  header.write('wOFF', 0, 'latin1');
  header.writeUInt32BE(0x00010000, 4);
  header.writeUInt16BE(tables.length, 12);
  header.writeUInt32BE(
    tables.reduce((size, [, , length]) => size + ((length + 3) & ~3), 12 + 16 * tables.length),
    16,
  );
  let offset = header.length;
  tables.forEach(([tag, stored, length], index) => {
    const entry = 44 + 20 * index;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(offset, entry + 4);
    header.writeUInt32BE(stored.length, entry + 8);
    header.writeUInt32BE(length, entry + 12);
    offset += stored.length;
  });
  return Buffer.concat([header, ...tables.map(([, stored]) => stored)]);
}

describe('unwrapWoff', () => {
  const repeated = Buffer.alloc(100, 7);
  const file = woff([
    ['head', Buffer.from([1, 2]), 2],
    ['hmtx', deflateSync(repeated), repeated.length],
  ]);

  const sfnt = unwrapWoff(file);

  test('keeps the kind of font and the number of tables', () => {
    expect(sfnt.readUInt32BE(0)).toBe(0x00010000);
    expect(sfnt.readUInt16BE(4)).toBe(2);
  });

  test('copies a table that is stored as it is', () => {
    expect(sfnt.toString('latin1', 12, 16)).toBe('head');
    expect([...sfnt.subarray(sfnt.readUInt32BE(20), sfnt.readUInt32BE(20) + sfnt.readUInt32BE(24))]).toEqual([
      1, 2,
    ]);
  });

  test('inflates a compressed table', () => {
    const offset = sfnt.readUInt32BE(36);
    expect(sfnt.subarray(offset, offset + sfnt.readUInt32BE(40))).toEqual(repeated);
  });

  test('refuses other files', () => {
    expect(() => unwrapWoff(Buffer.from('wOF2 something'))).toThrow('not a WOFF file');
    expect(() => unwrapWoff(Buffer.alloc(0))).toThrow('not a WOFF file');
  });
});

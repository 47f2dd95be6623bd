import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openChecksum64 } from '../../../src/sources/files/xxh64.js';

function checksum(...pieces: Uint8Array[]): bigint {
  const sum = openChecksum64();
  for (const piece of pieces) sum.add(piece);
  return sum.value();
}

it.each([
  ['', 0xef46db3751d8e999n],
  ['a', 0xd24ec4f1a98c6e5bn],
  ['abc', 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0xfbcea83c8a378bf1n],
])('gives the published checksum of "%s"', (text, expected) => {
  expect(checksum(Buffer.from(text))).toBe(expected);
});

/** The lanes as the definition has them, in BigInt; the tail is left out. */
function stripesByDefinition(bytes: Uint8Array): bigint {
  const uint = (value: bigint) => BigInt.asUintN(64, value);
  const turn = (value: bigint, bits: bigint) => uint(value << bits) | (uint(value) >> (64n - bits));
  const [p1, p2, p3, p4] = [
    11400714785074694791n,
    14029467366897019727n,
    1609587929392839161n,
    9650029242287828579n,
  ] as const;
  const round = (lane: bigint, input: bigint) => uint(turn(uint(lane + input * p2), 31n) * p1);
  const lanes = [uint(p1 + p2), p2, 0n, uint(-p1)];
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 8) {
    const lane = (at / 8) % 4;
    lanes[lane] = round(lanes[lane] ?? 0n, words.getBigUint64(at, true));
  }
  const turns = [1n, 7n, 12n, 18n];
  let hash = uint(lanes.reduce((sum, lane, i) => sum + turn(lane, turns[i] ?? 0n), 0n));
  for (const lane of lanes) hash = uint((hash ^ round(0n, lane)) * p1 + p4);
  hash = uint(hash + BigInt(bytes.length));
  hash = uint((hash ^ (hash >> 33n)) * p2);
  hash = uint((hash ^ (hash >> 29n)) * p3);
  return hash ^ (hash >> 32n);
}

const bytes = (options: { minLength?: number; maxLength: number }) =>
  fc.uint8Array({ ...options, size: 'max' });

it('equals the definition for every number of whole stripes', () => {
  fc.assert(
    fc.property(bytes({ minLength: 32, maxLength: 600 }), (all) => {
      const whole = all.subarray(0, all.length - (all.length % 32));
      expect(checksum(whole)).toBe(stripesByDefinition(whole));
    }),
  );
  const ones = new Uint8Array(320).fill(255);
  expect(checksum(ones)).toBe(stripesByDefinition(ones));
});

it('does not depend on how the bytes are cut, and can be asked between', () => {
  fc.assert(
    fc.property(fc.array(bytes({ maxLength: 90 }), { maxLength: 8 }), (pieces) => {
      const sum = openChecksum64();
      pieces.forEach((piece, i) => {
        sum.add(piece);
        expect(sum.value()).toBe(checksum(Buffer.concat(pieces.slice(0, i + 1))));
      });
    }),
  );
});

it('changes with any bit', () => {
  const all = Buffer.alloc(75, 'id,reach\n');
  const sums = new Set([checksum(all)]);
  for (let bit = 0; bit < all.length * 8; bit++) {
    const altered = Buffer.from(all);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    sums.add(checksum(altered));
  }
  expect(sums.size).toBe(all.length * 8 + 1);
});

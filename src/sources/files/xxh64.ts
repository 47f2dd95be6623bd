/** A checksum of 64 bits (XXH64, seed 0) of bytes that come in pieces. */
export interface Checksum64 {
  add(bytes: Uint8Array): void;
  /** The checksum of all bytes until now. */
  value(): bigint;
}

const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_4 = 0x85ebca77c2b2ae63n;
const PRIME_5 = 0x27d4eb2f165667c5n;

/** Bytes that the four lanes, 8 each, take at once. */
const STRIPE = 32;

/** Starts a checksum. */
export function openChecksum64(): Checksum64 {
  // Low and high half of each lane. Halves of 32 bits are ten times as fast as BigInt.
  const lanes = new Int32Array(8);
  [PRIME_1 + PRIME_2, PRIME_2, 0n, -PRIME_1].forEach((start, lane) => {
    lanes[2 * lane] = Number(BigInt.asIntN(32, start));
    lanes[2 * lane + 1] = Number(BigInt.asIntN(32, start >> 32n));
  });
  const rest = new Uint8Array(STRIPE);
  let restLength = 0;
  let total = 0;

  return {
    add(bytes) {
      total += bytes.length;
      let start = 0;
      if (restLength > 0) {
        start = Math.min(STRIPE - restLength, bytes.length);
        rest.set(bytes.subarray(0, start), restLength);
        restLength += start;
        if (restLength < STRIPE) return;
        mixStripes(lanes, rest);
      }
      const end = start + Math.floor((bytes.length - start) / STRIPE) * STRIPE;
      mixStripes(lanes, bytes.subarray(start, end));
      rest.set(bytes.subarray(end));
      restLength = bytes.length - end;
    },
    value: () => finish(lanes, rest.subarray(0, restLength), total),
  };
}

const P1_LOW = 0x85ebca87 | 0;
const P1_HIGH = 0x9e3779b1 | 0;
const P2_LOW = 0x27d4eb4f;
const P2_HIGH = 0xc2b2ae3d | 0;

/** For each 8 bytes: lane = rotate(lane + bytes × PRIME_2, 31) × PRIME_1. */
function mixStripes(lanes: Int32Array, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let lane = 0; lane < 8; lane += 2) {
    let low = lanes[lane] ?? 0;
    let high = lanes[lane + 1] ?? 0;
    for (let at = 4 * lane; at < bytes.length; at += STRIPE) {
      const inputLow = view.getInt32(at, true);
      const inputHigh = view.getInt32(at + 4, true);
      const addLow = Math.imul(inputLow, P2_LOW);
      const addHigh =
        highOfProduct(inputLow, P2_LOW) + Math.imul(inputHigh, P2_LOW) + Math.imul(inputLow, P2_HIGH);
      const sumLow = (low + addLow) | 0;
      const sumHigh = (high + addHigh + (sumLow >>> 0 < addLow >>> 0 ? 1 : 0)) | 0;
      const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
      const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
      low = Math.imul(turnedLow, P1_LOW);
      high =
        (highOfProduct(turnedLow, P1_LOW) + Math.imul(turnedHigh, P1_LOW) + Math.imul(turnedLow, P1_HIGH)) |
        0;
    }
    lanes[lane] = low;
    lanes[lane + 1] = high;
  }
}

/** The upper 32 bits of the product of two unsigned numbers of 32 bits. */
function highOfProduct(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) | 0;
  const carry = (Math.imul(a0, b1) + (middle & 0xffff)) | 0;
  return (Math.imul(a1, b1) + (middle >>> 16) + (carry >>> 16)) | 0;
}

function finish(lanes: Int32Array, rest: Uint8Array, total: number): bigint {
  let hash = total < STRIPE ? PRIME_5 : merged(lanes);
  hash = uint64(hash + BigInt(total));
  const view = new DataView(rest.buffer, rest.byteOffset, rest.length);
  let at = 0;
  for (; at + 8 <= rest.length; at += 8) {
    hash = uint64(rotate(hash ^ mixed(0n, view.getBigUint64(at, true)), 27n) * PRIME_1 + PRIME_4);
  }
  if (at + 4 <= rest.length) {
    const word = BigInt(view.getUint32(at, true));
    hash = uint64(rotate(hash ^ uint64(word * PRIME_1), 23n) * PRIME_2 + PRIME_3);
    at += 4;
  }
  for (const byte of rest.subarray(at)) {
    hash = uint64(rotate(hash ^ uint64(BigInt(byte) * PRIME_5), 11n) * PRIME_1);
  }
  hash = uint64((hash ^ (hash >> 33n)) * PRIME_2);
  hash = uint64((hash ^ (hash >> 29n)) * PRIME_3);
  return hash ^ (hash >> 32n);
}

function merged(lanes: Int32Array): bigint {
  const values = new BigUint64Array(4).map(
    (_, lane) =>
      (BigInt.asUintN(32, BigInt(lanes[2 * lane + 1] ?? 0)) << 32n) |
      BigInt.asUintN(32, BigInt(lanes[2 * lane] ?? 0)),
  );
  const [a = 0n, b = 0n, c = 0n, d = 0n] = values;
  const sum = uint64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
  return values.reduce((hash, lane) => uint64((hash ^ mixed(0n, lane)) * PRIME_1 + PRIME_4), sum);
}

function mixed(lane: bigint, input: bigint): bigint {
  return uint64(rotate(uint64(lane + input * PRIME_2), 31n) * PRIME_1);
}

function rotate(value: bigint, bits: bigint): bigint {
  return uint64(value << bits) | (value >> (64n - bits));
}

function uint64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

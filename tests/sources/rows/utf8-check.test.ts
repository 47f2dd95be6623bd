import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createUtf8Check } from '../../../src/sources/rows/utf8-check.js';

it('says of a text in any pieces what Node says of it as a whole', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', '\n', 'é', 'ह', '😀\n').map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(40), { maxLength: 5 }), (pieces, cuts) => {
      const bytes = Buffer.concat(pieces);
      const check = createUtf8Check();
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      for (const [index, end] of places.slice(1).entries()) check.see(bytes.subarray(places[index], end));
      expect(check.end()).toBe(isUtf8(bytes));
    }),
  );
});

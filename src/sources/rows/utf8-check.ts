import { isUtf8 } from 'node:buffer';

/** Follows a file chunk by chunk and tells at the end whether all of it is UTF-8. */
export function createUtf8Check() {
  let isValid = true;
  /** What came after the last line break; a character cannot be cut by one. */
  let rest = Buffer.alloc(0);
  return {
    see(chunk: Buffer): void {
      if (!isValid) return;
      const first = chunk.indexOf('\n') + 1;
      if (first === 0) {
        rest = Buffer.concat([rest, chunk]);
        return;
      }
      const last = chunk.lastIndexOf('\n') + 1;
      isValid =
        isUtf8(Buffer.concat([rest, chunk.subarray(0, first)])) && isUtf8(chunk.subarray(first, last));
      rest = Buffer.from(chunk.subarray(last));
    },
    end: (): boolean => isValid && isUtf8(rest),
  };
}

import { isAscii } from 'node:buffer';
import type { Encoding } from '../settings.js';
import { plainBytes } from './decompress.js';

/** What a whole file is when it is read as UTF-8; `mixed`: mostly UTF-8, with broken bytes here and there. */
export type Utf8Verdict = 'utf-8' | 'windows-1252' | 'mixed';

/**
 * Whether a plain file is UTF-8 from its first byte to its last; read as a stream.
 * Throws the system's error; rejects with the signal's reason when it aborts.
 */
export async function decodesAsUtf8(path: string, signal: AbortSignal): Promise<Utf8Verdict> {
  const census = utf8Census();
  try {
    for await (const chunk of plainBytes(path, 'none', signal)) census.add(chunk);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return census.verdict();
}

/** How the first bytes of a text file, or all of them, are written; `binary` where they are no text. */
export function detectEncoding(start: Buffer, isComplete: boolean): Encoding | 'binary' {
  const [first, second] = start;
  if (start.subarray(0, 3).equals(UTF8_MARK)) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const { even, odd } = zerosIn(start);
  // Digits, delimiters and line ends of UTF-16 have a zero beside them in any language.
  const many = Math.max(start.length / 20, 1);
  if (odd > many && even < odd / 2) return textOr('utf-16le', start.toString('utf16le'));
  if (even > many && odd < even / 2) {
    return textOr('utf-16be', new TextDecoder('utf-16be').decode(start));
  }
  const census = utf8Census();
  census.add(start);
  const encoding = census.verdict(!isComplete) === 'windows-1252' ? 'windows-1252' : 'utf-8';
  return textOr(encoding, start.toString('latin1'));
}

function zerosIn(bytes: Buffer): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) {
    if (at % 2 === 0) even++;
    else odd++;
  }
  return { even, odd };
}

/** The encoding, where so few characters are control characters that it may be text. */
function textOr(encoding: Encoding, text: string): Encoding | 'binary' {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 26) || (code > 27 && code < 32)) controls++;
  }
  return controls > text.length / 100 ? 'binary' : encoding;
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Counts what is UTF-8 and what is not, in chunks cut anywhere. */
function utf8Census() {
  let valid = 0;
  let broken = 0;
  let missing = 0;
  let low = 0x80;
  let high = 0xbf;

  function begin(byte: number): void {
    low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) missing = 1;
    else if (byte >= 0xe0 && byte <= 0xef) missing = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) missing = 3;
    else if (byte >= 0x80) broken++;
  }

  return {
    add(chunk: Buffer): void {
      if (missing === 0 && isAscii(chunk)) return;
      for (const byte of chunk) {
        if (missing === 0) begin(byte);
        else if (byte >= low && byte <= high) {
          low = 0x80;
          high = 0xbf;
          missing--;
          if (missing === 0) valid++;
        } else {
          broken++;
          missing = 0;
          begin(byte);
        }
      }
    },
    /** @param isCut - whether more follows, so that a last character that is not complete is not broken */
    verdict(isCut = false): Utf8Verdict {
      const total = broken + (missing > 0 && !isCut ? 1 : 0);
      if (total === 0) return 'utf-8';
      return valid * 10 <= total ? 'windows-1252' : 'mixed';
    },
  };
}

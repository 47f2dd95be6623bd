import type { Encoding } from '../settings.js';

/** Turns bytes, cut anywhere, into text; a byte order mark is left out, and what cannot be decoded becomes U+FFFD. */
export interface Decoder {
  /** The text of these bytes, without a last character that is not complete. */
  decode(bytes: Uint8Array): string;
  /** What was held back. */
  end(): string;
}

/** A decoder for one file. */
export function openDecoder(encoding: Encoding): Decoder {
  if (encoding === 'windows-1252') return { decode: decodeWindows1252, end: () => '' };
  const decoder = new TextDecoder(encoding);
  return { decode: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** The characters of the bytes 0x80 to 0x9F, in which Windows-1252 is not Latin-1. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

// Some versions of Node.js decode windows-1252 as Latin-1: "€" becomes a control character.
function decodeWindows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replace(/[\x80-\x9f]/g, (character) => WINDOWS.charAt(character.charCodeAt(0) - 0x80));
}

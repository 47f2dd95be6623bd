/** 1 January 1980, 00:00: the first moment that a ZIP archive can name. */
const FIRST_MOMENT = 0x0021_0000;
const END_OF_ARCHIVE = Buffer.from('PK\x05\x06', 'latin1');

/**
 * A ZIP archive whose files bear no time of writing, so that the same contents are the same bytes.
 *
 * @param archive - an archive without a comment, below 4 GB
 */
export function withoutTimes(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  const end = bytes.lastIndexOf(END_OF_ARCHIVE);
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    bytes.writeUInt32LE(FIRST_MOMENT, entry + 12);
    bytes.writeUInt32LE(FIRST_MOMENT, bytes.readUInt32LE(entry + 42) + 10);
    entry +=
      46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
  }
  return bytes;
}

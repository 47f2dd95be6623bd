/** What a file is by its first bytes: something that can be opened, or something else, with what to do about it. */
export type Format =
  | { kind: 'gzip' | 'zstd' | 'parquet' | 'zip' | 'ole' | 'unknown' }
  | { kind: 'other'; what: string; hint: string };

/** Tells a format by the file's first bytes, never by its name; `unknown` is text, or anything else. */
export function sniff(start: Buffer): Format {
  const found = SIGNATURES.find(([signature]) => start.subarray(0, signature.length).equals(signature));
  return found?.[1] ?? { kind: 'unknown' };
}

/** What a text is that holds no table; null where it may hold one. */
export function sniffText(text: string): { what: string; hint: string } | null {
  const begin = text.slice(0, 500).trimStart();
  if (/^<(!doctype\s+html|html|head|body|meta|table|div|style)\b/i.test(begin)) {
    return {
      what: 'a web page (HTML)',
      hint: 'Open it in Excel and save it as .xlsx or as CSV UTF-8, if it holds a table.',
    };
  }
  if (/^<(\?xml|!--|[a-z][\w:-]*[\s/>])/i.test(begin)) {
    return { what: 'XML', hint: 'Save it as .xlsx or as CSV UTF-8, if it holds a table.' };
  }
  if (/^(\{\s*["}]|\[\s*(\[|\]|\{|"[^"]*"\s*,|-?\d))/.test(begin)) {
    return { what: 'JSON', hint: 'Save it as CSV UTF-8, if it holds a table.' };
  }
  if (begin.startsWith('{\\rtf')) return { what: 'a text document (RTF)', hint: LEAVE_OUT };
  return null;
}

/** What to do about a file that holds no table. */
export const LEAVE_OUT = 'Leave it out, or save its table as CSV UTF-8 or .xlsx.';

const UNPACK = 'Unpack it into the data folder and run again.';
const IMAGE = { kind: 'other', what: 'an image', hint: LEAVE_OUT } as const;

const SIGNATURES: readonly (readonly [signature: Buffer, format: Format])[] = [
  [Buffer.from('1f8b', 'hex'), { kind: 'gzip' }],
  [Buffer.from('28b52ffd', 'hex'), { kind: 'zstd' }],
  [Buffer.from('PAR1'), { kind: 'parquet' }],
  [Buffer.from('PK\x03\x04'), { kind: 'zip' }],
  [Buffer.from('PK\x05\x06'), { kind: 'zip' }],
  [Buffer.from('d0cf11e0', 'hex'), { kind: 'ole' }],
  [Buffer.from('%PDF'), { kind: 'other', what: 'a PDF document', hint: LEAVE_OUT }],
  [Buffer.from('89504e47', 'hex'), IMAGE],
  [Buffer.from('ffd8ff', 'hex'), IMAGE],
  [Buffer.from('GIF8'), IMAGE],
  [Buffer.from('377abcaf', 'hex'), { kind: 'other', what: 'a 7z archive', hint: UNPACK }],
  [Buffer.from('Rar!\x1a'), { kind: 'other', what: 'a RAR archive', hint: UNPACK }],
  [Buffer.from('BZh'), { kind: 'other', what: 'compressed with bzip2', hint: UNPACK }],
  [Buffer.from('fd377a585a', 'hex'), { kind: 'other', what: 'compressed with xz', hint: UNPACK }],
];

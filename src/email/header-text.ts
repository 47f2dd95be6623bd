import { mailAddress } from '../config/address.js';
import { bareAddress } from '../config/mail-address.js';
import { EXIT, ReportError } from '../errors.js';

const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const LINE_BREAKERS = /[\p{Cc}\u2028\u2029\s]+/gu;
const LONE_SURROGATES = /\p{Cs}/gu;
/** Signs that nobody sees, and halves of signs. */
const NOT_IN_ADDRESSES = /[\p{Cf}\p{Cs}]/u;
const NOT_IN_FILE_NAMES = /[\\/:*?"<>|]/g;
const LONGEST_HEADER = 250;
/** In bytes of UTF-8; file systems take 255. */
const LONGEST_FILE_STEM = 150;

/**
 * A text as one line of a header, at most 250 characters: without line breaks, control characters and marks that turn the direction of
 * writing. "=?" is parted because mail programs would decode what follows it.
 */
export function headerText(text: string): string {
  const letters = [...oneLine(text)];
  return letters.length <= LONGEST_HEADER
    ? letters.join('')
    : `${letters.slice(0, LONGEST_HEADER - 1).join('')}…`;
}

/** A name for a file on any system: no folders, at most 150 bytes and the extension. */
export function safeFileName(name: string): string {
  const clean = oneLine(name.normalize('NFC'))
    .replace(NOT_IN_FILE_NAMES, '-')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  let stem = '';
  for (const letter of clean.slice(0, clean.length - extension.length)) {
    if (Buffer.byteLength(stem + letter) > LONGEST_FILE_STEM) break;
    stem += letter;
  }
  return `${stem.trim() || 'attachment'}${extension}`;
}

/**
 * The address and the name before it ('' if none).
 *
 * @param text - `anna@example.com` or `Anna Example <anna@example.com>`
 * @throws ReportError where that is not one address
 */
export function mailbox(text: string): { name: string; address: string } {
  const checked = mailAddress.safeParse(text);
  const address = bareAddress(checked.data ?? '');
  if (!checked.success || NOT_IN_ADDRESSES.test(address)) {
    throw new ReportError(`"${headerText(text)}" is not a mail address.`, {
      code: 'mail-address',
      exitCode: EXIT.delivery,
      hint: 'Write one address, such as anna@example.com or Anna Example <anna@example.com>.',
    });
  }
  const name = checked.data.includes('<') ? checked.data.replace(/<.*/u, '').trim() : '';
  return { name: headerText(name.replace(/^"(.*)"$/u, '$1').replace(/\\(.)/gu, '$1')), address };
}

function oneLine(text: string): string {
  return text
    .replace(LONE_SURROGATES, '\uFFFD')
    .replace(BIDI_CONTROLS, '')
    .replace(LINE_BREAKERS, ' ')
    .replaceAll('=?', '= ?')
    .trim();
}

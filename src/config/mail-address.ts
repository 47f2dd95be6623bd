import { z } from 'zod';

// One mailbox, bare or with a name before it: no list, no group, no control character.
const BARE = /^[^\s<>()[\]\\,;:"@\p{Cc}]+@[^\s<>()[\]\\,;:"@\p{Cc}]+$/u;
const NAMED = /^([^<>\p{Cc}]*)<([^<>\s\p{Cc}]+)>$/u;

/** One mail address: `anna@example.com` or `Anna Example <anna@example.com>`. */
export const mailAddress = z
  .string()
  .trim()
  .refine((text) => BARE.test(bareAddress(text)), 'is not a mail address such as anna@example.com');

/** The address itself, without the name before it. */
export function bareAddress(text: string): string {
  return (NAMED.exec(text)?.[2] ?? text).trim();
}

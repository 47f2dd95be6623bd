// One mailbox, bare or with a name before it: no list, no group, no control character.
const BARE = /^[^\s<>()[\]\\,;:"@\p{Cc}]+@[^\s<>()[\]\\,;:"@\p{Cc}]+$/u;
const NAMED = /^([^<>\p{Cc}]*)<([^<>\s\p{Cc}]+)>$/u;

/** Whether a text is one mail address: `anna@example.com` or `Anna Example <anna@example.com>`. */
export function isMailAddress(text: string): boolean {
  return BARE.test(bareAddress(text));
}

/** The address itself, without the name before it. */
export function bareAddress(text: string): string {
  return (NAMED.exec(text)?.[2] ?? text).trim();
}

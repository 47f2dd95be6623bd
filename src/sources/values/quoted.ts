const LONGEST = 60;

/** A text in quotes for a message: on one line, at most 60 characters of it, with characters that nobody can see as codes. */
export function quoted(text: string): string {
  const characters = [...text];
  const shown = characters
    .slice(0, LONGEST)
    .map((character) => (HIDDEN.test(character) ? code(character) : character));
  return `"${shown.join('')}${characters.length > LONGEST ? '…' : ''}"`;
}

/** Control characters, invisible characters, unpaired surrogates, and spaces other than the common one. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

const SHORT_CODES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function code(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return SHORT_CODES[character] ?? `\\u{${point.toString(16)}}`;
}

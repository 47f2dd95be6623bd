import { literal } from '../../warehouse/literal.js';
import { TRIMMED } from './spellings.js';

/** True where a text is one of several. Not IN: of a longer list the engine makes a join over every row. */
export function isOneOf(text: string, texts: readonly string[]): string {
  return `list_contains([${texts.map(literal).join(', ')}], ${text})`;
}

/**
 * The SQL expression that `use` makes of a name for the value of `expression`, which is worked out once. Written out at
 * several places of a CASE, the engine would work it out at each. Keep regular expressions out of `use`: there, the engine
 * prepares them anew for every few rows.
 */
export function once(expression: string, name: string, use: (name: string) => string): string {
  return `list_transform([${expression}], lambda ${name}: ${use(name)})[1]`;
}

/** True where the whole of a text is written by the pattern, in upper or lower case. */
export function matches(text: string, pattern: string): string {
  return `regexp_full_match(${text}, ${literal(pattern)}, 'i')`;
}

/**
 * A text written by the pattern, with its groups put in place of `\1` … `\9` of `replacement`. Any other text stays as it
 * is behind a question mark, so that no cast accepts it.
 */
export function rewritten(text: string, pattern: string, replacement: string): string {
  return `regexp_replace('?' || ${text}, ${literal(`^[?]${pattern}$`)}, ${literal(replacement)}, 'i')`;
}

/** True for a text that surely has nothing to trim; comparing is many times faster than trimming. */
export function hasPlainEdges(raw: string): string {
  const last = [...TRIMMED].map((space) => `NOT suffix(${raw}, ${literal(space)})`);
  return `${raw} BETWEEN '!' AND '~' AND ${last.join(' AND ')}`;
}

/** A cell without spaces, tabs and no-break spaces around it. */
export function trimmed(raw: string): string {
  return `(CASE WHEN ${hasPlainEdges(raw)} THEN ${raw} ELSE trim(${raw}, ${literal(TRIMMED)}) END)`;
}

import type { Rules } from './rules.js';
import { NO_TEXT } from './spellings.js';
import { hasPlainEdges, isOneOf, matches } from './sql.js';

/** Spares the search in `NO_TEXT` for longer texts. */
const LONGEST_NO_TEXT = Math.max(...NO_TEXT.map((text) => text.length));

/** The rules of a text: as it stands, without spaces around it. */
export function textRules({ name }: { name: string }): Rules {
  return { quick: `${isPlainText(`${name}_raw`)}`, careful: someText };
}

/** The rules of an id: a text, of which a number's fraction of zeros is cut off, because a spreadsheet put it there. */
export function idRules({ name }: { name: string }): Rules {
  const raw = `${name}_raw`;
  const noFraction = `(${raw} > ':' OR NOT suffix(${raw}, '.0') AND NOT suffix(${raw}, '00'))`;
  return {
    quick: `${isPlainText(raw)} AND ${noFraction}`,
    careful: (text) =>
      `CASE WHEN ${matches(text, '[0-9]+[.]0+')} THEN split_part(${text}, '.', 1) ELSE ${someText(text)} END`,
  };
}

/** The rules of the payment basis: `post` or `order`, NULL for any other. */
export function basisRules(): Rules {
  const per = '(?:per[ _\u00a0-]*)?';
  return {
    careful: (text) =>
      `CASE WHEN ${matches(text, `${per}posts?`)} THEN 'post' WHEN ${matches(text, `${per}orders?`)} THEN 'order' END`,
  };
}

function isPlainText(raw: string): string {
  return `${hasPlainEdges(raw)} AND (strlen(${raw}) > ${LONGEST_NO_TEXT} OR NOT ${isOneOf(raw, NO_TEXT)})`;
}

function someText(text: string): string {
  return `CASE WHEN NOT ${isOneOf(text, NO_TEXT)} THEN ${text} END`;
}

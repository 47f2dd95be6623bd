import { familyNames } from './catalogue.js';
import { type FontFace, facesFor } from './faces.js';
import { readFontBytes } from './font-file.js';

/** The value of CSS `font-family` for everything in the report. */
export const fontStack: string = [...familyNames.map((name) => `"${name}"`), 'sans-serif'].join(', ');

/**
 * CSS that carries the fonts which a text needs inside the page, as data URIs.
 * @param text the text of the page, as one string or many
 * @param weights CSS weights in use; those of the report unless given
 * @returns the `@font-face` rules, the same for the same input, and the characters that no font has
 * @throws ReportError `font-missing` or `font-unreadable` where the installation is damaged
 */
export function fontFaceCss(
  text: string | Iterable<string>,
  weights?: readonly number[],
): { css: string; uncovered: string[] } {
  const { faces, uncovered } = facesFor(text, weights);
  return { css: faces.map(rule).join(''), uncovered };
}

const rules = new Map<string, string>();

function rule(face: FontFace): string {
  const known = rules.get(face.file) ?? newRule(face);
  rules.set(face.file, known);
  return known;
}

/** A weight range on the heaviest cut keeps the browser from thickening it by itself. */
function newRule({ family, weight, heaviest, unicodeRange, file }: FontFace): string {
  const data = readFontBytes(file).toString('base64');
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: ${heaviest ? `${weight} 1000` : weight};
  font-display: block;
  src: url(data:font/woff2;base64,${data}) format("woff2");
  unicode-range: ${unicodeRange};
}
`;
}

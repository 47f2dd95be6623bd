import { familyNames } from './catalogue.js';
import { type FontFace, facesFor } from './faces.js';
import { readFontBytes } from './font-file.js';

/** The value of CSS `font-family` for everything in the report. */
export const fontStack: string = [...familyNames.map((name) => `"${name}"`), 'sans-serif'].join(', ');

/**
 * CSS with the fonts which a text needs: inside the page, as data URIs, or by their addresses.
 * @param text the text of the page, as one string or many
 * @param weights CSS weights in use; those of the report unless given
 * @param addressOf the address at which a page finds a font file, by its path; without it, fonts are embedded
 * @returns the `@font-face` rules, the same for the same input, and the characters that no font has
 * @throws ReportError `font-missing` or `font-unreadable` where the installation is damaged
 */
export function fontFaceCss(
  text: string | Iterable<string>,
  weights?: readonly number[],
  addressOf?: (file: string) => string,
): { css: string; uncovered: string[] } {
  const { faces, uncovered } = facesFor(text, weights);
  const rules = faces.map((face) => (addressOf ? rule(face, addressOf(face.file)) : embeddedRule(face)));
  return { css: rules.join(''), uncovered };
}

const embedded = new Map<string, string>();

function embeddedRule(face: FontFace): string {
  const known =
    embedded.get(face.file) ??
    rule(face, `data:font/woff2;base64,${readFontBytes(face.file).toString('base64')}`);
  embedded.set(face.file, known);
  return known;
}

/** A weight range on the heaviest cut keeps the browser from thickening it by itself. */
function rule({ family, weight, heaviest, unicodeRange }: FontFace, address: string): string {
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: ${heaviest ? `${weight} 1000` : weight};
  font-display: block;
  src: url(${address}) format("woff2");
  unicode-range: ${unicodeRange};
}
`;
}

import { basicLatin, knownSubsets, type Subset, subsetOf } from './catalogue.js';

/** The weights that the report uses: text, labels, headings. */
export const reportWeights: readonly number[] = [400, 500, 600];

/** A font file to embed. */
export interface FontFace {
  family: string;
  weight: number;
  /** Whether the family has no heavier cut, so that this one stands for every heavier weight. */
  heaviest: boolean;
  /** Code points it declares, as in CSS. */
  unicodeRange: string;
  /** Absolute path of the WOFF2 file. */
  file: string;
}

/** A stretch of text that comes from one subset; undefined where no font has it. */
export interface TextPart {
  text: string;
  subset: Subset | undefined;
}

/**
 * A character with its marks, a flag or an emoji sequence. Intl.Segmenter would do, but takes longer to start
 * than all the rest.
 */
const CLUSTER =
  /\p{RI}\p{RI}|.(?:[\p{M}\p{Emoji_Modifier}\u200c\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic}?)*/gsu;

/**
 * The font files that a text needs: Inter's basic Latin always, anything else only for characters that no
 * family before it has. Files come in order of preference, then of weight.
 * @param text one string, or many (each is looked at by itself)
 * @param weights CSS weights in use; a family without one of them lends its next best
 * @returns the files, and the characters that no font has, once each, in order of appearance
 * @throws ReportError `font-missing` or `font-unreadable` where the installation is damaged
 */
export function facesFor(
  text: string | Iterable<string>,
  weights: readonly number[] = reportWeights,
): { faces: FontFace[]; uncovered: string[] } {
  const needed = new Set<Subset>([basicLatin()]);
  const uncovered = new Set<string>();
  for (const piece of piecesBeyondAscii(typeof text === 'string' ? [text] : text)) {
    for (const part of splitBySubset(piece)) {
      if (part.subset) needed.add(part.subset);
      else for (const character of part.text) uncovered.add(character);
    }
  }
  const faces = knownSubsets()
    .filter((subset) => needed.has(subset))
    .flatMap((subset) => facesOf(subset, weights));
  return { faces, uncovered: [...uncovered] };
}

/**
 * Splits a text into stretches that come from the same font file, as the browser does: each character as it
 * is read (with its marks, joiners and selectors) from the first font that has the whole of it.
 */
export function splitBySubset(text: string): TextPart[] {
  if (/^[ -~]*$/.test(text)) return text === '' ? [] : [{ text, subset: basicLatin() }];
  const parts: TextPart[] = [];
  const add = (piece: string, subset: Subset | undefined) => {
    const last = parts.at(-1);
    if (last && last.subset === subset) last.text += piece;
    else parts.push({ text: piece, subset });
  };
  for (const [cluster] of text.matchAll(CLUSTER)) {
    const whole = subsetOf(cluster);
    if (whole) add(cluster, whole);
    else for (const character of cluster) add(character, subsetOf(character));
  }
  return parts;
}

/** The weight of the cut that CSS font matching takes where `weight` is asked for. */
export function nearestWeight({ weights }: Subset, weight: number): number {
  const [lightest = weight] = weights;
  const lighter = weights.findLast((candidate) => candidate <= weight);
  const heavier = weights.find((candidate) => candidate >= weight);
  return (weight <= 500 ? (lighter ?? heavier) : (heavier ?? lighter)) ?? lightest;
}

function facesOf(subset: Subset, weights: readonly number[]): FontFace[] {
  const cuts = new Set(weights.map((weight) => nearestWeight(subset, weight)));
  return [...cuts]
    .sort((a, b) => a - b)
    .map((weight) => ({
      family: subset.family,
      weight,
      heaviest: weight === subset.weights.at(-1),
      unicodeRange: subset.unicodeRange,
      file: subset.file(weight, 'woff2'),
    }));
}

/** The different pieces of text that basic Latin may not cover, each with the character that it may mark. */
function piecesBeyondAscii(texts: Iterable<string>): Set<string> {
  const pieces = new Set<string>();
  for (const text of texts) {
    for (const piece of text.match(/.?\P{ASCII}+/gsu) ?? []) pieces.add(piece);
  }
  return pieces;
}

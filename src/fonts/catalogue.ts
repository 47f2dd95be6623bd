import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EXIT, ReportError } from '../errors.js';
import { openFont } from './font-file.js';

/** A part of a family: the files, one a weight, that hold its glyphs for some ranges of code points. */
export interface Subset {
  family: string;
  /** Weights that exist, ascending. */
  weights: readonly number[];
  /** As in CSS: `U+0000-00FF,U+0131`. */
  unicodeRange: string;
  /** The same ranges as numbers, both ends included. */
  ranges: readonly (readonly [first: number, last: number])[];
  /** Absolute path of a file; WOFF2 is what pages embed, WOFF what is measured. */
  file(weight: number, format: 'woff' | 'woff2'): string;
}

interface Family {
  name: string;
  package: string;
  weights: readonly number[];
}

const INTER: Family = { name: 'Inter', package: 'inter', weights: [400, 500, 600] };
const FAMILIES: Family[] = [
  INTER,
  { name: 'Noto Sans Devanagari', package: 'noto-sans-devanagari', weights: [400, 600] },
  { name: 'Noto Sans Arabic', package: 'noto-sans-arabic', weights: [400, 600] },
  { name: 'Noto Emoji', package: 'noto-emoji', weights: [400] },
  { name: 'Noto Sans SC', package: 'noto-sans-sc', weights: [400, 600] },
];
const BASIC_LATIN = 'latin';

/** Family names in order of preference. */
export const familyNames: readonly string[] = FAMILIES.map((family) => family.name);

const require = createRequire(import.meta.url);
const subsetsOfFamily = new Map<Family, ReadonlyMap<string, Subset>>();
const subsetOfCluster = new Map<string, Subset | undefined>();

/** Inter's Latin letters, digits and common punctuation: the file that every report needs. */
export function basicLatin(): Subset {
  const subset = subsets(INTER).get(BASIC_LATIN);
  if (!subset) throw new Error(`@fontsource/${INTER.package} has no subset "${BASIC_LATIN}"`);
  return subset;
}

/** Every subset that has been looked into so far, in the order in which a page declares them. */
export function knownSubsets(): Subset[] {
  return FAMILIES.flatMap((family) => [...(subsetsOfFamily.get(family)?.values() ?? [])]);
}

/**
 * The first subset, by order of families, that has every visible code point of a character as it is read
 * (a letter with its marks, an emoji sequence); undefined where none has. Within a family the later subset
 * wins, as in CSS. Families are read only when those before them do not suffice.
 */
export function subsetOf(cluster: string): Subset | undefined {
  if (!subsetOfCluster.has(cluster)) subsetOfCluster.set(cluster, findSubset(visibleCodePoints(cluster)));
  return subsetOfCluster.get(cluster);
}

function findSubset(codePoints: number[]): Subset | undefined {
  if (codePoints.length === 0) return basicLatin();
  for (const family of FAMILIES) {
    const found = [...subsets(family).values()].findLast((subset) => hasAll(subset, codePoints));
    if (found) return found;
  }
  return undefined;
}

function visibleCodePoints(text: string): number[] {
  return Array.from(text)
    .filter((character) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character))
    .map((character) => character.codePointAt(0) ?? 0);
}

/** The declared ranges claim more than the files hold, so both are asked. */
function hasAll(subset: Subset, codePoints: number[]): boolean {
  const declared = codePoints.every((codePoint) =>
    subset.ranges.some(([first, last]) => first <= codePoint && codePoint <= last),
  );
  if (!declared) return false;
  const font = openFont(subset.file(subset.weights[0] ?? 400, 'woff'));
  return codePoints.every((codePoint) => font.has(codePoint));
}

function subsets(family: Family): ReadonlyMap<string, Subset> {
  const known = subsetsOfFamily.get(family);
  if (known) return known;
  const manifest = locate(family);
  const folder = path.join(path.dirname(manifest), 'files');
  const declared: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  const read = new Map<string, Subset>();
  for (const [key, unicodeRange] of Object.entries(declared as Record<string, string>)) {
    if (family !== INTER && subsets(INTER).has(key)) continue;
    const name = key.replace(/^\[(\d+)\]$/, '$1');
    read.set(name, {
      family: family.name,
      weights: family.weights,
      unicodeRange,
      ranges: parseRanges(unicodeRange),
      file: (weight, format) => path.join(folder, `${family.package}-${name}-${weight}-normal.${format}`),
    });
  }
  subsetsOfFamily.set(family, read);
  return read;
}

function locate(family: Family): string {
  try {
    return require.resolve(`@fontsource/${family.package}/unicode.json`);
  } catch (cause) {
    throw new ReportError(`The font package @fontsource/${family.package} is not installed`, {
      code: 'font-missing',
      exitCode: EXIT.rendering,
      hint: 'Install the packages again with "npm ci".',
      cause,
    });
  }
}

function parseRanges(unicodeRange: string): [number, number][] {
  return unicodeRange.split(',').map((range) => {
    const [first = '', last = first] = range.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

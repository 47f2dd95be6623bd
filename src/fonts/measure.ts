import { nearestWeight, splitBySubset } from './faces.js';
import { openFont } from './font-file.js';

/** Width in px of one line of text at a font size in px and a CSS weight (400 unless given). */
export type Measure = (text: string, size: number, weight?: number) => number;

/**
 * A measure of text in the report's own fonts, with kerning, ligatures and tabular figures, as a browser lays
 * it out. It remembers what it has measured; a font is read when a text first needs it. A character that no
 * font has counts as one em.
 * @returns the measure; it throws ReportError `font-missing` or `font-unreadable` where the installation is
 * damaged
 */
export function createMeasure(): Measure {
  const ems = new Map<string, number>();
  return (text, size, weight = 400) => {
    const key = `${weight} ${text}`;
    const width = ems.get(key) ?? measureEms(text, weight);
    ems.set(key, width);
    return width * size;
  };
}

function measureEms(text: string, weight: number): number {
  return splitBySubset(text.normalize('NFC')).reduce((width, part) => {
    if (!part.subset) return width + Array.from(part.text).length;
    const file = part.subset.file(nearestWeight(part.subset, weight), 'woff');
    return width + openFont(file).width(part.text);
  }, 0);
}

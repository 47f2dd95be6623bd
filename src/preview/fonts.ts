import path from 'node:path';
import { knownSubsets } from '../fonts/catalogue.js';
import { readFontBytes } from '../fonts/font-file.js';

const FOLDER = '/fonts/';

/** The address at which this server hands out a font file of the report. */
export function fontAddress(file: string): string {
  return FOLDER + path.basename(file);
}

/** The bytes of a font that a report has used, by its name; null for any other name. */
export function fontNamed(name: string): Buffer | null {
  for (const subset of knownSubsets()) {
    const file = subset.weights
      .map((weight) => subset.file(weight, 'woff2'))
      .find((each) => path.basename(each) === name);
    if (file !== undefined) return readFontBytes(file);
  }
  return null;
}

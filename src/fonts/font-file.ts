import { readFileSync } from 'node:fs';
import * as harfbuzz from 'harfbuzzjs';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { unwrapWoff } from './woff.js';

/** What measuring needs of a font. */
export interface Font {
  has(codePoint: number): boolean;
  /** Width in em of a text that this font covers, shaped as a browser does, with tabular figures. */
  width(text: string): number;
}

const opened = new Map<string, Font>();

/**
 * Reads a WOFF 1 file, once in a process.
 * @throws ReportError `font-unreadable` where the file is missing or damaged
 */
export function openFont(file: string): Font {
  const font = opened.get(file) ?? explained(file, () => readFont(unwrapWoff(readFileSync(file))));
  opened.set(file, font);
  return font;
}

/**
 * The bytes of a font file.
 * @throws ReportError `font-unreadable` where the file is missing
 */
export function readFontBytes(file: string): Buffer {
  return explained(file, () => readFileSync(file));
}

function readFont(sfnt: Buffer): Font {
  const face = new harfbuzz.Face(new harfbuzz.Blob(sfnt));
  const font = new harfbuzz.Font(face);
  const features = [new harfbuzz.Feature('tnum', 1)];
  const covered = new Set(face.collectUnicodes());
  const buffer = new harfbuzz.Buffer();
  return {
    has: (codePoint) => covered.has(codePoint),
    width: (text) => {
      buffer.reset();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      harfbuzz.shape(font, buffer, features);
      return buffer.getGlyphPositions().reduce((width, { xAdvance }) => width + xAdvance, 0) / face.upem;
    },
  };
}

function explained<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new ReportError(`The font file ${file} cannot be read: ${messageOf(cause)}`, {
      code: 'font-unreadable',
      exitCode: EXIT.rendering,
      hint: 'Install the packages again with "npm ci".',
      cause,
    });
  }
}

import { fontStack } from '../fonts/embed.js';
import { createFormat } from '../format/format.js';
import type { Report } from '../report/schema.js';

export interface Page {
  paper: 'A4' | 'Letter';
  orientation: 'portrait' | 'landscape';
}

/** The rules that depend on the report: the size of the paper and the running header and footer. */
export function pageCss({ meta }: Report, { paper, orientation }: Page): string {
  return `@page {
  size: ${paper} ${orientation};
  @top-left { content: ${cssString(meta.brand)}; font: 600 10px ${fontStack}; color: #1b2330; }
  @top-right { content: ${cssString(`${meta.title} · ${meta.period.label}`)}; font: 400 10px ${fontStack}; color: #5c6675; }
  @bottom-left { content: ${cssString(`As of ${createFormat(meta.locale, meta.currency).date(meta.asOf)} · definitions and data quality: appendix`)}; font: 400 10px ${fontStack}; color: #5c6675; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 400 10px ${fontStack}; color: #5c6675; }
}`;
}

/** A text as a CSS string that can leave neither the string nor the style element. */
function cssString(text: string): string {
  return `"${text.replace(/[\\"<>&\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`;
}

import { messageOf } from '../errors.js';
import { createFormat } from '../format/format.js';
import { compactFigure } from '../render/template-engine.js';
import { headlineKpis } from '../report/overview.js';
import type { Report } from '../report/schema.js';
import type { GateFailure } from './gates.js';

const FEWEST_CHARACTERS = 200;

/**
 * Reads a printed PDF as a recipient's program would: it has pages and text, and the text holds the key figures of its report.
 *
 * @param name - of the slice, for the reason
 */
export async function pdfGate(pdf: Uint8Array, report: Report, name: string): Promise<GateFailure[]> {
  const failure = (reason: string): GateFailure[] => [
    { gate: 'pdf', reason: `The PDF of the slice "${name}" ${reason}.` },
  ];
  try {
    const { pages, text } = await read(pdf);
    if (pages === 0) return failure('has no pages');
    if (text.length < FEWEST_CHARACTERS) return failure('has hardly any text');
    const found = figuresIn(text);
    const missing = keyFigures(report).filter((figure) => !found.includes(figuresIn(figure)));
    return missing.length === 0 ? [] : failure(`does not hold ${missing.join(', ')}`);
  } catch (error) {
    return failure(`cannot be read (${messageOf(error)})`);
  }
}

async function read(pdf: Uint8Array): Promise<{ pages: number; text: string }> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  // What reads it takes the memory away from whoever gives it.
  const document = await getDocumentProxy(Uint8Array.from(pdf));
  try {
    const { totalPages, text } = await extractText(document, { mergePages: true });
    return { pages: totalPages, text: text.replace(/\s+/g, '') };
  } finally {
    await document.destroy();
  }
}

function keyFigures(report: Report): string[] {
  const format = createFormat(report.meta.locale, report.meta.currency);
  return headlineKpis(report)
    .filter(({ id, value }) => value !== null && (id === 'revenue' || id === 'payout' || id === 'roas'))
    .map(({ value, unit }) => compactFigure(value, unit, format));
}

/** Signs and letters are drawn in ways that do not always read back; digits are. */
function figuresIn(text: string): string {
  return text.replace(/[^0-9.,]/g, '');
}

import { parseDocument, visit } from 'yaml';
import { EXIT, messageOf, ReportError } from '../errors.js';

/** A comma before a closing bracket, and a comment: what people write into JSON, and YAML may accept. */
const NOT_IN_JSON = /,(?=\s*[}\]])|^\s*\/[/*]|^\s*#/m;

/** What JSON writes without quotes. */
const JSON_WORD = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null)$/;

/**
 * Reads the text of a JSON file that holds an object.
 *
 * @param file - as messages name it
 * @throws ReportError `section-invalid` (exit code 2) that names file and line
 */
export function parseJson(text: string, file: string, hint: string): Record<string, unknown> {
  const invalid = (message: string) =>
    new ReportError(message, { code: 'section-invalid', exitCode: EXIT.usage, hint });
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalid(`${file}, line ${lineOfFault(text)}: it is not JSON (${messageOf(error)}).`);
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
  throw invalid(`${file}, line 1: it has to hold an object in { }.`);
}

/** JSON.parse does not tell the line; YAML, which holds JSON and more, does. */
function lineOfFault(text: string): number {
  const document = parseDocument(text);
  const found = NOT_IN_JSON.exec(text);
  const offsets = [...document.errors.map(({ pos }) => pos[0]), ...(found ? [found.index] : [])];
  visit(document, {
    Scalar(_, { type, source = '', range }) {
      if (type !== 'QUOTE_DOUBLE' && !JSON_WORD.test(source) && range) offsets.push(range[0]);
    },
  });
  return text.slice(0, offsets.length > 0 ? Math.min(...offsets) : text.length).split('\n').length;
}

import { stringify } from 'yaml';

/** A value as it is written in YAML, on one line. */
export function yamlValue(value: string): string {
  const isPlain = /^[\p{L}\p{N}_]([\p{L}\p{N}_ ./()*-]*[\p{L}\p{N}_)])?$/u.test(value);
  const defaultStringType = isPlain ? 'PLAIN' : 'QUOTE_DOUBLE';
  return stringify(value, {
    lineWidth: 0,
    defaultStringType,
    doubleQuotedMinMultiLineLength: Infinity,
  }).replace(/\n$/, '');
}

/** Text as a comment: on one line, without control characters. */
export function comment(text: string): string {
  return `# ${text.replace(/[\s\p{Cc}]+/gu, ' ').trim()}`;
}

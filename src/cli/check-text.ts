import { type CheckOutcome, fails } from '../pipeline/check-data.js';
import type { Check } from '../report/schema.js';

const COLORS: Partial<Record<Check['severity'], string>> = { error: '31', warning: '33', info: '36' };
const SEVERITY_WIDTH = 'warning'.length;

/**
 * The outcome of `roi-report check` for a person: a line a check that found something, with examples and fix under it, the
 * quarantined rows, and the verdict.
 *
 * @param explain - whether to begin with how the files were understood
 * @param colored - whether severities are painted for a terminal
 */
export function checkText(
  outcome: CheckOutcome,
  { explain, colored }: { explain: boolean; colored: boolean },
): string {
  const found = outcome.checks.filter(({ severity }) => severity !== 'ok' && severity !== 'off');
  const widths = {
    id: Math.max(0, ...found.map(({ id }) => id.length)),
    count: Math.max(0, ...found.map(({ count }) => grouped(count).length)),
  };
  const indent = ' '.repeat(SEVERITY_WIDTH + widths.id + widths.count + 6);
  const paint = (severity: Check['severity']) => {
    const color = colored ? COLORS[severity] : undefined;
    const word = severity.padEnd(SEVERITY_WIDTH);
    return color === undefined ? word : `\u001B[${color}m${word}\u001B[0m`;
  };
  const blocks = [
    explain ? outcome.explain.map(printable) : [],
    found.flatMap(({ severity, id, count, text, examples, fix }) => [
      `${paint(severity)}  ${id.padEnd(widths.id)}  ${grouped(count).padStart(widths.count)}  ${printable(text)}`,
      ...examples.map((example) => `${indent}${printable(example)}`),
      ...(fix === undefined ? [] : [`${indent}Fix: ${fix}`]),
    ]),
    restOf(outcome.checks),
    outcome.quarantineLines.map(printable),
    verdictOf(outcome).map(printable),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Other people's text without what would move the cursor or colour the terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, '\uFFFD');
}

function restOf(checks: readonly Check[]): string[] {
  const named = (severity: Check['severity']) =>
    checks.filter((check) => check.severity === severity).map(({ id }) => id);
  const [ok, off] = [named('ok'), named('off')];
  return [
    ...(ok.length === 0 ? [] : [`Nothing found by ${ok.join(', ')}.`]),
    ...(off.length === 0 ? [] : [`Off: ${off.join(', ')}.`]),
  ];
}

function verdictOf({ ok, error, checks, failOn }: CheckOutcome): string[] {
  if (error) return [`FAILED: ${error.message}`, ...(error.fix === null ? [] : [error.fix])];
  const count = (severity: Check['severity']) => checks.filter((check) => check.severity === severity).length;
  const counts = `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${count('info')} to know`;
  if (ok) return [`Passed: ${counts}.`];
  const failing = checks.filter((check) => fails(check, failOn)).map(({ id }) => id);
  return [`FAILED by ${failing.join(', ')}: ${counts}.`];
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

import { EXIT, ReportError } from '../errors.js';

export type Operator = '<' | '<=' | '>' | '>=';

/** What makes a run fail: a figure beyond a limit. */
export interface FigureGate {
  kind: 'figure';
  /** As it was written, without spaces. */
  text: string;
  /** Name of the figure, in small letters. */
  name: string;
  operator: Operator;
  limit: number;
  /** Whether the limit was written as a percentage. */
  isPercentage: boolean;
}

/** What makes a run fail: a check of the data that found something of this severity or a worse one. */
export interface QualityGate {
  kind: 'quality';
  text: string;
  severity: 'warning' | 'error';
}

export type Gate = FigureGate | QualityGate;

const QUALITY = /^quality=(warning|error)$/;
const FIGURE = /^([a-z0-9_][a-z0-9_.-]*)(<=|>=|<|>)([+-]?(?:\d+(?:\.\d+)?|\.\d+))(%?)$/;

/**
 * Reads a gate such as `roas<0.8`, `revenue.change<-20%` or `quality=warning`. Spaces and capitals do not matter.
 *
 * @throws ReportError `gate-malformed` (exit code 2)
 */
export function parseGate(written: string): Gate {
  const text = written.replace(/\s/g, '').replaceAll('−', '-').toLowerCase();
  const [, severity] = QUALITY.exec(text) ?? [];
  if (severity === 'warning' || severity === 'error') return { kind: 'quality', text, severity };
  const [, name, operator, digits, percent] = FIGURE.exec(text) ?? [];
  if (name === undefined || !isOperator(operator)) throw malformed(written);
  const isPercentage = percent === '%';
  return {
    kind: 'figure',
    text,
    name,
    operator,
    limit: Number(`${digits}e${isPercentage ? -2 : 0}`),
    isPercentage,
  };
}

function isOperator(text: string | undefined): text is Operator {
  return text === '<' || text === '<=' || text === '>' || text === '>=';
}

function malformed(written: string): ReportError {
  return new ReportError(`"${written}" is not a gate.`, {
    code: 'gate-malformed',
    exitCode: EXIT.usage,
    hint: 'Write a figure, one of < <= > >= and a number, such as "roas<0.8" or "revenue.change<-20%", or quality=warning; in quotes, because shells have a use of their own for < and >.',
  });
}

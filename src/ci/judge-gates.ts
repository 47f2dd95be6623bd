import { EXIT, ReportError } from '../errors.js';
import { createFormat, type Format, type Unit } from '../format/format.js';
import { holdsNothing } from '../report/overview.js';
import type { Report } from '../report/schema.js';
import { type GateColumn, type GateFigure, gateColumns, gateFigures } from './gate-figures.js';
import type { FigureGate, Gate, Operator, QualityGate } from './gates.js';

/** How a gate was judged. */
export interface GateResult {
  /** As it was written. */
  gate: string;
  ok: boolean;
  /** The figure, or of a table the number of rows beyond the limit, or the number of checks that found something; null: n/a. */
  value: number | null;
  /** A sentence with the figure and the limit as the report writes them. */
  text: string;
}

const NAMED = 3;
const BEYOND: Record<
  Operator,
  { holds: (value: number, limit: number) => boolean; yes: string; no: string }
> = {
  '<': { holds: (value, limit) => value < limit, yes: 'below', no: 'not below' },
  '<=': { holds: (value, limit) => value <= limit, yes: 'not above', no: 'above' },
  '>': { holds: (value, limit) => value > limit, yes: 'above', no: 'not above' },
  '>=': { holds: (value, limit) => value >= limit, yes: 'not below', no: 'below' },
};

/**
 * Judges the gates of a run, in their order. A figure that is n/a cannot be judged, so that its gate fails; of a table, rows without the
 * figure count only where none has it.
 *
 * @throws ReportError `gate-unknown` or `gate-unit` (exit code 2) for a figure that the report does not have, or has in another unit
 */
export function judgeGates(gates: readonly Gate[], report: Report): GateResult[] {
  const format = createFormat(report.meta.locale, report.meta.currency);
  const figures = gateFigures(report);
  return gates.map((gate) => {
    if (gate.kind === 'quality') return judgeQuality(gate, report);
    const figure = figures.get(gate.name);
    if (figure !== undefined) return judgeFigure(gate, figure, format);
    const columns = gateColumns(report, gate.name);
    if (columns.length > 0 && holdsNothing(report)) return unjudged(gate, 'Nothing matches the filters');
    if (columns.length > 0) return judgeColumns(gate, columns, format);
    if (report.status === 'degraded') return unjudged(gate, 'A section could not be computed');
    throw unknown(gate, [...figures.keys()], report);
  });
}

function judgeQuality({ text, severity }: QualityGate, { quality }: Report): GateResult {
  const failing = severity === 'error' ? ['error'] : ['error', 'warning'];
  const found = quality.checks.filter((check) => failing.includes(check.severity));
  const words = found.map(({ title, text: what }) => `${title}: ${what}`).join(' ');
  return {
    gate: text,
    ok: found.length === 0,
    value: found.length,
    text:
      found.length === 0
        ? `No check of the data found ${severity === 'error' ? 'an error' : 'a warning or an error'}.`
        : `The checks of the data found ${found.length === 1 ? 'something' : `${found.length} things`}. ${words}`,
  };
}

function judgeFigure(
  gate: FigureGate,
  { label, value, unit, missing }: GateFigure,
  format: Format,
): GateResult {
  assertUnit(gate, label, unit);
  if (value === null) return unjudged(gate, missing ?? `${label} is n/a`);
  const { holds, yes, no } = BEYOND[gate.operator];
  const ok = !holds(value, gate.limit);
  const [figure, limit] = written(value, gate.limit, unit, format);
  return { gate: gate.text, ok, value, text: `${label} is ${figure}, ${ok ? no : yes} ${limit}.` };
}

function judgeColumns(gate: FigureGate, columns: readonly GateColumn[], format: Format): GateResult {
  const [{ table, label, unit } = { table: '', label: '', unit: 'number' as const }] = columns;
  for (const column of columns) assertUnit(gate, column.label, column.unit);
  const rows = columns.flatMap((column) => column.rows);
  const figures = rows.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  if (rows.length > 0 && figures.length === 0) return unjudged(gate, `${label} of “${table}” is n/a`);
  const { holds, yes } = BEYOND[gate.operator];
  const beyond = figures.filter(({ value }) => holds(value, gate.limit));
  const [, limit] = written(gate.limit, gate.limit, unit, format);
  const named = beyond
    .slice(0, NAMED)
    .map(({ name, value }) => `${name} (${written(value, gate.limit, unit, format)[0]})`);
  const more = beyond.length > NAMED ? [`${beyond.length - NAMED} more`] : [];
  return {
    gate: gate.text,
    ok: beyond.length === 0,
    value: beyond.length,
    text:
      beyond.length === 0
        ? `${label} of “${table}” is ${yes} ${limit} in no row.`
        : `${label} of “${table}” is ${yes} ${limit} in ${format.plural(beyond.length, 'row')}: ${[...named, ...more].join(', ')}.`,
  };
}

function unjudged({ text }: FigureGate, reason: string): GateResult {
  return { gate: text, ok: false, value: null, text: `${reason}, so it cannot be judged.` };
}

/** A figure and its limit as the report writes them, the figure with all its digits where the two would look the same. */
function written(value: number, limit: number, unit: Unit, format: Format): [value: string, limit: string] {
  const write = (number: number) => {
    if (unit === 'money') return format.money(number);
    return unit === 'price' ? format.price(number) : format.value(number, unit);
  };
  const [figure, boundary] = [write(value), write(limit)];
  return [value !== limit && figure === boundary ? `${figure} (${value})` : figure, boundary];
}

function assertUnit({ text, isPercentage, limit }: FigureGate, label: string, unit: Unit): void {
  if (!isPercentage || unit === 'share') return;
  throw new ReportError(`The gate ${text} has a percentage, and ${label} is none.`, {
    code: 'gate-unit',
    exitCode: EXIT.usage,
    hint: `Write the limit as a number, such as ${limit}.`,
  });
}

function unknown({ text, name }: FigureGate, names: readonly string[], { sections }: Report): ReportError {
  const tables = new Set(sections.flatMap((section) => section.tables.map(({ id }) => id)));
  return new ReportError(`The gate ${text} names ${name}, which is no figure of the report.`, {
    code: 'gate-unknown',
    exitCode: EXIT.usage,
    hint: `There are: ${names.join(', ')}; and <table>.<column>, such as campaigns.roas, of the tables ${[...tables].join(', ')}.`,
  });
}

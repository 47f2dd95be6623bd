import type { TableLabel } from '../settings.js';
import type { ValueStyle } from '../source-file.js';
import type { Column } from '../tables.js';
import { dateComplaint } from './date-complaint.js';
import type { Complaint } from './faulty-cell.js';
import { numberComplaint } from './number-complaint.js';
import { quoted } from './quoted.js';
import { NO_TEXT, NO_VALUE, TRIMMED } from './spellings.js';

/**
 * The words for a cell that the rules of `typedColumn` find at fault, for the same column, style and decimals of the
 * currency. `label` is that of the table, for the names of settings.
 */
export function complaint(
  value: string,
  column: Column,
  style: ValueStyle,
  currencyDigits: number,
  label: TableLabel,
): Complaint {
  const text = withoutEdges(value);
  if (text === '') return { reason: 'the cell is blank', fix: 'Fill in the cell.' };
  if (NO_TEXT.includes(text) || NO_VALUE.includes(text.toLowerCase()))
    return { reason: `${quoted(text)} is no value`, fix: 'Fill in the cell.' };
  const cell = { text, column, style, currencyDigits, label };
  return column.type === 'date' ? dateComplaint(cell) : numberComplaint(cell);
}

function withoutEdges(value: string): string {
  const edges = `[${TRIMMED}]+`;
  return value.replace(new RegExp(`^${edges}|${edges}$`, 'g'), '');
}

import type { TableLabel } from '../settings.js';
import type { ValueStyle } from '../source-file.js';
import type { Column } from '../tables.js';

/** A cell that the rules of `typedColumn` find at fault, with all that decides about it. */
export interface FaultyCell {
  /** The cell, trimmed. */
  text: string;
  column: Column;
  style: ValueStyle;
  currencyDigits: number;
  /** Of the table, for the names of settings. */
  label: TableLabel;
}

/** What is wrong with a cell: a clause without a full stop; and what to do about it: a sentence with one. */
export interface Complaint {
  reason: string;
  fix: string;
}

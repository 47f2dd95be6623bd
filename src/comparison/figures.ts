import type { Report, Row } from '../report/schema.js';

/** What two editions are compared by. */
export type Edition = Pick<Report, 'meta' | 'sections'>;

/** The rows of a table of a report; null where it has none, such as where its section failed. */
export function rowsOf({ sections }: Edition, sectionId: string, tableId: string): readonly Row[] | null {
  const section = sections.find(({ id }) => id === sectionId);
  return section?.tables.find(({ id }) => id === tableId)?.rows ?? null;
}

/** A figure of a row; null where the row does not have it as a number. */
export function figureOf(row: Row, key: string): number | null {
  const value = row[key];
  return typeof value === 'number' ? value : null;
}

/** A text of a row; empty where the row does not have it. */
export function textOf(row: Row, key: string): string {
  const value = row[key];
  return value === null || value === undefined ? '' : String(value);
}

/** The difference of two figures; null where one of them is. */
export function difference(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : now - before;
}

/**
 * The difference of two amounts of money, and of sums of such differences, without the noise of binary fractions.
 *
 * @param digits - decimals of the currency
 */
export function exactly(amount: number, digits: number): number {
  const unit = 10 ** digits;
  return Math.round(amount * unit) / unit + 0;
}

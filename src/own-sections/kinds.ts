import { sectionFailed } from './failure.js';

/** What a column of a query holds, as far as a report cares. */
export type Kind = 'whole' | 'number' | 'date' | 'text';

const KINDS: readonly (readonly [types: RegExp, kind: Kind])[] = [
  [/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/, 'whole'],
  [/^(DOUBLE|FLOAT|DECIMAL\(.*\))$/, 'number'],
  [/^DATE$/, 'date'],
  [/^(VARCHAR|BOOLEAN|ENUM\(.*\)|"NULL")$/, 'text'],
];

/**
 * The kind of a column by its type in SQL.
 *
 * @param file - as messages name it
 * @throws ReportError `section-failed` for a type that a report cannot hold
 */
export function kindOf(file: string, column: string, type: string): Kind {
  // JavaScript would take it for the kind of the row.
  if (column === '__proto__')
    throw sectionFailed(`${file}: a column may not be called "${column}"`, 'Give it another name with AS.');
  const kind = KINDS.find(([types]) => types.test(type))?.[1];
  if (kind !== undefined) return kind;
  throw sectionFailed(
    `${file}: the column "${column}" is a ${type}`,
    'Cast it to DATE, VARCHAR or a number.',
  );
}

import type { OwnSection, SectionFile } from '../config/own-sections.js';
import type { Format, Unit } from '../format/format.js';
import { glossary, type Metric } from '../model/glossary.js';
import type { Row, Table } from '../report/schema.js';
import { capitalised } from '../sections/section.js';
import type { Scalar } from '../warehouse/warehouse.js';
import { sectionFailed } from './failure.js';
import type { Kind } from './kinds.js';
import type { QueryResult } from './run-query.js';

type Column = Table['columns'][number];
const UNITS: Record<Kind, Unit> = { whole: 'count', number: 'number', date: 'date', text: 'text' };
const METRICS: Readonly<Record<string, Metric>> = glossary;

/**
 * What a query gave, as a table of the report. A column is written as section.yaml says; else as the metric of its name is; else by
 * its type.
 *
 * @throws ReportError `section-failed` for a column of a type or unit that a report cannot hold
 */
export function tableOf(section: OwnSection, file: SectionFile, result: QueryResult, format: Format): Table {
  const { columns, rows, isCut } = result;
  return {
    id: file.id,
    title: titleOf(file),
    columns: columns.map((column) => columnOf(section, file, column)),
    rows: rows.map(
      (row): Row => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])),
    ),
    ...(isCut
      ? { note: `The query gives more rows; these are the first ${format.value(rows.length, 'count')}.` }
      : {}),
  };
}

/** "name-of_thing" as words: "Name of thing". */
export function inPlainWords(id: string): string {
  return capitalised(id.replaceAll(/[-_]+/g, ' ').trim());
}

/** The comment on the first line, where there is one; else the name of the file. */
function titleOf({ id, text }: SectionFile): string {
  const [, title] = /^\s*--[ \t]*(\S[^\n]*)/.exec(text) ?? [];
  return title === undefined ? inPlainWords(id) : capitalised(title.trim());
}

function columnOf(
  section: OwnSection,
  file: SectionFile,
  { key, type, kind }: QueryResult['columns'][number],
): Column {
  const isNumber = kind === 'whole' || kind === 'number';
  const metric = isNumber && Object.hasOwn(METRICS, key) ? METRICS[key] : undefined;
  const words = Object.hasOwn(section.columns, key) ? section.columns[key] : undefined;
  const unit = words?.unit ?? metric?.unit ?? UNITS[kind];
  const fits = unit === 'text' || (unit === 'date' ? kind === 'date' : isNumber);
  if (!fits) {
    throw sectionFailed(
      `${section.placeOf(['columns', key, 'unit'])}: the unit of "${key}" is ${unit}, but ${file.name} gives it as ${type}`,
      unit === 'date' ? 'Cast it to DATE.' : 'Cast it to a number, or give it the unit text.',
    );
  }
  return { key, label: words?.label ?? metric?.label ?? inPlainWords(key), unit };
}

/** A value as a report holds it; what is no number, such as one divided by zero, is undefined. */
function plain(value: Scalar): Row[string] {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

import type { OwnSection } from '../config/own-sections.js';
import type { Format } from '../format/format.js';
import type { Table } from '../report/schema.js';
import { sectionFailed } from './failure.js';

/**
 * The message over a section: its headline, in which `{column}` stands for the value in the first row of the first table that has such
 * a column. Without a headline, or where that table has no rows, the title.
 *
 * @throws ReportError `section-failed` for a column that no table has
 */
export function headlineOf(section: OwnSection, tables: readonly Table[], format: Format): string {
  if (section.headline === null) return section.title;
  let lacksRows = false;
  const written = section.headline.replaceAll(/\{([^{}]+)\}/g, (_, key: string) => {
    const table = tables.find(({ columns }) => columns.some((column) => column.key === key));
    if (!table) throw sectionFailed(`${section.placeOf(['headline'])}: no SQL file gives a column "${key}"`);
    const unit = table.columns.find((column) => column.key === key)?.unit ?? 'text';
    const value = table.rows[0]?.[key];
    if (value === undefined) lacksRows = true;
    if (typeof value !== 'number') return format.value(value ?? null, unit);
    if (unit === 'price') return format.price(value);
    return unit === 'money' ? format.compact(value) : format.value(value, unit);
  });
  return lacksRows ? section.title : written;
}

import { tryChart } from '../charts/render-svg.js';
import { COLUMN } from '../charts/theme.js';
import type { OwnSection } from '../config/own-sections.js';
import { messageOf } from '../errors.js';
import type { Chart, Table } from '../report/schema.js';
import { sectionFailed } from './failure.js';
import { inPlainWords } from './table.js';
import { inUtc } from './utc.js';

type Spec = Record<string, unknown>;

/**
 * A Vega-Lite specification with the rows of the section's tables, as a chart of the report: `"data": {"name": "<table>"}` gets them, and
 * where nothing is said, those of the only table.
 *
 * @throws ReportError `section-failed` that names the file, for data that are not the section's and for what Vega-Lite refuses
 */
export async function chartOf(
  section: OwnSection,
  file: OwnSection['charts'][number],
  tables: readonly Table[],
): Promise<Chart> {
  const { title, description, datasets, usermeta, ...rest } = file.spec;
  const [only, ...more] = tables;
  const spec: Spec = {
    ...('data' in rest || !only || more.length > 0 ? {} : { data: { name: only.id } }),
    ...(isObject(rest.encoding) && !('width' in rest) ? { width: COLUMN } : {}),
    ...rest,
  };
  const own = isObject(datasets) ? datasets : {};
  const named = namesOfData(spec, file.name).filter((name) => !(name in own));
  const given = named.map((name) => {
    const table = tables.find(({ id }) => id === name);
    if (table) return [name, table.rows] as const;
    throw sectionFailed(
      `${file.name}: no SQL file of the section gives "${name}"`,
      `There are: ${tables.map(({ id }) => id).join(', ')}.`,
    );
  });
  const words = textOf(title) ?? inPlainWords(file.id);
  const chart: Chart = {
    id: `${section.id}-${file.id}`,
    title: words,
    alt: textOf(description) ?? words,
    spec: {
      ...(inUtc(spec) as Spec),
      datasets: { ...own, ...Object.fromEntries(given) },
      usermeta: { ...(isObject(usermeta) ? usermeta : {}), file: file.name },
    },
  };
  try {
    await tryChart(chart);
  } catch (error) {
    throw sectionFailed(`${file.name}: Vega-Lite cannot draw it: ${messageOf(error)}`, undefined, error);
  }
  return chart;
}

/** The names of the data that a specification asks for, wherever in it; not of those that it brings. */
function namesOfData(node: unknown, file: string): string[] {
  if (Array.isArray(node)) return node.flatMap((part) => namesOfData(part, file));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== 'data' || !isObject(value)) return namesOfData(value, file);
    if ('url' in value) {
      throw sectionFailed(
        `${file}: a chart may not load "${String(value.url)}"`,
        'Its data come from the SQL files of the section.',
      );
    }
    return typeof value.name === 'string' && !('values' in value) ? [value.name] : [];
  });
}

/** A title or description, which Vega-Lite also takes as lines or as an object. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(String).join(' ');
  if (isObject(value)) return textOf(value.text);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function isObject(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

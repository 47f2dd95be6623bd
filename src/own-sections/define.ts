import type { OwnSection } from '../config/own-sections.js';
import type { Effects } from '../effects.js';
import { messageOf } from '../errors.js';
import type { Table } from '../report/schema.js';
import {
  emptyResult,
  type SectionContext,
  type SectionDefinition,
  type SectionResult,
} from '../sections/section.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { chartOf } from './chart.js';
import { sectionFailed } from './failure.js';
import { headlineOf } from './headline.js';
import { withPublicTables } from './public-tables.js';
import { runQuery } from './run-query.js';
import { tableOf } from './table.js';

/** Rows of a table that a report holds. */
const MOST_ROWS = 5_000;

/** What own sections are computed with. */
export interface Workshop {
  /** Holds the canonical tables and what `prepareModel` made of them. */
  warehouse: Warehouse;
  currencyDigits: number;
  effects: Pick<Effects, 'warn' | 'signal'>;
}

/** A section of the user's own as one like the built-in ones. Why it fails is told as a warning too, with its folder. */
export function ownDefinition(section: OwnSection, workshop: Workshop): SectionDefinition {
  const { id, title, folder, columns } = section;
  return {
    id,
    title,
    isOwn: true,
    definitions: Object.entries(columns).flatMap(([key, { label = key, definition }]) =>
      definition === undefined
        ? []
        : [{ metric: label, formula: definition, note: `In the section “${title}”.` }],
    ),
    async compute(context) {
      try {
        return await compute(section, context, workshop);
      } catch (error) {
        const { warn, signal } = workshop.effects;
        if (!signal.aborted)
          warn(`The section "${title}" (${folder}) could not be computed: ${messageOf(error)}`);
        throw error;
      }
    },
  };
}

async function compute(
  section: OwnSection,
  { figures: { settings }, format }: SectionContext,
  { warehouse, currencyDigits }: Workshop,
): Promise<SectionResult> {
  const { filters, tiers } = settings;
  const tables = await withPublicTables(warehouse, { filters, tiers, currencyDigits }, async (open) => {
    const made: Table[] = [];
    for (const file of section.tables) {
      made.push(tableOf(section, file, await runQuery(warehouse, open, file, MOST_ROWS), format));
    }
    return made;
  });
  assertColumnsExist(section, tables);
  const charts = [];
  if (tables.some(({ rows }) => rows.length > 0)) {
    for (const file of section.charts) charts.push(await chartOf(section, file, tables));
  }
  return { ...emptyResult(headlineOf(section, tables, format)), tables, charts, notes: [...section.notes] };
}

function assertColumnsExist(section: OwnSection, tables: readonly Table[]): void {
  const given = tables.flatMap(({ columns }) => columns.map(({ key }) => key));
  const missing = Object.keys(section.columns).find((key) => !given.includes(key));
  if (missing === undefined) return;
  throw sectionFailed(
    `${section.placeOf(['columns', missing])}: no SQL file gives a column "${missing}"`,
    `There are: ${[...new Set(given)].join(', ')}.`,
  );
}

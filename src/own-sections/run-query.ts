import type { SectionFile } from '../config/own-sections.js';
import { literal } from '../warehouse/literal.js';
import { QueryError, type Scalar, type Warehouse } from '../warehouse/warehouse.js';
import { sectionFailed } from './failure.js';
import { type Kind, kindOf } from './kinds.js';
import { PUBLIC_TABLES } from './public-tables.js';

/** What a query gave: its columns with their types in SQL, and its rows in its own order. */
export interface QueryResult {
  columns: { key: string; type: string; kind: Kind }[];
  rows: Record<string, Scalar>[];
  /** Whether there were more rows than were asked for. */
  isCut: boolean;
}

/** Semicolons at the end, which may stand before comments. */
const LAST_SEMICOLONS = /;(?=(?:[\s;]|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*$)/g;
/** Lines before the user's text. */
const LINES_BEFORE = 2;

/**
 * Runs the query of a file on the public tables.
 *
 * @param tables - of `withPublicTables`
 * @param most - rows that are read
 * @throws ReportError `section-failed` that names file and line, for what is not one SELECT and for what the engine refuses
 */
export async function runQuery(
  warehouse: Warehouse,
  tables: { before: string; schema: string },
  file: SectionFile,
  most: number,
): Promise<QueryResult> {
  await assertOneSelect(warehouse, file);
  const text = file.text.replace(LAST_SEMICOLONS, ' ');
  const query = `${tables.before}\nSELECT * FROM (\n${text}\n) AS own`;
  try {
    const described = await warehouse.query<{ column_name: string; column_type: string }>(
      `DESCRIBE ${query}`,
    );
    const columns = described.map(({ column_name: key, column_type: type }) => ({
      key,
      type,
      kind: kindOf(file.name, key, type),
    }));
    const rows = await warehouse.query<Record<string, Scalar>>(`${query}\nLIMIT ${most + 1}`);
    return { columns, rows: rows.slice(0, most), isCut: rows.length > most };
  } catch (error) {
    throw refused(error, file, tables.schema);
  }
}

/** A text that is one SELECT by itself can neither write nor leave the brackets that it is put into. */
async function assertOneSelect(warehouse: Warehouse, { name, text }: SectionFile): Promise<void> {
  const [row] = await warehouse.query<{ parsed: string }>(`-- what a text is as SQL
  SELECT CAST(json_serialize_sql(${literal(text)}) AS VARCHAR) AS parsed`);
  const parsed: { statements?: unknown[]; error_type?: string; error_message?: string; position?: string } =
    JSON.parse(row?.parsed ?? '{}');
  const hint = 'One SELECT, or WITH … SELECT, a file; nothing else.';
  if (parsed.error_type === 'not implemented') throw sectionFailed(`${name}: it is not a SELECT`, hint);
  if (parsed.error_message !== undefined) {
    // The position counts characters, not the halves that JavaScript makes of some.
    const before = Array.from(text).slice(0, Number(parsed.position ?? 0));
    const line =
      parsed.position === undefined ? '' : `, line ${before.filter((letter) => letter === '\n').length + 1}`;
    throw sectionFailed(`${name}${line}: ${parsed.error_message}`, hint);
  }
  const count = parsed.statements?.length ?? 0;
  if (count !== 1)
    throw sectionFailed(`${name}: it holds ${count === 0 ? 'no query' : `${count} queries`}`, hint);
}

/** The engine's words, with the line of the user's own file and without our names. */
function refused(error: unknown, { name }: SectionFile, schema: string): unknown {
  if (!(error instanceof QueryError)) return error;
  const [words = '', place] = error.message.replace(/^Query failed: /, '').split(/\n+LINE (?=\d+:)/);
  const line = Number.parseInt(place ?? '', 10) - LINES_BEFORE;
  const told = words.replaceAll(`${schema}.own_`, '');
  const tables = /^Catalog Error: Table/.test(told)
    ? `The tables are ${PUBLIC_TABLES.join(', ')}.`
    : undefined;
  return sectionFailed(`${name}${line > 0 ? `, line ${line}` : ''}: ${told}`, tables, error);
}

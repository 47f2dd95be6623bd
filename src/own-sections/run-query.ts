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
/** Functions that read tables by names in texts. */
const INDIRECT: readonly string[] = ['query', 'query_table'];
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
    const line = parsed.position === undefined ? '' : lineAt(text, Number(parsed.position));
    throw sectionFailed(`${name}${line}: ${parsed.error_message}`, hint);
  }
  const count = parsed.statements?.length ?? 0;
  if (count !== 1)
    throw sectionFailed(`${name}: it holds ${count === 0 ? 'no query' : `${count} queries`}`, hint);
  const foreign = foreignTable(parsed);
  if (foreign !== null) {
    throw sectionFailed(
      `${name}${lineAt(text, foreign.position)}: there is no table "${foreign.table}"`,
      `The tables are ${PUBLIC_TABLES.join(', ')}.`,
    );
  }
}

/** `, line 3` for a position in a text, which counts characters, not the halves that JavaScript makes of some. */
function lineAt(text: string, position: number): string {
  const before = Array.from(text).slice(0, position);
  return `, line ${before.filter((letter) => letter === '\n').length + 1}`;
}

type Node = Record<string, unknown>;

/** The first table that a parsed query reads and that is neither public nor made by the query itself; null where there is none. */
function foreignTable(parsed: unknown): { table: string; position: number } | null {
  const nodes = nodesOf(parsed);
  const known = new Set<string>(PUBLIC_TABLES);
  for (const { key } of nodes) if (typeof key === 'string') known.add(key.toLowerCase());
  const foreign = nodes.find(({ type, catalog_name, schema_name, table_name, function_name }) =>
    type === 'BASE_TABLE'
      ? catalog_name !== '' || schema_name !== '' || !known.has(String(table_name).toLowerCase())
      : INDIRECT.includes(String(function_name)),
  );
  if (foreign === undefined) return null;
  const { table_name: table, function_name: reader, query_location: position } = foreign;
  return { table: String(table ?? reader), position: Number(position ?? 0) };
}

function nodesOf(part: unknown): Node[] {
  if (typeof part !== 'object' || part === null) return [];
  return [part as Node, ...Object.values(part).flatMap(nodesOf)];
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

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { parseJson } from './json-text.js';
import { type ColumnWords, SECTION_ID, sectionYaml } from './section-yaml.js';
import { parseYaml } from './yaml-text.js';

/** A file of an own section: its id is its name without the ending; `name` is what messages call it, without machine paths. */
export interface SectionFile {
  id: string;
  name: string;
  text: string;
}

/** A section of the user's own, as its folder describes it; nothing of it is computed yet. */
export interface OwnSection {
  id: string;
  title: string;
  headline: string | null;
  notes: string[];
  /** Id of the section that it stands after; null: before the appendix. */
  after: string | null;
  /** What is said of the columns, by their keys. */
  columns: Readonly<Record<string, ColumnWords>>;
  /** One SQL file a table, by name. */
  tables: SectionFile[];
  charts: (SectionFile & { spec: Record<string, unknown> })[];
  /** `section.hbs` with its whole path, where there is one. */
  partial: { text: string; file: string } | null;
  /** The folder, absolute. */
  folder: string;
  /** `weekday-pattern/section.yaml, line 7` for a setting by its keys. */
  placeOf(keys: readonly string[]): string;
}

const HINT = 'What a section’s folder holds is described in config/sections/README.md of the package.';
const YAML = 'section.yaml';

/**
 * Reads the folders of the user's own sections, in the order given.
 *
 * @param folders - absolute paths
 * @throws ReportError (exit code 2) that names the file, and the line where there is one
 */
export async function readOwnSections(folders: readonly string[]): Promise<OwnSection[]> {
  const read = await Promise.all(folders.map(readSection));
  const seen = new Map<string, OwnSection>();
  for (const section of read) {
    const twin = seen.get(section.id);
    if (twin) {
      throw invalid(
        `${section.placeOf(['id'])}: the section in ${twin.folder} is called "${section.id}" too; ids have to differ.`,
      );
    }
    seen.set(section.id, section);
  }
  return read;
}

async function readSection(folder: string): Promise<OwnSection> {
  const base = path.basename(folder);
  const nameOf = (file: string) => `${base}/${file}`;
  const files = await filesIn(folder);
  if (!files.includes(YAML)) {
    throw invalid(`${path.join(folder, YAML)} is missing: it gives the section its title.`);
  }
  const textOf = (file: string) => readText(path.join(folder, file));
  const { value, placeOf } = parseYaml(await textOf(YAML), {
    file: nameOf(YAML),
    schema: sectionYaml,
    hint: HINT,
  });
  const id = value.id ?? base;
  if (!SECTION_ID.test(id)) {
    throw invalid(
      `${nameOf(YAML)}: the folder's name "${base}" is not an id of a-z, 0-9, _ and -; set id: in it, or rename the folder.`,
    );
  }
  const ending = (end: string) => files.filter((file) => file.endsWith(end));
  const fileOf = async (file: string, end: string): Promise<SectionFile> => {
    const name = file.slice(0, -end.length);
    if (SECTION_ID.test(name)) return { id: name, name: nameOf(file), text: await textOf(file) };
    throw invalid(
      `${nameOf(file)}: the name of the file becomes an id, so it may hold a-z, 0-9, _ and - only.`,
    );
  };
  const tables = await Promise.all(ending('.sql').map((file) => fileOf(file, '.sql')));
  if (tables.length === 0) {
    throw invalid(`${folder} holds no SQL file; each file that ends in .sql becomes a table of the section.`);
  }
  const charts = await Promise.all(
    ending('.vl.json').map(async (file) => {
      const chart = await fileOf(file, '.vl.json');
      return { ...chart, spec: parseJson(chart.text, chart.name, HINT) };
    }),
  );
  const partial = files.includes('section.hbs')
    ? { text: await textOf('section.hbs'), file: path.join(folder, 'section.hbs') }
    : null;
  const { title, notes, columns, headline = null, after = null } = value;
  return { id, title, headline, notes, after, columns, tables, charts, partial, folder, placeOf };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  } catch (error) {
    throw invalid(`The section's folder ${folder} cannot be read: ${messageOf(error)}.`, error);
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw invalid(`${file} cannot be read: ${messageOf(error)}.`, error);
  }
}

function invalid(message: string, cause?: unknown): ReportError {
  return new ReportError(message, { code: 'section-invalid', exitCode: EXIT.usage, hint: HINT, cause });
}

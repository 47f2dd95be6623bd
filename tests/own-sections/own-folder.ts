import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig } from '../../src/config/load.js';
import type { Filters } from '../../src/model/filters.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import type { Report, Section } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { tinyTables } from '../support/tiny-tables.js';

export type Files = Readonly<Record<string, string>>;

/** A section with no more than is needed. */
export const smallest: Files = {
  'section.yaml': 'title: Mine\n',
  'totals.sql': 'SELECT SUM(revenue) AS revenue FROM orders',
};

/** Writes the tiny tables, the files of a section and a configuration that names it; returns the configuration's path. */
export async function writeOwn(folder: string, files: Files, name = 'mine'): Promise<string> {
  const section = path.join(folder, 'sections', name);
  await mkdir(section, { recursive: true });
  await writeTables(folder, tinyTables);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(section, file), text);
  const config = path.join(folder, 'report.yaml');
  await writeFile(config, `sections: [sections/${name}]\n`);
  return config;
}

export interface Made {
  report: Report;
  section: Section;
  warnings: string[];
}

/** The report on the tiny tables with such a section. */
export async function reportWithOwn(
  folder: string,
  files: Files,
  filters: Partial<Filters> = {},
): Promise<Made> {
  const config = await loadConfig(await writeOwn(folder, files));
  const warnings: string[] = [];
  const { report } = await computeReport(
    {
      dataDir: folder,
      config: { ...config, filters: { ...config.filters, ...filters } },
      asOf: '2025-06-30',
    },
    {
      now: () => new Date(0),
      progress: () => {},
      warn: (line) => warnings.push(line),
      signal: new AbortController().signal,
    },
  );
  const section = report.sections.find(({ id }) => id === 'mine');
  if (!section) throw new Error('The section is missing.');
  return { report, section, warnings };
}

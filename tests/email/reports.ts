import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { configSchema } from '../../src/config/schema.js';
import { quietEffects } from '../../src/effects.js';
import { computeReport } from '../../src/pipeline/compute-report.js';
import type { Report } from '../../src/report/schema.js';
import { writeTables } from '../support/csv-tables.js';
import { states } from '../support/states.js';

/** The report of one of the states that the report is designed for, computed from its tables in a folder of its own. */
export async function reportOf(name: string, folder: string): Promise<Report> {
  const state = states.find((candidate) => candidate.name === name);
  if (!state) throw new Error(`There is no state "${name}".`);
  const dataDir = path.join(folder, name);
  await mkdir(dataDir, { recursive: true });
  await writeTables(dataDir, state.tables);
  const { filters, report: page, ...rest } = configSchema.parse(state.config);
  const { report } = await computeReport(
    {
      dataDir,
      config: { ...rest, filters, report: page },
      asOf: state.asOf,
      ...(state.sections ? { sections: state.sections } : {}),
    },
    quietEffects(),
  );
  return report;
}

/** The words of some HTML, one space apart. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(style|script|title)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&#x3D;/g, '=')
    .replace(/&#x60;/g, '`')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

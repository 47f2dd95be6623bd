import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { currencyDigits } from '../format/format.js';
import { unknownFilterValues } from '../model/filter-values.js';
import { prepareModel } from '../model/prepare.js';
import { packageVersion } from '../package-root.js';
import type { Report } from '../report/schema.js';
import { sections } from '../sections/registry.js';
import type { SectionDefinition } from '../sections/section.js';
import { loadSources } from '../sources/load.js';
import { openDuckDb } from '../warehouse/duckdb.js';
import { buildReport } from './build-report.js';

export interface ComputeInputs {
  /** Folder that holds the four tables. */
  dataDir: string;
  config: Config;
  /** ISO day on which the report is made. */
  asOf: string;
  /** The sections to compute; those of the registry unless told. */
  sections?: readonly SectionDefinition[];
}

/**
 * From CSV files to the Report: loads the tables, allocates the payouts, computes the sections.
 *
 * @throws ReportError exit code 3 for data that cannot be used, exit code 1 for figures that do not add up
 */
export async function computeReport(inputs: ComputeInputs, effects: Effects): Promise<Report> {
  const { dataDir, config, asOf } = inputs;
  const warehouse = await openDuckDb();
  const interrupt = () => void warehouse.close();
  effects.signal.addEventListener('abort', interrupt, { once: true });
  try {
    const sources = await loadSources(warehouse, {
      dataDir,
      currencyDigits: currencyDigits(config.report.currency),
      signal: effects.signal,
      progress: effects.progress,
    });
    effects.signal.throwIfAborted();
    effects.progress('Allocating payouts');
    await prepareModel(warehouse);
    effects.signal.throwIfAborted();
    for (const warning of await unknownFilterValues(warehouse, config.filters)) effects.warn(warning);
    effects.progress('Computing the sections');
    return await buildReport({
      warehouse,
      config,
      asOf,
      sources,
      sections: inputs.sections ?? sections,
      version: packageVersion(),
    });
  } catch (error) {
    effects.signal.throwIfAborted();
    throw error;
  } finally {
    effects.signal.removeEventListener('abort', interrupt);
    await warehouse.close();
  }
}

import type { QuarantinedRow } from '../checks/load-facts.js';
import type { Effects } from '../effects.js';
import { unknownFilterValues } from '../model/filter-values.js';
import { packageVersion } from '../package-root.js';
import type { Report } from '../report/schema.js';
import { sections } from '../sections/registry.js';
import type { SectionDefinition } from '../sections/section.js';
import { buildReport } from './build-report.js';
import { withJudgedData } from './judge-data.js';
import type { DataInputs } from './prepare-data.js';

export interface ComputeInputs extends DataInputs {
  /** The sections to compute; those of the registry unless told. */
  sections?: readonly SectionDefinition[];
}

export interface ComputedReport {
  report: Report;
  /** Every row that is not in the figures; money in minor units. */
  quarantined: readonly QuarantinedRow[];
}

/**
 * From files to the Report: loads the tables, allocates the payouts, runs the checks, computes the sections.
 *
 * @throws ReportError exit code 3 for data that cannot be used, exit code 1 for figures that do not add up
 */
export function computeReport(inputs: ComputeInputs, effects: Effects): Promise<ComputedReport> {
  const { config, asOf } = inputs;
  return withJudgedData(inputs, effects, 'refuse', async (data) => {
    const { warehouse, sources, load, judgements } = data;
    effects.signal.throwIfAborted();
    for (const warning of await unknownFilterValues(warehouse, config.filters)) effects.warn(warning);
    effects.progress('Computing the sections');
    const report = await buildReport({
      warehouse,
      config,
      asOf,
      sources,
      load,
      judgements,
      sections: inputs.sections ?? sections,
      version: packageVersion(),
    });
    if (report.status === 'degraded' && data.areKept) throw new Error('A section failed on kept tables.');
    return { report, quarantined: load.quarantined };
  });
}

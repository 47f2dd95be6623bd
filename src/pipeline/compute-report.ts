import type { QuarantinedRow } from '../checks/load-facts.js';
import type { PreviousEdition } from '../comparison/previous.js';
import type { Effects } from '../effects.js';
import type { Report } from '../report/schema.js';
import { type SliceInputs, withSlices } from './slices.js';

export interface ReportRequest extends SliceInputs {
  /** The earlier edition that the report is compared with; with none unless told. */
  previous?: PreviousEdition | null;
}

export interface ComputedReport {
  report: Report;
  /** Every row that is not in the figures; money in minor units. */
  quarantined: readonly QuarantinedRow[];
}

/**
 * From files to the Report: loads the tables, allocates the payouts, runs the checks, computes the sections.
 *
 * @throws ReportError exit code 3 for data that cannot be used, exit code 1 for figures that do not add up, exit code 2 for an earlier
 * edition that is not one of this report
 */
export function computeReport(inputs: ReportRequest, effects: Effects): Promise<ComputedReport> {
  return withSlices(inputs, effects, async ({ compute, quarantined }) => ({
    report: await compute({
      filters: inputs.config.filters,
      isolated: false,
      previous: inputs.previous ?? null,
    }),
    quarantined,
  }));
}

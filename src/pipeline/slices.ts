import { trackedDays } from '../checks/days.js';
import type { Judgement } from '../checks/judge.js';
import type { QuarantinedRow } from '../checks/load-facts.js';
import type { Config } from '../config/schema.js';
import type { Effects } from '../effects.js';
import { currencyDigits } from '../format/format.js';
import { type FilterValues, filterValues, namesAny, unknownFilterValues } from '../model/filter-values.js';
import { once } from '../model/once.js';
import { wholeFigures } from '../model/whole.js';
import { assertOwnSections, withOwnSections } from '../own-sections/own-sections.js';
import { packageVersion } from '../package-root.js';
import type { Report } from '../report/schema.js';
import { sections } from '../sections/registry.js';
import type { SectionDefinition } from '../sections/section.js';
import { buildReport, type Slice as FilteredSlice } from './build-report.js';
import { type JudgedData, withJudgedData } from './judge-data.js';
import { type KeptFigures, keepFigures } from './kept-figures.js';
import type { DataInputs } from './prepare-data.js';

/** What one report shows. */
export interface Slice extends FilteredSlice {
  /** In place of the configuration's. */
  roasBelow?: number;
  topPosts?: Config['report']['topPosts'];
}

export interface SliceInputs extends DataInputs {
  /** The sections to compute; those of the registry unless told. */
  sections?: readonly SectionDefinition[];
  /** How many slices keep their figures for the next time they are asked for; none unless told. */
  keptSlices?: number;
}

/** Data that are loaded once, the reports that can be made of them, and what decides whether these are fit to be sent. */
export interface Slices {
  /**
   * The report of a slice; any number can be computed, also side by side. The filters take the place of the configuration's; values that
   * nothing bears are told as warnings, which name what exists.
   *
   * @param warn - is told in place of the run's
   *
   * @throws ReportError `conservation` (exit code 1) for figures that do not add up
   */
  compute(slice: Slice, warn?: Effects['warn']): Promise<Report>;
  /** Whether the tables are those that an earlier run kept. */
  areKept: boolean;
  /** What filters can name. */
  filterValues(): Promise<FilterValues>;
  /** The first and the last day of the data, ISO; null where they hold none. */
  days(): Promise<{ first: string; last: string } | null>;
  /** What the checks found in the whole input. */
  judgements: readonly Judgement[];
  /** Every row that is not in the figures; money in minor units. */
  quarantined: readonly QuarantinedRow[];
  /** Rows of the tracking data that are in the figures. */
  trackedRows: number;
  /** ISO day of the newest order that is not after the day of the report; null where there is none. */
  newestOrder: string | null;
}

/**
 * Loads and judges the data of a folder once, and does `work` with any number of reports of them. Should a slice fail on tables that an
 * earlier run kept, `work` is called again, from its start, with tables from the files: what it does has to bear that. No other failure of
 * `work` calls it again.
 *
 * @throws ReportError exit code 3 for data that cannot be used; what `work` throws
 */
export async function withSlices<Result>(
  inputs: SliceInputs,
  effects: Effects,
  work: (slices: Slices) => Promise<Result>,
): Promise<Result> {
  await assertOwnSections(inputs.sections ?? sections, inputs.config.sections);
  const outcome = await withJudgedData(inputs, effects, 'refuse', async (data) => {
    let sliceFailed = false;
    const days = await trackedDays(data.warehouse);
    const whole = wholeFigures(data.warehouse, inputs.config.metrics);
    const figures = keepFigures(data.warehouse, whole, inputs.keptSlices ?? 0);
    const values = once(() => filterValues(data.warehouse));
    const compute = (slice: Slice, warn = effects.warn) =>
      computeSlice({ data, figures, values, slice, warn }, inputs, effects).catch((error: unknown) => {
        sliceFailed = true;
        throw error;
      });
    try {
      const result = await work({
        compute,
        areKept: data.areKept,
        filterValues: values,
        days: whole.days,
        judgements: data.judgements,
        quarantined: data.load.quarantined,
        trackedRows: data.load.tables.find(({ table }) => table === 'tracking_data')?.used ?? 0,
        newestOrder: days.findLast(({ day }) => day <= inputs.asOf)?.day ?? null,
      });
      return { result };
    } catch (error) {
      if (sliceFailed) throw error;
      return { error };
    }
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}

interface Asked {
  data: JudgedData;
  figures: KeptFigures;
  values: () => Promise<FilterValues>;
  slice: Slice;
  warn: Effects['warn'];
}

async function computeSlice(
  { data, figures, values, slice, warn }: Asked,
  { config, asOf, sections: computed = sections }: SliceInputs,
  effects: Effects,
): Promise<Report> {
  const { areKept, ...input } = data;
  effects.signal.throwIfAborted();
  if (namesAny(slice.filters))
    for (const warning of unknownFilterValues(await values(), slice.filters)) warn(warning);
  effects.progress('Computing the sections');
  const all = await withOwnSections(computed, config.sections, {
    isolated: slice.isolated,
    warehouse: data.warehouse,
    currencyDigits: currencyDigits(config.report.currency),
    effects: { warn, signal: effects.signal },
  });
  const report = await buildReport({
    ...input,
    config: chosen(config, slice),
    slice,
    asOf,
    figures,
    sections: all,
    version: packageVersion(),
    warn: areKept ? () => {} : warn,
  });
  const own = all.filter(({ isOwn }) => isOwn).map(({ id }) => id);
  const hasFailed = report.sections.some(({ id, error }) => error !== undefined && !own.includes(id));
  if (hasFailed && areKept) throw new Error('A section failed on kept tables.');
  return report;
}

function chosen(config: Config, { roasBelow, topPosts }: Slice): Config {
  const { report, thresholds } = config;
  return {
    ...config,
    report: { ...report, topPosts: topPosts ?? report.topPosts },
    thresholds: { ...thresholds, roasBelow: roasBelow ?? thresholds.roasBelow },
  };
}

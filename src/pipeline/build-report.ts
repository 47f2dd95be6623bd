import { badgeOf } from '../checks/badge.js';
import { checkOf, type Judgement } from '../checks/judge.js';
import type { LoadFacts } from '../checks/load-facts.js';
import { compareEditions } from '../comparison/compare.js';
import { assertAlike, type PreviousEdition } from '../comparison/previous.js';
import type { Config } from '../config/schema.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { createFormat, currencyDigits, type Format } from '../format/format.js';
import type { Control as ModelControl } from '../model/controls.js';
import type { Figures, Period } from '../model/figures.js';
import type { Filters } from '../model/filters.js';
import { wholeFigures } from '../model/whole.js';
import type { Finding, Report } from '../report/schema.js';
import type { SectionContext, SectionDefinition } from '../sections/section.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { computeSections } from './compute-sections.js';
import { type KeptFigures, keepFigures } from './kept-figures.js';
import { inMajorUnits, quarantinedOf } from './quarantined.js';
import { withheld } from './withheld.js';

/** What one report shows. */
export interface Slice {
  filters: Filters;
  /** Whether its readers may see nothing outside the filters: no row, name or figure, but for averages that give nobody away. */
  isolated: boolean;
  /** The earlier edition of the same slice that it is compared with; with none unless told. */
  previous?: PreviousEdition | null;
}

export interface ReportInputs {
  /** Holds the canonical tables and what `prepareModel` made of them. */
  warehouse: Warehouse;
  /** Its filters are not used; those of the slice are. */
  config: Config;
  slice: Slice;
  /** ISO day on which the report is made. */
  asOf: string;
  sources: Report['meta']['sources'];
  load: LoadFacts;
  judgements: readonly Judgement[];
  /** Where the figures come from; a report that is made alone computes its own. */
  figures?: KeptFigures;
  sections: readonly SectionDefinition[];
  version: string;
  /** Told why a section failed, where the report itself may not say it. */
  warn(line: string): void;
}

const FINDINGS = 5;
const FINDINGS_PER_SECTION = 2;
const QUARANTINE_EXAMPLES = 20;

/**
 * Computes the whole report. A section that fails becomes an error in its place and makes the report `degraded`.
 *
 * @throws ReportError `conservation` (exit code 1) when two ways to the same sum differ, `compare-unusable` (exit code 2) when the earlier
 * edition is not one of this slice
 */
export async function buildReport(inputs: ReportInputs): Promise<Report> {
  const { metrics, thresholds } = inputs.config;
  const { filters, isolated } = inputs.slice;
  const settings = {
    filters,
    isolated,
    asOf: inputs.asOf,
    ...metrics,
    minReach: thresholds.minReach,
    unattributedAmber: thresholds.unattributedAmber,
  };
  const { figures = keepFigures(inputs.warehouse, wholeFigures(inputs.warehouse, metrics), 0) } = inputs;
  return figures.use(settings, (all) => reportOf(all, inputs));
}

async function reportOf(
  figures: Figures,
  { warehouse, config, slice, asOf, sources, load, judgements, sections, version, warn }: ReportInputs,
): Promise<Report> {
  const { report, thresholds } = config;
  const { filters, isolated, previous = null } = slice;
  const { currency } = report;
  if (previous) assertAlike(previous.report, { asOf, currency, filters, isolated });
  const format = createFormat(report.locale, report.currency);
  const major = inMajorUnits(currencyDigits(report.currency));
  const controls = (await figures.controls()).map(
    (control): ModelControl => ({
      ...control,
      expected: control.unit === 'money' ? major(control.expected) : control.expected,
      actual: control.unit === 'money' ? major(control.actual) : control.actual,
    }),
  );
  assertConservation(controls);
  const all = {
    sources,
    badge: badgeOf(judgements),
    checks: judgements.map(checkOf),
    quarantined: quarantinedOf(load, major, QUARANTINE_EXAMPLES),
    controls,
  };
  const told = isolated ? withheld(all) : all;

  const context: SectionContext = {
    figures,
    format,
    major,
    thresholds,
    topPosts: report.topPosts,
    comparison: null,
    definitions: sections.flatMap(({ definitions = [] }) => definitions),
    run: { ...told, engine: warehouse.engine, version },
  };
  const meta: Report['meta'] = {
    title: report.title,
    brand: report.brand,
    asOf,
    period: periodOf(await figures.period(), format, filters),
    timezone: report.timezone,
    currency,
    locale: report.locale,
    filters,
    thresholds: { roasBelow: thresholds.roasBelow },
    sources: told.sources,
    engine: warehouse.engine,
    version,
  };
  const wordsOf = (section: SectionDefinition, error: unknown) => {
    if (!isolated) return messageOf(error);
    warn(`The section "${section.title}" could not be computed: ${messageOf(error)}`);
    return 'The sender knows the details.';
  };
  const { computed, comparison } = await computeSections({
    definitions: sections,
    context,
    compare: (present) =>
      previous && compareEditions(previous.report, { meta, sections: present }, previous.sha256),
    wordsOf,
  });
  const degraded = computed.some(({ section }) => section.error !== undefined);
  return {
    schemaVersion: 1,
    status: degraded ? 'degraded' : 'complete',
    meta,
    badge: degraded ? { color: 'red', reason: 'A section could not be computed' } : told.badge,
    findings: foremost(computed.flatMap(({ findings }) => findings)),
    sections: computed.map(({ section }) => section),
    quality: { checks: told.checks, quarantined: told.quarantined },
    controls: told.controls.map(({ of: _of, ...control }) => control),
    ...(comparison === null ? {} : { comparison }),
  };
}

function assertConservation(controls: readonly ModelControl[]): void {
  const broken = controls.filter((control) => !control.ok);
  if (broken.length === 0) return;
  const list = broken
    .map(({ label, expected, actual }) => `${label}: expected ${expected}, got ${actual}`)
    .join('; ');
  throw new ReportError(`The figures do not add up: ${list}.`, {
    code: 'conservation',
    exitCode: EXIT.bug,
    hint: 'This is a bug in roi-report; no report was written. Please send the control totals with the report of it.',
  });
}

/** The findings with the most money at stake, not more than two of one section, and always what moved in the week. */
function foremost(findings: readonly Finding[]): Finding[] {
  const byImpact = [...findings].sort(
    (a, b) => b.evidence.impact - a.evidence.impact || (a.id < b.id ? -1 : 1),
  );
  const taken = new Map<string, number>();
  const spread = byImpact.filter(({ evidence }) => {
    const count = (taken.get(evidence.section) ?? 0) + 1;
    taken.set(evidence.section, count);
    return count <= FINDINGS_PER_SECTION;
  });
  const chosen = spread.slice(0, FINDINGS);
  const ofTheWeek = spread.find(({ id }) => id.startsWith('week-'));
  if (ofTheWeek && !chosen.some(({ id }) => id.startsWith('week-'))) chosen.splice(-1, 1, ofTheWeek);
  return chosen;
}

function periodOf(period: Period | null, format: Format, filters: Filters): Report['meta']['period'] {
  const from = period?.from ?? filters.from;
  const to = period?.to ?? filters.to;
  const label = from && to ? format.range(from, to) : 'no days';
  return { from, to, label, week: period?.week ?? null };
}

import { badgeOf } from '../checks/badge.js';
import { checkOf, type Judgement } from '../checks/judge.js';
import type { LoadFacts } from '../checks/load-facts.js';
import type { Config } from '../config/schema.js';
import { EXIT, messageOf, ReportError } from '../errors.js';
import { createFormat, currencyDigits, type Format } from '../format/format.js';
import { createFigures, type Figures, type Period } from '../model/figures.js';
import type { Filters } from '../model/filters.js';
import type { Control, Finding, Report, Section } from '../report/schema.js';
import { emptyResult, type SectionContext, type SectionDefinition } from '../sections/section.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import { inMajorUnits, quarantinedOf } from './quarantined.js';

export interface ReportInputs {
  /** Holds the canonical tables and what `prepareModel` made of them. */
  warehouse: Warehouse;
  config: Config;
  /** ISO day on which the report is made. */
  asOf: string;
  sources: Report['meta']['sources'];
  load: LoadFacts;
  judgements: readonly Judgement[];
  sections: readonly SectionDefinition[];
  version: string;
}

const FINDINGS = 5;
const FINDINGS_PER_SECTION = 2;
const QUARANTINE_EXAMPLES = 20;

/**
 * Computes the whole report. A section that fails becomes an error in its place and makes the report `degraded`.
 *
 * @throws ReportError `conservation` (exit code 1) when two ways to the same sum differ
 */
export async function buildReport(inputs: ReportInputs): Promise<Report> {
  const { filters, metrics, thresholds } = inputs.config;
  const figures = createFigures(inputs.warehouse, {
    filters,
    asOf: inputs.asOf,
    ...metrics,
    minReach: thresholds.minReach,
    unattributedAmber: thresholds.unattributedAmber,
  });
  try {
    return await reportOf(figures, inputs);
  } finally {
    await figures.close();
  }
}

async function reportOf(
  figures: Figures,
  { warehouse, config, asOf, sources, load, judgements, sections, version }: ReportInputs,
): Promise<Report> {
  const { report, filters, thresholds } = config;
  const format = createFormat(report.locale, report.currency);
  const major = inMajorUnits(currencyDigits(report.currency));
  const controls = (await figures.controls()).map(
    (control): Control => ({
      ...control,
      expected: control.unit === 'money' ? major(control.expected) : control.expected,
      actual: control.unit === 'money' ? major(control.actual) : control.actual,
    }),
  );
  assertConservation(controls);
  const checks = judgements.map(checkOf);
  const quarantined = quarantinedOf(load, major, QUARANTINE_EXAMPLES);

  const context: SectionContext = {
    figures,
    format,
    major,
    thresholds,
    run: { sources, checks, quarantined, controls, engine: warehouse.engine, version },
  };
  const computed = await Promise.all(sections.map((section) => computeSection(section, context)));
  const degraded = computed.some(({ section }) => section.error !== undefined);
  return {
    schemaVersion: 1,
    status: degraded ? 'degraded' : 'complete',
    meta: {
      title: report.title,
      brand: report.brand,
      asOf,
      period: periodOf(await figures.period(), format, filters),
      timezone: report.timezone,
      currency: report.currency,
      locale: report.locale,
      filters,
      thresholds: { roasBelow: thresholds.roasBelow },
      sources,
      engine: warehouse.engine,
      version,
    },
    badge: degraded ? { color: 'red', reason: 'A section could not be computed' } : badgeOf(judgements),
    findings: foremost(computed.flatMap(({ findings }) => findings)),
    sections: computed.map(({ section }) => section),
    quality: { checks, quarantined },
    controls,
  };
}

async function computeSection(
  { id, title, compute }: SectionDefinition,
  context: SectionContext,
): Promise<{ section: Section; findings: Finding[] }> {
  try {
    const { findings, ...result } = await compute(context);
    return { section: { id, title, ...result }, findings };
  } catch (error) {
    const { findings, ...result } = emptyResult('This section could not be computed');
    return { section: { id, title, ...result, error: messageOf(error) }, findings };
  }
}

function assertConservation(controls: readonly Control[]): void {
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

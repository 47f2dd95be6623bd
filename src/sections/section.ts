import type { Format } from '../format/format.js';
import type { Figures } from '../model/figures.js';
import { glossary, type MetricId } from '../model/glossary.js';
import type { Comparison } from '../report/comparison-schema.js';
import type { Check, Control, Finding, Kpi, Quarantined, Report, Section, Table } from '../report/schema.js';

/** What a section may ask and use. */
export interface SectionContext {
  figures: Figures;
  format: Format;
  /** Minor units of the currency → major units, as reports hold money. Null stays null. */
  major: <Money extends number | null>(money: Money) => Money;
  thresholds: { roasBelow: number; unattributedAmber: number };
  /** The ranking of posts that comes first. */
  topPosts: 'revenue' | 'likes' | 'engagement';
  /** What differs from an earlier edition; null where there is none, and for sections that do not compare. */
  comparison: Comparison | null;
  /** What sections of the user's own add to the definitions. */
  definitions?: readonly Definition[];
  /** Facts about the run, for the appendix. */
  run: {
    sources: Report['meta']['sources'];
    checks: Check[];
    quarantined: Quarantined;
    controls: Control[];
    engine: string;
    version: string;
  };
}

export interface SectionResult extends Omit<Section, 'id' | 'title' | 'error'> {
  findings: Finding[];
}

/** What a figure means, as the appendix prints it. */
export interface Definition {
  metric: string;
  formula: string;
  note: string;
}

/** One part of the report. Its Handlebars partial is `templates/sections/<id>.hbs`. */
export interface SectionDefinition {
  id: string;
  title: string;
  /** Is about the comparison with an earlier edition: computed after the others, and only where there is one. */
  compares?: true;
  /** Is made of a folder of the user's: that it fails says nothing of the tables. */
  isOwn?: true;
  /** What it adds to the definitions of the appendix. */
  definitions?: readonly Definition[];
  compute(context: SectionContext): Promise<SectionResult>;
}

/** A section result with nothing in it, to fill in. */
export function emptyResult(headline: string): SectionResult {
  return { headline, kpis: [], tables: [], charts: [], notes: [], findings: [] };
}

type Column = Table['columns'][number];

/** A column that shows a metric of the glossary. */
export function metricColumn(id: MetricId): Column {
  const { label, unit } = glossary[id];
  return { key: id, label, unit };
}

/** A KPI that shows a metric of the glossary; money in major units. */
export function metricKpi(id: MetricId, value: number | null): Kpi {
  const { label, unit } = glossary[id];
  return { id, label, value, unit };
}

/** A column of any other kind. */
export function column(key: string, label: string, unit: Column['unit'] = 'text'): Column {
  return { key, label, unit };
}

/**
 * The parts of an object that the columns name, as a row of a table.
 *
 * @throws Error when the object lacks one of them
 */
export function rowOf(columns: readonly Column[], values: Record<string, unknown>): Table['rows'][number] {
  return Object.fromEntries(
    columns.map(({ key }) => {
      if (!(key in values)) throw new Error(`a row has no "${key}"`);
      const value = values[key];
      return [key, typeof value === 'string' || typeof value === 'number' ? value : null];
    }),
  );
}

/**
 * The ROAS from which something counts as paying back, and the words for it. Without a gross margin all that can be said is that
 * revenue exceeds payout; with one, that the margin on the revenue does.
 */
export function paysBack(
  grossMargin: number | null,
  format: Format,
): { needed: number; verdict: (count: number) => string; failing: (count: number) => string } {
  if (grossMargin === null) {
    return {
      needed: 1,
      verdict: (count) =>
        `${count === 1 ? 'brings' : 'bring'} in more than ${count === 1 ? 'its' : 'their'} payout`,
      failing: (count) =>
        `${count === 1 ? 'brings' : 'bring'} in less than ${count === 1 ? 'its' : 'their'} payout`,
    };
  }
  const margin = `at a margin of ${format.value(grossMargin, 'share')}`;
  return {
    needed: 1 / grossMargin,
    verdict: (count) => `${count === 1 ? 'earns its' : 'earn their'} cost back ${margin}`,
    failing: (count) => `${count === 1 ? 'does not earn its' : 'do not earn their'} cost back ${margin}`,
  };
}

/** A small number as a word, as it stands in a sentence; larger ones in digits. */
export function inWords(count: number): string {
  const words = [
    'no',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ];
  return words[count] ?? String(count);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

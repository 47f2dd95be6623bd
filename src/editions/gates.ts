import type { Judgement } from '../checks/judge.js';
import type { DeliveryConfig } from '../config/delivery.js';
import { daysBetween } from '../model/calendar.js';
import type { Report } from '../report/schema.js';

/** What the gates look at before anything is drawn. */
export interface GateFacts {
  judgements: readonly Pick<Judgement, 'id' | 'title' | 'severity' | 'text'>[];
  /** ISO day of the newest tracked order; null where there is none. */
  newestOrder: string | null;
  /** Tracked orders that are used. */
  rows: number;
  /** The same of the last edition that went out; null where there is none. */
  rowsBefore: number | null;
  /** Day of the report, ISO. */
  asOf: string;
}

/** A gate that does not open: which, and why, in a sentence. */
export interface GateFailure {
  gate: 'controls' | 'sections' | 'quality' | 'freshness' | 'rows' | 'pdf';
  reason: string;
}

/**
 * Whether data are fit to be sent, judged before anything is drawn.
 *
 * @returns the gates that do not open; none where all is well
 */
export function judgeFacts(facts: GateFacts, config: DeliveryConfig['gates']): GateFailure[] {
  return [...qualityGate(facts, config), ...freshnessGate(facts, config), ...rowGate(facts, config)];
}

/** Whether a report is whole and adds up. */
export function judgeReport({ controls, sections }: Pick<Report, 'sections' | 'controls'>): GateFailure[] {
  const broken = controls
    .filter(({ ok }) => !ok)
    .map(({ label, expected, actual }) => `${label}: expected ${expected}, got ${actual}`);
  const failed = sections.flatMap(({ title, error }) => (error === undefined ? [] : `${title}: ${error}`));
  return [
    ...broken.map((text) => ({ gate: 'controls' as const, reason: `The figures do not add up: ${text}.` })),
    ...failed.map((text) => ({
      gate: 'sections' as const,
      reason: `A section could not be computed. ${text}`,
    })),
  ];
}

/** Whether an edition has to be held: wrong figures and a PDF that cannot be read never go out, whatever the configuration says. */
export function isHeld(failures: readonly GateFailure[], { onFailure }: DeliveryConfig['gates']): boolean {
  return failures.some(({ gate }) => onFailure === 'hold' || gate === 'controls' || gate === 'pdf');
}

const FAILING = { error: ['error'], warning: ['error', 'warning'], never: [] } as const;

function qualityGate({ judgements }: GateFacts, { failOn }: DeliveryConfig['gates']): GateFailure[] {
  const severities: readonly string[] = FAILING[failOn];
  return judgements
    .filter(({ severity }) => severities.includes(severity))
    .map(({ title, text }) => ({ gate: 'quality', reason: `${title}: ${text}` }));
}

function freshnessGate(
  { newestOrder, asOf }: GateFacts,
  { freshnessDays }: DeliveryConfig['gates'],
): GateFailure[] {
  if (freshnessDays === null) return [];
  if (newestOrder === null) return [{ gate: 'freshness', reason: 'There is no tracked order.' }];
  const age = daysBetween(newestOrder, asOf);
  if (age <= freshnessDays) return [];
  return [
    {
      gate: 'freshness',
      reason: `The newest tracked order is of ${newestOrder}, ${age} days before the report; delivery.gates.freshnessDays allows ${freshnessDays}.`,
    },
  ];
}

function rowGate({ rows, rowsBefore }: GateFacts, { maxRowDrop }: DeliveryConfig['gates']): GateFailure[] {
  if (maxRowDrop === null || rowsBefore === null || rows >= rowsBefore * (1 - maxRowDrop)) return [];
  return [
    {
      gate: 'rows',
      reason: `There are ${rows} tracked orders, and there were ${rowsBefore} in the last edition; delivery.gates.maxRowDrop allows a drop by ${Math.round(maxRowDrop * 100)} %.`,
    },
  ];
}

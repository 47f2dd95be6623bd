import type { Format } from '../format/format.js';
import { dataCoverage } from '../model/coverage.js';
import type { Check } from '../report/schema.js';
import type { Warehouse } from '../warehouse/warehouse.js';
import type { CheckDefinition, Facts, Found, Words } from './check.js';
import { trackedDays } from './days.js';
import { measureCases } from './measure-cases.js';
import { assertChecksExist, caseChecks, checks } from './registry.js';
import type { CheckSettings } from './settings.js';

/** What a check said, with what decides whether page 1 repeats it. */
export interface Judgement extends Check {
  /** What was found, without the rest of the sentence. */
  clause: string;
  /** How much of the data it concerns, from 0 to 1. */
  share: number;
}

/** What the Report holds of a judgement. */
export function checkOf({ clause: _clause, share: _share, ...check }: Judgement): Check {
  return check;
}

export interface JudgeInputs
  extends Pick<Facts, 'load' | 'limits' | 'asOf' | 'unattributedAmber'>,
    Pick<CheckSettings, 'severity' | 'freshnessDays'> {
  /** Holds the canonical tables and what `prepareModel` made of them. */
  warehouse: Warehouse;
  words: Words;
}

/**
 * Runs every check on the whole input: what they found in the order of their gravity, then those that found nothing, then those that
 * are off.
 *
 * @throws ReportError `unknown-check` (exit code 2) for a severity of a check that does not exist
 */
export async function judge({ warehouse, words, severity, ...inputs }: JudgeInputs): Promise<Judgement[]> {
  assertChecksExist(Object.keys(severity));
  const running = caseChecks.filter(({ id }) => severity[id] !== 'off');
  const [coverage, days, cases] = await Promise.all([
    dataCoverage(warehouse),
    trackedDays(warehouse),
    measureCases(warehouse, running, inputs.asOf),
  ]);
  const facts: Facts = { ...inputs, coverage, days };
  const find = (check: CheckDefinition): Found | null => {
    if ('find' in check) return check.find(facts, words);
    const found = cases.get(check.id);
    return found === undefined ? null : { count: found.count, ...check.describe(found, facts, words) };
  };
  const judgements = checks.map((check) => {
    const { id, title } = check;
    const base = { id, title, count: 0, examples: [], clause: '', share: 0 };
    if (severity[id] === 'off') return { ...base, severity: 'off', text: 'This check is off.' } as const;
    const found = find(check);
    if (!found) return { ...base, severity: 'ok', text: 'Nothing found.' } as const;
    const { more, severity: ownSeverity, fix = check.fix, ...rest } = found;
    return {
      ...base,
      ...rest,
      severity: severity[id] ?? ownSeverity ?? severityOf(check, found),
      text: `${found.clause}${more === undefined ? '' : `; ${more}`}.`,
      ...(fix === undefined ? {} : { fix }),
    };
  });
  return judgements.sort(
    (a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || b.share - a.share,
  );
}

/** How a check writes what it found, in the locale and currency of the report. */
export function checkWords(format: Format, major: (minor: number) => number): Words {
  return {
    plural: format.plural,
    date: format.date,
    range: format.range,
    count: (number) => format.value(number, 'count'),
    share: (share) => format.value(share, 'share'),
    money: (minor) => format.compact(major(minor)),
    exactMoney: (minor) => format.money(major(minor)),
  };
}

const GRAVITY: readonly Check['severity'][] = ['error', 'warning', 'info', 'ok', 'off'];

function severityOf({ severity, trifle }: CheckDefinition, { share }: Found): Check['severity'] {
  return trifle !== undefined && share < trifle ? 'info' : severity;
}

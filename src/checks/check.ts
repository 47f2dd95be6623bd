import type { Format } from '../format/format.js';
import type { Coverage } from '../model/coverage.js';
import type { Cases } from './cases.js';
import type { TrackedDay } from './days.js';
import type { LoadFacts } from './load-facts.js';
import type { QuarantineLimits } from './settings.js';

/** Everything that checks judge by, measured once. Money in minor units. */
export interface Facts {
  coverage: Coverage;
  /** The days with tracked rows, in order. */
  days: readonly TrackedDay[];
  load: LoadFacts;
  limits: QuarantineLimits;
  /** ISO day on which the report is made. */
  asOf: string;
  freshnessDays: number;
  /** Share of payout without a campaign above which it is a warning. */
  unattributedAmber: number;
}

/** How a check writes what it found. */
export interface Words extends Pick<Format, 'plural' | 'date' | 'range'> {
  /** A whole number, with its digits grouped. */
  count(number: number): string;
  /** 12.3% */
  share(share: number): string;
  /** Minor units as compact money: ₹24.17 L. */
  money(minor: number): string;
  /** Minor units as money in full: ₹24,17,112. */
  exactMoney(minor: number): string;
}

/** What a check found. */
export interface Found {
  count: number;
  /** How much of the data it concerns, from 0 to 1: of the rows, or of the money. It decides what stands on page 1. */
  share: number;
  /** A sentence without its end, short enough for page 1. */
  clause: string;
  /** What else there is to say, as a clause after a semicolon. */
  more?: string;
  /** In place of the check's own, where what was found asks for another. */
  severity?: 'warning';
  fix?: string;
  /** Up to three: a name or id, a day, an amount. */
  examples: string[];
}

interface Declaration {
  /** Kebab-case; stands in the configuration, so it never changes. */
  id: string;
  title: string;
  /** Of what it finds, unless the configuration says otherwise. */
  severity: 'info' | 'warning' | 'error';
  /** Share below which what it finds is only worth knowing. Default: nothing is. */
  trifle?: number;
  /** What to do about it, in a sentence. */
  fix?: string;
}

/** A check of rows: SQL that yields the cases, and the words for them. */
export interface CaseCheck extends Declaration {
  /** A query for the cases, made by `casesSql`; `asOf` is the ISO day of the report. */
  cases(asOf: string): string;
  /** Called only where there are cases. */
  describe(cases: Cases, facts: Facts, words: Words): Omit<Found, 'count'>;
}

/** A check that needs nothing but the facts. */
export interface FactCheck extends Declaration {
  find(facts: Facts, words: Words): Found | null;
}

export type CheckDefinition = CaseCheck | FactCheck;

/** A part of a whole, from 0 to 1; anything of a whole that is zero or less counts as all of it. */
export function shareOf(part: number, whole: number): number {
  if (part <= 0) return 0;
  return whole <= 0 ? 1 : Math.min(1, part / whole);
}

export function is(count: number): string {
  return count === 1 ? 'is' : 'are';
}

export function has(count: number): string {
  return count === 1 ? 'has' : 'have';
}

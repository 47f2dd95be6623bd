import { EXIT, ReportError } from '../errors.js';
import type { CaseCheck, CheckDefinition } from './check.js';
import { dateChecks } from './date-checks.js';
import { influencerChecks } from './influencer-checks.js';
import { loadChecks } from './load-checks.js';
import { nameChecks } from './name-checks.js';
import { orderChecks } from './order-checks.js';
import { payoutChecks } from './payout-checks.js';
import { postChecks } from './post-checks.js';
import { totalsChecks } from './totals-checks.js';

/** Every check, in the order in which they are listed where nothing sets them apart. */
export const checks: readonly CheckDefinition[] = [
  ...loadChecks,
  ...totalsChecks,
  ...influencerChecks,
  ...payoutChecks,
  ...orderChecks,
  ...nameChecks,
  ...postChecks,
  ...dateChecks,
];

/** The checks among them that look for cases in SQL. */
export const caseChecks: readonly CaseCheck[] = checks.filter((check) => 'cases' in check);

/**
 * Refuses a configuration that speaks of a check that does not exist.
 *
 * @throws ReportError `unknown-check` (exit code 2) that lists the ids
 */
export function assertChecksExist(ids: readonly string[]): void {
  const unknown = ids.find((id) => !checks.some((check) => check.id === id));
  if (unknown === undefined) return;
  throw new ReportError(`checks.severity names a check that does not exist: ${unknown}.`, {
    code: 'unknown-check',
    exitCode: EXIT.usage,
    hint: `There are: ${checks.map(({ id }) => id).join(', ')}.`,
  });
}

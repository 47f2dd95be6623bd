import type { Report } from '../report/schema.js';
import type { Judgement } from './judge.js';

/**
 * The data badge of page 1: red for an error, amber for a warning. The reason is the gravest thing found, and among equals what
 * concerns most of the data; rows that were left out are always told of.
 */
export function badgeOf(judgements: readonly Judgement[]): Report['badge'] {
  const found = judgements.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const worst = heaviest(found.filter(({ severity }) => severity === 'error')) ?? heaviest(found);
  const leftOut = judgements.find(({ id, count }) => id === 'quarantined-rows' && count > 0);
  const clauses = [worst, leftOut === worst ? undefined : leftOut].flatMap(
    (judgement) => judgement?.clause ?? [],
  );
  return {
    color: worst === undefined ? 'green' : worst.severity === 'error' ? 'red' : 'amber',
    reason: clauses.length === 0 ? 'Figures reconcile with the source files' : clauses.join('; '),
  };
}

function heaviest(judgements: readonly Judgement[]): Judgement | undefined {
  return [...judgements].sort((a, b) => b.share - a.share)[0];
}

import type { Control } from '../model/controls.js';
import type { Check, Quarantined, Report } from '../report/schema.js';

/** What is known of a run beside its figures. Money in major units. */
export interface RunFacts {
  sources: Report['meta']['sources'];
  badge: Report['badge'];
  checks: Check[];
  quarantined: Quarantined;
  controls: Control[];
}

const REASONS: Record<Report['badge']['color'], string> = {
  green: 'Checked together with the whole input: nothing wrong',
  amber: 'Checked together with the whole input: there is something to look at, the sender knows the details',
  red: 'Checked together with the whole input: there is something wrong, the sender knows the details',
};

/**
 * What readers are told who may see nothing outside their filters. Files, checks, rows left out and the totals of the input speak of all
 * data; what is left is the colour of the badge and the controls of what the report itself shows.
 */
export function withheld({ badge, controls }: RunFacts): RunFacts {
  return {
    sources: [],
    badge: { color: badge.color, reason: REASONS[badge.color] },
    checks: [],
    quarantined: { rows: 0, revenue: 0, tables: [], examples: [] },
    controls: controls.filter((control) => control.of === 'report'),
  };
}

import type { SectionContext } from './section.js';

/** What a report may not tell because its readers see only their part, as sentences that stand where it would; null where it may. */
export async function withheld({ figures }: Pick<SectionContext, 'figures'>) {
  const { isolated, filters } = figures.settings;
  const say = (hidden: boolean, text: string) => (isolated && hidden ? text : null);
  return {
    baseline: say(
      (await figures.baseline()) === null,
      'Baseline and iROAS are n/a: fewer than three other campaigns are in the baseline, so it would give them away.',
    ),
    loadedRoas: say(
      filters.campaigns.length > 0,
      'Loaded ROAS is n/a: it rests on payout that the filters leave out.',
    ),
    payouts: say(
      (await figures.payouts()).some((row) => row.orders_tracked === null),
      'Rates, paid and tracked orders are n/a where they also cover what the filters leave out.',
    ),
    run: say(true, 'Files, data quality and rows left out were checked with the whole input.'),
  };
}

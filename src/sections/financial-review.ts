import { rankedBars } from '../charts/specs/ranked-bars.js';
import type { Format } from '../format/format.js';
import { cutsLedgerRows } from '../model/filters.js';
import { LEDGER_RULES } from '../model/ledger.js';
import type { PayoutFigures } from '../model/payouts.js';
import { type Gap, reconcile } from '../model/reconciliation.js';
import type { Totals } from '../model/totals.js';
import type { Chart, Finding, Kpi } from '../report/schema.js';
import { influencersInMajor, inMajor } from './figures-in-major.js';
import { costsOf, missing, saying } from './missing.js';
import {
  column,
  emptyResult,
  metricColumn,
  metricKpi,
  rowOf,
  type SectionContext,
  type SectionDefinition,
} from './section.js';
import { withheld } from './withheld.js';

const ID = 'financial-review';

const payoutColumns = [
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  column('basis', 'Basis'),
  column('rate', 'Rate', 'price'),
  metricColumn('payout'),
  column('orders_paid', 'Orders paid', 'count'),
  column('orders_tracked', 'Orders tracked', 'count'),
];

const underperformerColumns = [
  column('influencer_id', 'Influencer id'),
  column('name', 'Influencer'),
  column('category', 'Category'),
  metricColumn('roas'),
  metricColumn('revenue'),
  metricColumn('payout'),
];

const basisColumns = [
  column('part', 'Basis'),
  metricColumn('payout'),
  metricColumn('revenue'),
  metricColumn('orders'),
  metricColumn('cpa'),
  metricColumn('aov'),
  metricColumn('roas'),
];

export const financialReview: SectionDefinition = {
  id: ID,
  title: 'Financial review',
  async compute(context) {
    const { figures, major, thresholds, format } = context;
    const [totals, payouts, bases, rules, influencers] = await Promise.all([
      figures.totals(),
      figures.payouts(),
      figures.parts('basis'),
      figures.rules(),
      influencersInMajor(context),
    ]);
    const lacks = missing(await figures.coverage());
    const cut = cutsLedgerRows(figures.settings.filters);
    const underperformers = influencers
      .filter((row) => (row.payout ?? 0) > 0 && row.roas !== null && row.roas < thresholds.roasBelow)
      .sort((a, b) => (b.payout ?? 0) - b.revenue - (a.payout ?? 0) + a.revenue);
    return {
      ...emptyResult(headline(totals, context)),
      kpis: kpis(costsOf(totals, lacks.payouts), context),
      tables: [
        {
          id: 'payouts',
          title: 'Payouts',
          columns: payoutColumns,
          rows: payouts
            .map((row) => ({
              ...row,
              name: row.name ?? row.influencer_id,
              rate: major(row.rate),
              payout: major(row.payout),
            }))
            .map((row) => rowOf(payoutColumns, { ...row, basis: row.basis ?? 'not stated' })),
        },
        {
          id: 'underperformers',
          title: `Influencers below ${format.value(thresholds.roasBelow, 'ratio')}, largest gap first`,
          columns: underperformerColumns,
          rows: underperformers.map((row) => rowOf(underperformerColumns, { ...row })),
        },
        {
          id: 'bases',
          title: 'Cost per order by basis',
          columns: basisColumns,
          rows: bases
            .filter((row) => row.payout !== 0 || row.revenue !== 0)
            .map((row) =>
              rowOf(basisColumns, {
                ...inMajor(row, major),
                ...(row.part === null ? { part: 'not supplied', payout: null, cpa: null } : {}),
              }),
            ),
        },
      ],
      charts: rules.length === 0 ? [] : [rulesChart(context, rules)],
      notes: [
        ...outsideNote(totals, context),
        ...saying(
          (await withheld(context)).payouts ??
            (cut
              ? 'Rates, paid and tracked orders are those of the whole period; the filters narrow payouts alone.'
              : null),
          lacks.payouts,
          lacks.orders,
          lacks.paidOrders,
          lacks.rates,
        ),
        ...reconciliation(payouts, format, {
          orders: lacks.paidOrders === null && lacks.orders === null,
          rates: lacks.rates === null,
        }),
      ],
      findings: [
        ...unattributedFinding(totals, context),
        ...(cut || lacks.orders !== null ? [] : untrackedFinding(payouts, context)),
      ],
    };
  },
};

function headline({ payout, unattributed_payout, roas }: Totals, { format, major }: SectionContext): string {
  if (payout === null) return 'No payout is supplied';
  const share = payout === 0 ? 0 : (unattributed_payout ?? 0) / payout;
  const paid = `${format.compact(major(payout))} paid out`;
  if (roas === null) return paid;
  return share > 0 ? `${paid}; ${format.value(share, 'share')} of it is linked to no campaign` : paid;
}

function kpis(totals: Totals, { figures, major }: SectionContext): Kpi[] {
  const margin = figures.settings.grossMargin;
  return [
    metricKpi('payout', major(totals.payout)),
    metricKpi('unattributed_payout', major(totals.unattributed_payout)),
    metricKpi('cpa', major(totals.cpa)),
    metricKpi('break_even_margin', totals.break_even_margin),
    ...(totals.uncosted_influencers > 0 ? [metricKpi('costed_only_roas', totals.costed_only_roas)] : []),
    ...(margin === null
      ? []
      : [
          metricKpi('break_even_roas', 1 / margin),
          metricKpi(
            'contribution_roi',
            totals.payout ? (margin * totals.revenue - totals.payout) / totals.payout : null,
          ),
        ]),
  ];
}

type Rules = Awaited<ReturnType<SectionContext['figures']['rules']>>;

function rulesChart({ format, major }: SectionContext, rules: Rules): Chart {
  const total = rules.reduce((sum, rule) => sum + rule.amount, 0);
  const share = (amount: number) => format.value(total === 0 ? null : amount / total, 'share');
  const bars = [...rules]
    .sort((a, b) => b.amount - a.amount)
    .map(({ rule, by_other_basis, amount }) => {
      const name = `${LEDGER_RULES[rule].name}${by_other_basis ? ' (other basis)' : ''}`;
      return {
        name,
        value: major(amount),
        label: `${format.compact(major(amount))} · ${share(amount)}`,
        tip: `${name}: ${format.money(major(amount))}`,
        muted: rule === 'unlinked_post' || rule === 'no_activity',
      };
    });
  return {
    id: 'payout-by-rule',
    title: 'Where the payout went',
    alt: `Payout by the rule that placed it: ${bars.map((bar) => `${bar.name} ${bar.label}`).join('; ')}.`,
    spec: rankedBars(bars),
  };
}

function outsideNote({ unattributed_outside }: Totals, { format, major }: SectionContext): string[] {
  if (unattributed_outside === 0) return [];
  return [
    `The filters left out ${format.money(major(unattributed_outside))} of Unattributed payout of these influencers, which belongs to no campaign, platform or day in scope.`,
  ];
}

/** What the payouts say against what was tracked, so far as they can be compared. */
function reconciliation(
  payouts: readonly PayoutFigures[],
  format: Format,
  comparable: { orders: boolean; rates: boolean },
): string[] {
  const { untracked, unpaid, differing } = reconcile(payouts);
  const gap = ({ orders, influencers }: Gap) =>
    `${format.plural(orders, 'order')} of ${format.plural(influencers, 'influencer')}`;
  const parts = [
    ...(comparable.orders
      ? [`Paid, not tracked: ${gap(untracked)}.`, `Tracked, not yet paid: ${gap(unpaid)}.`]
      : []),
    ...(comparable.rates
      ? [`Rate × units differs from the total in ${format.plural(differing, 'payout')}.`]
      : []),
  ];
  return payouts.length === 0 || parts.length === 0
    ? []
    : [`${parts.join(' ')} None of this changes the allocation.`];
}

function unattributedFinding(totals: Totals, { format, major }: SectionContext): Finding[] {
  const unattributed = major(totals.unattributed_payout) ?? 0;
  const payout = major(totals.payout) ?? 0;
  if (unattributed <= 0 || payout <= 0 || totals.roas === null) return [];
  const share = unattributed / payout;
  const direct = payout === unattributed ? null : major(totals.revenue) / (payout - unattributed);
  const without =
    direct === null
      ? ''
      : ` Without it ROAS would be ${format.value(direct, 'ratio')} instead of ${format.value(totals.roas, 'ratio')}.`;
  return [
    {
      id: 'unattributed',
      severity: 'bad',
      text: `${format.compact(unattributed)} of payout (${format.value(share, 'share')}) is linked to no campaign.`,
      detail: `Mostly posts that carry no tracked order.${without}`,
      evidence: { section: ID, impact: unattributed, values: { unattributed, share } },
    },
  ];
}

function untrackedFinding(payouts: readonly PayoutFigures[], { format, major }: SectionContext): Finding[] {
  const { untracked } = reconcile(payouts);
  if (untracked.money <= 0) return [];
  const money = major(untracked.money);
  return [
    {
      id: 'paid-not-tracked',
      severity: 'bad',
      text: `${format.plural(untracked.orders, 'order')} ${untracked.orders === 1 ? 'was' : 'were'} paid for but never tracked, ${format.compact(money)} in all.`,
      detail: `They are those of ${format.plural(untracked.influencers, 'influencer')}; ask them, or check the tracking.`,
      evidence: { section: ID, impact: money, values: { orders: untracked.orders, money } },
    },
  ];
}

import { type Filters, isFiltered } from '../model/filters.js';
import { glossary } from '../model/glossary.js';
import { LEDGER_RULES } from '../model/ledger.js';
import type { FigureSettings } from '../model/settings.js';
import type { Table } from '../report/schema.js';
import { saying } from './missing.js';
import { qualityTable, quarantineTable } from './quality-tables.js';
import { column, emptyResult, rowOf, type SectionContext, type SectionDefinition } from './section.js';
import { withheld } from './withheld.js';

const definitionColumns = [column('metric', 'Metric'), column('formula', 'Formula'), column('note', 'Note')];
const filterColumns = [column('filter', 'Filter'), column('value', 'In force')];
const allocationColumns = [
  column('rule', 'Rule'),
  column('how', 'How it is placed'),
  column('amount', 'Payout', 'money'),
  column('share', 'Share', 'share'),
];
const controlColumns = [
  column('control', 'Control'),
  column('expected', 'Expected', 'exact'),
  column('actual', 'Actual', 'exact'),
  column('result', 'Result'),
];
const sourceColumns = [
  column('table', 'Table'),
  column('file', 'File'),
  column('rows', 'Rows', 'count'),
  column('sha256', 'SHA-256'),
  column('notes', 'Notes'),
];

export const appendix: SectionDefinition = {
  id: 'appendix',
  title: 'Appendix',
  async compute(context) {
    const { figures, run } = context;
    const { run: runIsHidden } = await withheld(context);
    const margin = figures.settings.grossMargin;
    const definitions = Object.values(glossary).filter(
      ({ id }) => margin !== null || (id !== 'break_even_roas' && id !== 'contribution_roi'),
    );
    return {
      ...emptyResult('How the figures are made, and what they rest on'),
      tables: [
        {
          id: 'definitions',
          title: 'Definitions',
          columns: definitionColumns,
          rows: [
            ...definitions.map((metric) => ({
              ...metric,
              ...inForce(metric.id, figures.settings, context),
              metric: metric.label,
            })),
            ...(context.definitions ?? []),
          ].map((definition) => rowOf(definitionColumns, { ...definition })),
        },
        {
          id: 'filters',
          title: 'Filters in force',
          columns: filterColumns,
          rows: filterRows(figures.settings.filters, context).map((row) => rowOf(filterColumns, row)),
        },
        await allocation(context),
        ...(runIsHidden === null ? [qualityTable(run.checks)] : []),
        ...quarantineTable(run.quarantined, context),
        {
          id: 'controls',
          title: 'Control totals',
          columns: controlColumns,
          rows: run.controls.map((control) =>
            rowOf(controlColumns, {
              ...control,
              control: control.label,
              result: control.ok ? 'holds' : 'BROKEN',
            }),
          ),
        },
        ...(runIsHidden === null ? [sourcesTable(run.sources)] : []),
      ],
      notes: [
        ...saying(runIsHidden),
        tierWords(figures.settings, context),
        `roi-report ${run.version}, ${run.engine}.`,
      ],
    };
  },
};

function sourcesTable(sources: SectionContext['run']['sources']): Table {
  return {
    id: 'sources',
    title: 'Sources',
    columns: sourceColumns,
    rows: sources.map((source) =>
      rowOf(sourceColumns, {
        ...source,
        notes: [...source.notes, ...ignored(source.ignoredColumns)].join(' ') || '–',
      }),
    ),
  };
}

/** Words of a definition that depend on the configuration. */
function inForce(
  id: string,
  { baseline }: FigureSettings,
  { format }: SectionContext,
): { formula?: string; note?: string } {
  if (id !== 'baseline_roas' || baseline === 'mean') return {};
  if (baseline === 'pooled') return { formula: 'Revenue ÷ payout of all campaigns with a defined ROAS' };
  return { formula: `Fixed at ${format.value(baseline, 'ratio')}`, note: 'Set in the configuration.' };
}

function tierWords({ tiers }: FigureSettings, { format }: SectionContext): string {
  const limits = (['nano', 'micro', 'mid', 'macro'] as const).map(
    (tier) => `${tier} below ${format.value(tiers[tier], 'count')}`,
  );
  return `Tiers by followers: ${limits.join(', ')}, mega from there on.`;
}

function ignored(columns: readonly string[]): string[] {
  return columns.length === 0 ? [] : [`Columns not used: ${columns.join(', ')}.`];
}

async function allocation({ figures, major }: SectionContext) {
  const rules = await figures.rules();
  const total = rules.reduce((sum, rule) => sum + rule.amount, 0);
  return {
    id: 'allocation',
    title: 'Payout by the rule that placed it',
    columns: allocationColumns,
    rows: rules.map(({ rule, by_other_basis, amount }) =>
      rowOf(allocationColumns, {
        rule: `${LEDGER_RULES[rule].name}${by_other_basis ? ' (other basis)' : ''}`,
        how: LEDGER_RULES[rule].how,
        amount: major(amount),
        share: total === 0 ? null : amount / total,
      }),
    ),
  };
}

function filterRows(filters: Filters, { format }: SectionContext): { filter: string; value: string }[] {
  if (!isFiltered(filters)) return [{ filter: 'None', value: 'Everything in the data is in the report.' }];
  const { minFollowers, maxFollowers, from, to } = filters;
  const count = (followers: number) => format.value(followers, 'count');
  return [
    { filter: 'Campaign', value: filters.campaigns.join(', ') },
    { filter: 'Category', value: filters.categories.join(', ') },
    { filter: 'Platform', value: filters.platforms.join(', ') },
    {
      filter: 'Followers',
      value: between(
        minFollowers === null ? null : count(minFollowers),
        maxFollowers === null ? null : count(maxFollowers),
      ),
    },
    { filter: 'Days', value: between(from && format.date(from), to && format.date(to)) },
    { filter: 'Baseline', value: 'always over all campaigns, unfiltered' },
  ].filter((row) => row.value !== '');
}

function between(low: string | null, high: string | null): string {
  if (low !== null && high !== null) return `${low} to ${high}`;
  if (low !== null) return `from ${low}`;
  return high === null ? '' : `up to ${high}`;
}

import { readRowsSql } from '../rows/read-sql.js';
import type { DateOrder } from '../settings.js';
import { dataError } from '../source-file.js';
import { type DateEvidence, dateEvidenceSql, decideDateOrder } from '../values/date-order.js';
import { type LoadContext, type Loading, overReadable } from './loading.js';

/**
 * Decides the order of day and month for files whose dates need one, from all their values; a file that leaves it open follows
 * the other files of its table.
 *
 * @param scope - `suspicious`: only files whose first rows hold other dates than ISO ones; `all`: every file that is not decided yet
 * @returns whether any style changed
 * @throws ReportError `undecidable-dates` (exit code 3)
 */
export async function settleDateOrders(
  loadings: readonly Loading[],
  context: LoadContext,
  scope: 'suspicious' | 'all',
): Promise<boolean> {
  const open = loadings.filter(
    (loading) => loading.dateOrder === null && (scope === 'all' || hasOtherDates(loading)),
  );
  const evidence = new Map<Loading, DateEvidence>();
  for (const loading of open) {
    const found = await evidenceOf(loading, context);
    if (found) evidence.set(loading, found);
  }
  const undecided: Loading[] = [];
  let changed = false;
  for (const [loading, found] of evidence) {
    const decision = decide(loading, found, context, null);
    if ('undecidable' in decision) undecided.push(loading);
    else {
      changed = settle(loading, decision) || changed;
      loading.isOrderProved = found.dmy + found.mdy > 0;
    }
  }
  const others = new Set(
    loadings.flatMap(({ input, isOrderProved }) => (isOrderProved ? (input.style.dateOrder ?? []) : [])),
  );
  const [agreed] = others;
  for (const loading of undecided) {
    const found = evidence.get(loading);
    if (!found) continue;
    const decision = decide(loading, found, context, others.size === 1 ? (agreed ?? null) : null);
    if ('undecidable' in decision) {
      const column = loading.input.found.find(({ type }) => type === 'date');
      throw dataError(
        'undecidable-dates',
        `${loading.input.head.name}, column ${column?.header}: ${decision.undecidable}.`,
        decision.fix,
      );
    }
    changed = settle(loading, decision) || changed;
  }
  return changed;
}

function decide(
  { input }: Loading,
  evidence: DateEvidence,
  { settings }: LoadContext,
  otherFiles: DateOrder | null,
) {
  const { label } = input.table;
  return decideDateOrder(evidence, settings[label].dateOrder, otherFiles, label);
}

function settle(loading: Loading, decision: { order: DateOrder | null; how: string }): boolean {
  const changed = loading.input.style.dateOrder !== decision.order;
  loading.dateOrder = decision.how;
  loading.input = { ...loading.input, style: { ...loading.input.style, dateOrder: decision.order } };
  return changed;
}

async function evidenceOf(loading: Loading, context: LoadContext): Promise<DateEvidence | undefined> {
  const [found] = await overReadable([loading], context, () => {
    const { rows, header, found: columns } = loading.input;
    const date = columns.find(({ type }) => type === 'date');
    if (!date) return Promise.resolve([]);
    return context.warehouse.query<DateEvidence>(
      dateEvidenceSql(readRowsSql(rows, header.length, loading.reading), `c${date.index}`),
    );
  });
  return found;
}

/** Whether the rows at the beginning of a file hold a date that is not written with the year first. */
function hasOtherDates({ input }: Loading): boolean {
  const date = input.found.find(({ type }) => type === 'date');
  if (!date) return false;
  const values = input.head.records
    .filter(({ line }) => line > input.headerLine)
    .map(({ fields }) => fields[date.index] ?? '');
  return values.some((value) => value !== '' && !/^\d{4}\D/.test(value));
}
